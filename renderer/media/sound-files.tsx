import { FolderOpen, Pause, Play, X } from 'lucide-react'
import type { SoundFile } from '../../contracts/media-for-chrome.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import { timeText } from './media-words.ts'
import { useFilePlayer } from './use-file-player.ts'

export interface SoundFilesProps {
  link: BrowserLink
  files: readonly SoundFile[]
  /** Does it, and says so where it fails. */
  attempt(what: string, work: Promise<unknown>): void
}

/** Sound files of the person's, which Nexus plays itself. */
export function SoundFiles({ link, files, attempt }: SoundFilesProps) {
  const media = link.area('media')
  const { player, state } = useFilePlayer(link)
  return (
    <section className="nx-soundfiles" aria-labelledby="sound-files">
      <div className="row">
        <h2 id="sound-files">Sound files</h2>
        <span className="grow" />
        <button type="button" className="nx-btn" onClick={() => attempt('open files', media.chooseFiles({}))}>
          <FolderOpen className="i" />
          Open files…
        </button>
      </div>
      {files.length === 0 ? (
        <p className="t2">
          WAV, MP3, Ogg, Opus and FLAC files are decoded in a process of their own, brought to one loudness
          and faded into one another.
        </p>
      ) : (
        <ul className="nx-media__list">
          {files.map(file => {
            const name = file.title ?? file.name
            const isCurrent = file.state.kind === 'playing'
            const isHeard = isCurrent && state === 'playing'
            return (
              <li className="nx-soundfiles__row" data-state={file.state.kind} key={file.id}>
                <button
                  type="button"
                  className="nx-ib"
                  aria-label={isHeard ? `Pause ${name}` : `Play ${name}`}
                  onClick={() => {
                    if (isHeard) attempt('pause', player.pause())
                    else if (isCurrent && state === 'paused') attempt('go on', player.resume())
                    else attempt('play the file', player.play(file.id))
                  }}
                >
                  {isHeard ? <Pause className="i" /> : <Play className="i" />}
                </button>
                <span className="grow ell">
                  <span className="med">{name}</span>
                  {file.artist !== null && <span className="t2"> · {file.artist}</span>}
                  {file.state.kind === 'broken' && (
                    <span className="nx-media__failure">
                      {' '}
                      {file.state.problem}
                      {file.state.byte !== null && ` (byte ${file.state.byte.toLocaleString('en')})`}
                    </span>
                  )}
                </span>
                {file.durationSeconds !== null && (
                  <span className="num t2">{timeText(file.durationSeconds)}</span>
                )}
                <button
                  type="button"
                  className="nx-ib"
                  aria-label={`Take ${name} off the list`}
                  onClick={() => attempt('take it off', media.removeFile({ id: file.id }))}
                >
                  <X className="i" />
                </button>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
