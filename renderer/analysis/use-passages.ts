import { useCallback, useEffect, useRef, useState } from 'react'
import type { Ask } from '../system/use-browser.ts'

/** Passages of the page in view: which are marked, and which of them was gone to last. */
export interface Passages {
  /** Null while nothing is marked. */
  readonly current: string | null
  /** Those that were looked for and are not on the page any more. */
  readonly missing: ReadonlySet<string>
  /** Marks all of these in the page and brings one of them into view. */
  goTo(passages: readonly string[], current: string): void
}

const none: ReadonlySet<string> = new Set()

/** Marks belong to the panel: they go when it closes, and when another page comes into view. */
export function usePassages(tabId: string | null, url: string, ask: Ask): Passages {
  const [current, setCurrent] = useState<string | null>(null)
  const [missing, setMissing] = useState<ReadonlySet<string>>(none)
  const isMarked = useRef(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another page, whose marks are none
  useEffect(() => {
    return () => {
      setCurrent(null)
      setMissing(none)
      if (!isMarked.current || tabId === null) return
      isMarked.current = false
      // A page that has gone took its marks along.
      ask('markPassages', { tabId, passages: [], current: null }).catch(() => {})
    }
  }, [tabId, url, ask])

  const goTo = useCallback(
    (passages: readonly string[], passage: string) => {
      if (tabId === null) return
      setCurrent(passage)
      isMarked.current = true
      const index = passages.indexOf(passage)
      ask('markPassages', { tabId, passages: [...passages], current: index < 0 ? null : index }).then(
        ({ found }) => setMissing(new Set(passages.filter((_, place) => found[place] === false))),
        () => setMissing(new Set(passages)),
      )
    },
    [tabId, ask],
  )
  return { current, missing, goTo }
}
