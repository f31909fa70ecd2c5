import { useEffect } from 'react'
import type { MediaState } from '../../contracts/media-for-chrome.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import { useAreaState } from '../system/use-area-state.ts'

const nothingYet: MediaState = { tabs: [], files: [] }
const mediaOf = (link: BrowserLink) => link.area('media')

/** What plays in which tab, as long as the window stands. */
export function useMedia(link: BrowserLink): MediaState {
  return useAreaState(link, mediaOf, nothingYet)
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
