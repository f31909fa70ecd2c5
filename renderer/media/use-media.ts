import { useEffect, useState } from 'react'
import type { MediaState } from '../../contracts/media-for-chrome.ts'
import type { BrowserLink } from '../system/browser-link.ts'

/** What plays in which tab, as long as the window stands. Nothing while the controller has not answered. */
export function useMedia(link: BrowserLink): MediaState {
  const [state, setState] = useState<MediaState>({ tabs: [], files: [] })
  useEffect(() => {
    const media = link.area('media')
    let isWanted = true
    const listening = media.on('changed', changed => {
      // It is newer than what was asked for before it.
      isWanted = false
      setState(changed)
    })
    media.state({}).then(
      first => {
        if (isWanted) setState(first)
      },
      () => {},
    )
    return () => {
      isWanted = false
      listening[Symbol.dispose]()
    }
  }, [link])
  return state
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
