import { Pause, Play, SkipBack, SkipForward, Volume2, VolumeX } from 'lucide-react'
import type { ReactNode } from 'react'
import type { MediaTab } from '../../contracts/media-for-chrome.ts'
import type { MediaAction } from '../../contracts/page-media.ts'
import { mediaByline, mediaTitle, timeText } from './media-words.ts'

export interface MediaControlsProps {
  media: MediaTab
  tabTitle: string
  onAct(action: MediaAction): void
  onMute(isMuted: boolean): void
  onShow(): void
}

const seekStepSeconds = 10

/** One sound: what it is, where it stands, and the buttons to steer it. */
export function MediaControls(props: MediaControlsProps) {
  const { media, onAct } = props
  const title = mediaTitle(media, props.tabTitle)
  const isMuted = media.isTabMuted || media.isSiteMuted
  return (
    <article className="nx-media" aria-label={title}>
      <span className="nx-media__art" aria-hidden="true">
        {media.artworkDataUrl === null ? (
          <Volume2 className="i" />
        ) : (
          <img src={media.artworkDataUrl} alt="" width={48} height={48} />
        )}
      </span>
      <button type="button" className="nx-media__what" title="Show the tab" onClick={props.onShow}>
        <span className="med ell">{title}</span>
        <span className="nx-media__by ell">{mediaByline(media)}</span>
      </button>
      <div className="nx-media__buttons">
        <Control
          name={`Previous, ${title}`}
          isOff={!media.hasPrevious}
          onPress={() => onAct({ kind: 'previous' })}
        >
          <SkipBack className="i" />
        </Control>
        {media.isPlaying ? (
          <Control name={`Pause, ${title}`} onPress={() => onAct({ kind: 'pause' })}>
            <Pause className="i" />
          </Control>
        ) : (
          <Control name={`Play, ${title}`} onPress={() => onAct({ kind: 'play' })}>
            <Play className="i" />
          </Control>
        )}
        <Control name={`Next, ${title}`} isOff={!media.hasNext} onPress={() => onAct({ kind: 'next' })}>
          <SkipForward className="i" />
        </Control>
        <Control
          name={isMuted ? `Unmute, ${title}` : `Mute, ${title}`}
          isOff={media.isSiteMuted && !media.isTabMuted}
          onPress={() => props.onMute(!media.isTabMuted)}
        >
          {isMuted ? <VolumeX className="i" /> : <Volume2 className="i" />}
        </Control>
      </div>
      {media.canSeek && media.durationSeconds !== null && (
        <div className="nx-media__time">
          <span className="num">{timeText(media.positionSeconds ?? 0)}</span>
          <input
            type="range"
            aria-label={`Position, ${title}`}
            aria-valuetext={`${timeText(media.positionSeconds ?? 0)} of ${timeText(media.durationSeconds)}`}
            min={0}
            max={Math.ceil(media.durationSeconds)}
            step={seekStepSeconds}
            value={Math.round(media.positionSeconds ?? 0)}
            onChange={event => onAct({ kind: 'seekTo', seconds: Number(event.target.value) })}
          />
          <span className="num">{timeText(media.durationSeconds)}</span>
        </div>
      )}
    </article>
  )
}

function Control(props: { name: string; isOff?: boolean; children: ReactNode; onPress(): void }) {
  return (
    <button
      type="button"
      className="nx-ib"
      aria-label={props.name}
      title={props.name}
      disabled={props.isOff ?? false}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  )
}
