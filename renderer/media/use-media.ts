import { useEffect, useState } from 'react'
import type { MediaState, MediaTab } from '../../contracts/media-for-chrome.ts'
import type { BrowserLink } from '../system/browser-link.ts'

/** What plays in which tab, as long as the window stands. Nothing while the controller has not answered. */
export function useMedia(link: BrowserLink): readonly MediaTab[] {
  const [state, setState] = useState<MediaState>({ tabs: [] })
  useEffect(() => {
    const media = link.area('media')
    let isCurrent = true
    const listening = media.on('changed', setState)
    // What arrives as an event is newer than what was asked for before it.
    media.state({}).then(
      first => {
        if (isCurrent) setState(known => (known.tabs.length === 0 ? first : known))
      },
      () => {},
    )
    return () => {
      isCurrent = false
      listening[Symbol.dispose]()
    }
  }, [link])
  return state.tabs
}

/** Has positions reported once a second while `isLooking`. */
export function usePositions(link: BrowserLink, isLooking: boolean): void {
  useEffect(() => {
    if (!isLooking) return
    const media = link.area('media')
    media.watch({}).catch(() => {})
    return () => {
      media.unwatch({}).catch(() => {})
    }
  }, [link, isLooking])
}
