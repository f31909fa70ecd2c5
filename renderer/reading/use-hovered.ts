import { useEffect, useState } from 'react'
import type { HoveredLink } from '../../contracts/reading-for-chrome.ts'
import type { BrowserLink } from '../system/browser-link.ts'

/** The link under the pointer in the tab in view; null without one. */
export function useHovered(link: BrowserLink, tabId: string | null): HoveredLink | null {
  const [hovered, setHovered] = useState<HoveredLink | null>(null)
  useEffect(() => {
    const listening = link.area('reading').on('hovered', setHovered)
    return () => listening[Symbol.dispose]()
  }, [link])
  return hovered?.tabId === tabId ? hovered : null
}
