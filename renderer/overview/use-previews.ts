import { useCallback, useEffect, useRef } from 'react'
import type { BrowserLink } from '../system/browser-link.ts'

/** How long the pointer rests on a tab before it is shown in small. */
const restMs = 500
/** Between the tab and the card, in CSS pixels. */
const gap = 4

/** Shows the tab under the pointer in small. Gives what is to be told when the pointer comes to a tab, or leaves it. */
export function usePreviews(
  link: BrowserLink,
  activeTabId: string | null,
): (tabId: string, slot: HTMLElement | null) => void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const isShown = useRef(false)
  const stop = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = null
    if (!isShown.current) return
    isShown.current = false
    link
      .area('overview')
      .preview({ tab: null })
      .catch(() => {})
  }, [link])
  useEffect(() => stop, [stop])
  return useCallback(
    (tabId, slot) => {
      stop()
      // What is in view need not be shown in small.
      if (slot === null || tabId === activeTabId) return
      timer.current = setTimeout(() => {
        const { left, bottom } = slot.getBoundingClientRect()
        isShown.current = true
        link
          .area('overview')
          .preview({ tab: { tabId, left: Math.max(0, Math.round(left)), top: Math.round(bottom) + gap } })
          .catch(() => {})
      }, restMs)
    },
    [link, activeTabId, stop],
  )
}
