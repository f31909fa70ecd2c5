import { useEffect, useState } from 'react'
import type { CrashRecord } from '../../contracts/storage-crashes.ts'
import type { BrowserLink } from '../system/browser-link.ts'

/** The records, asked for again whenever one comes or all go; null before the first answer. */
export function useCrashes(link: BrowserLink): {
  readonly crashes: readonly CrashRecord[] | null
  readonly failure: string | null
} {
  const [crashes, setCrashes] = useState<readonly CrashRecord[] | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    const area = link.area('crashes')
    let latest = 0
    const ask = (): void => {
      latest += 1
      const mine = latest
      area.list({}).then(
        found => {
          if (mine !== latest) return
          setCrashes(found)
          setFailure(null)
        },
        (error: unknown) => {
          if (mine === latest) setFailure(error instanceof Error ? error.message : 'Storage does not answer.')
        },
      )
    }
    const listening = area.on('changed', ask)
    ask()
    return () => {
      latest += 1
      listening[Symbol.dispose]()
    }
  }, [link])
  return { crashes, failure }
}
