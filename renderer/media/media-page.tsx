import { useState } from 'react'
import type { Autoplay, MediaTab } from '../../contracts/media-for-chrome.ts'
import { CoverFrame, type CoverPageProps } from '../shell/cover-frame.tsx'
import { MediaControls } from './media-controls.tsx'
import { SoundFiles } from './sound-files.tsx'
import { useMedia, usePositions } from './use-media.ts'

/** Everything that plays or played in the open tabs, and what holds for the sound of their sites. */
export function MediaPage(props: CoverPageProps) {
  const { tabs: playing, files } = useMedia(props.link)
  usePositions(props.link, true)
  const [failure, setFailure] = useState<string | null>(null)
  const media = props.link.area('media')
  const attempt = (what: string, work: Promise<unknown>) => {
    work.then(
      () => setFailure(null),
      (error: unknown) =>
        setFailure(`Nexus could not ${what}. ${error instanceof Error ? error.message : ''}`),
    )
  }
  return (
    <CoverFrame title="Media" onClose={props.onClose}>
      {failure !== null && (
        <p className="nx-media__failure" role="alert">
          {failure}
        </p>
      )}
      {playing.length === 0 ? (
        <p className="t2">No tab plays anything. What a page plays appears here, with buttons to steer it.</p>
      ) : (
        <ul className="nx-media__list">
          {playing.map(one => (
            <li key={one.tabId}>
              <MediaControls
                media={one}
                tabTitle=""
                onAct={action => attempt('steer it', media.act({ tabId: one.tabId, action }))}
                onMute={isMuted => attempt('mute the tab', media.setTabMuted({ tabId: one.tabId, isMuted }))}
                onShow={() => attempt('show the tab', props.link.call('activateTab', { tabId: one.tabId }))}
              />
              {one.site !== null && (
                <SiteSound
                  media={one}
                  site={one.site}
                  onMute={isMuted =>
                    attempt('mute the site', media.setSiteMuted({ tabId: one.tabId, isMuted }))
                  }
                  onAutoplay={autoplay =>
                    attempt('keep that', media.setSiteAutoplay({ tabId: one.tabId, autoplay }))
                  }
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <SoundFiles link={props.link} files={files} attempt={attempt} />
    </CoverFrame>
  )
}

function SiteSound(props: {
  media: MediaTab
  site: string
  onMute(isMuted: boolean): void
  onAutoplay(autoplay: Autoplay | null): void
}) {
  const { media, site } = props
  return (
    <div className="nx-media__site">
      <label>
        <input
          type="checkbox"
          checked={media.isSiteMuted}
          onChange={event => props.onMute(event.target.checked)}
        />
        Always mute {site}
      </label>
      <label>
        May begin by itself
        <select
          className="nx-select"
          value={media.autoplay ?? 'unset'}
          onChange={event => props.onAutoplay(autoplayOf(event.target.value))}
        >
          <option value="unset">As set for all sites</option>
          <option value="always">With sound</option>
          <option value="silent">Only silently</option>
          <option value="never">Never</option>
        </select>
      </label>
      {media.gainDecibels !== null && media.gainDecibels < -0.1 && (
        <span className="t2 num">{media.gainDecibels.toFixed(1)} dB, so that tabs are alike</span>
      )}
    </div>
  )
}

function autoplayOf(value: string): Autoplay | null {
  return value === 'always' || value === 'silent' || value === 'never' ? value : null
}
