import { useEffect, useState } from 'react'
import type { BlockedCount } from '../../contracts/network-for-chrome.ts'
import type { BrowserLink } from '../system/browser-link.ts'

/** How much was blocked on the page of each tab; what is not named was not. */
export function useBlockedCounts(link: BrowserLink): ReadonlyMap<string, number> {
  const [counts, setCounts] = useState<ReadonlyMap<string, number>>(new Map())
  useEffect(() => {
    let isWanted = true
    const put = (changed: readonly BlockedCount[], wins: boolean): void => {
      if (!isWanted) return
      setCounts(known => {
        const next = new Map(known)
        // What is told is newer than what was asked for.
        for (const { tabId, count } of changed) if (wins || !next.has(tabId)) next.set(tabId, count)
        return next
      })
    }
    const network = link.area('network')
    const listening = network.on('blocked', changed => put(changed, true))
    network.blockedCounts({}).then(
      found => put(found, false),
      () => {},
    )
    return () => {
      isWanted = false
      listening[Symbol.dispose]()
    }
  }, [link])
  return counts
}
