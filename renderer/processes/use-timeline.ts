import { useEffect, useState } from 'react'
import type { LifecycleEntry } from '../../contracts/processes.ts'
import type { BrowserLink } from '../system/browser-link.ts'

/** As many as main keeps. */
const mostEntries = 1_000

const nothingYet: readonly LifecycleEntry[] = []

/** The steps in the lives of all processes, oldest first, as they happen. */
export function useTimeline(link: BrowserLink): readonly LifecycleEntry[] {
  const [entries, setEntries] = useState(nothingYet)
  useEffect(() => {
    const processes = link.area('processes')
    const added: LifecycleEntry[] = []
    const listening = processes.on('lifecycle', entry => {
      added.push(entry)
      setEntries(known => withEntry(known, entry))
    })
    let isLooking = true
    processes.timeline({}).then(
      first => {
        // what came as an event meanwhile may be in the answer too
        if (isLooking) setEntries(added.reduce(withEntry, first))
      },
      () => {},
    )
    return () => {
      isLooking = false
      listening[Symbol.dispose]()
    }
  }, [link])
  return entries
}

function withEntry(known: readonly LifecycleEntry[], entry: LifecycleEntry): readonly LifecycleEntry[] {
  const isKnown = known.some(
    one => one.at === entry.at && one.processId === entry.processId && one.state === entry.state,
  )
  return isKnown ? known : [...known, entry].slice(-mostEntries)
}
