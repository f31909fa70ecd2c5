import { useEffect, useState } from 'react'
import type { MessageTraffic } from '../../../contracts/messages.ts'
import type { BrowserLink } from '../../system/browser-link.ts'
import type { Act } from '../../system/use-browser.ts'
import { watchWhileVisible } from '../watch-while-visible.ts'

/** What is said between the processes, while somebody looks; null until the first sample has come. */
export function useMessageTraffic(link: BrowserLink, act: Act, isShown: boolean): MessageTraffic | null {
  const [traffic, setTraffic] = useState<MessageTraffic | null>(null)
  useEffect(() => {
    if (!isShown) {
      setTraffic(null)
      return
    }
    const unsubscribe = link.onMessages(setTraffic)
    const stop = watchWhileVisible(isWatched => act(isWatched ? 'watchMessages' : 'unwatchMessages', {}))
    return () => {
      unsubscribe()
      stop()
    }
  }, [link, act, isShown])
  return traffic
}
