import { AudioLines } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import type { TabState } from '../../contracts/browser.ts'
import type { MediaTab } from '../../contracts/media-for-chrome.ts'
import { usePageCover } from '../page-area/page-covers.tsx'
import type { BrowserLink } from '../system/browser-link.ts'
import { MediaControls } from './media-controls.tsx'
import { usePositions } from './use-media.ts'

export interface NowPlayingProps {
  link: BrowserLink
  playing: readonly MediaTab[]
  tabs: readonly TabState[]
  onShow(tabId: string): void
  onAll(): void
}

const mostShown = 3

/** The button for what plays, wherever it plays; it is there only while something does or did. */
export function NowPlaying(props: NowPlayingProps) {
  const [isOpen, setIsOpen] = useState(false)
  usePositions(props.link, isOpen)
  useEffect(() => {
    // a click into the page goes to another process; all that is seen of it here is that the focus left
    const close = () => setIsOpen(false)
    window.addEventListener('blur', close)
    return () => window.removeEventListener('blur', close)
  }, [])
  const count = props.playing.filter(media => media.isPlaying).length
  if (props.playing.length === 0) return null
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <Button
        className="nx-ib"
        id="open-now-playing"
        aria-label={count === 0 ? 'Media, paused' : `Media, ${count} playing`}
        data-live={count > 0 || undefined}
      >
        <AudioLines className="i" />
      </Button>
      <Popover className="nx-pop nx-nowplaying" placement="bottom end" offset={6} containerPadding={8}>
        <Contents {...props} onClose={() => setIsOpen(false)} />
      </Popover>
    </DialogTrigger>
  )
}

function Contents(props: NowPlayingProps & { onClose(): void }) {
  const element = useRef<HTMLDivElement>(null)
  usePageCover(element, true)
  const media = props.link.area('media')
  return (
    <Dialog aria-label="Now playing">
      <div ref={element}>
        {props.playing.slice(0, mostShown).map(one => (
          <MediaControls
            key={one.tabId}
            media={one}
            tabTitle={props.tabs.find(tab => tab.id === one.tabId)?.title ?? ''}
            onAct={action => void media.act({ tabId: one.tabId, action }).catch(() => {})}
            onMute={isMuted => void media.setTabMuted({ tabId: one.tabId, isMuted }).catch(() => {})}
            onShow={() => {
              props.onClose()
              props.onShow(one.tabId)
            }}
          />
        ))}
        <button
          type="button"
          className="nx-btn"
          onClick={() => {
            props.onClose()
            props.onAll()
          }}
        >
          All media
        </button>
      </div>
    </Dialog>
  )
}
