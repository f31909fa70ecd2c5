import { Folder, Pause, Play, X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { DownloadEntry } from '../../contracts/downloads-for-chrome.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import type { Attempt } from '../system/use-browser.ts'
import { type DownloadActions, downloadActions } from './download-actions.ts'
import { DownloadGauge, FileIcon } from './download-parts.tsx'
import { IconButton } from './download-row.tsx'
import { endWords, shareOf, sizeText, stateText } from './download-words.ts'
import type { DownloadsState } from './use-downloads.ts'

/** The latest three downloads of this window, until closed; another download opens it again. Ends are announced. */
export function DownloadShelf(props: {
  link: BrowserLink
  downloads: DownloadsState
  attempt: Attempt
  onAll(): void
}) {
  const { link, downloads, attempt } = props
  const latest = downloads.entries.filter(({ id }) => downloads.touched.has(id)).slice(0, 3)
  const newest = latest[0]?.id ?? null
  const [closedAt, setClosedAt] = useState<string | null>(null)
  const actions = useMemo(() => downloadActions(link, attempt), [link, attempt])
  const said = useEndWords(downloads)
  return (
    <>
      <span className="sr" role="status">
        {said}
      </span>
      {newest !== null && newest !== closedAt && (
        <section className="nx-shelf" aria-label="Downloads shelf">
          {latest.map(entry => (
            <ShelfItem key={entry.id} entry={entry} actions={actions} />
          ))}
          <span className="grow" />
          <button type="button" className="nx-btn nx-btn--quiet" onClick={props.onAll}>
            All downloads
          </button>
          <button
            type="button"
            className="nx-ib"
            aria-label="Close shelf"
            title="Close shelf"
            onClick={() => setClosedAt(newest)}
          >
            <X className="i" />
          </button>
        </section>
      )}
    </>
  )
}

function ShelfItem({ entry, actions }: { entry: DownloadEntry; actions: DownloadActions }) {
  const { state } = entry
  const share = shareOf(entry)
  return (
    <div className="nx-shelf__item" data-state={state.kind}>
      <FileIcon entry={entry} className="i" />
      <span className="nx-shelf__main">
        <span className="ell fs12 med" title={entry.name}>
          {entry.name}
        </span>
        {share === null ? (
          <span className="fs11 t3 ell">
            {state.kind === 'completed'
              ? `Done, ${sizeText(entry.size ?? entry.received)}`
              : stateText(entry, new Date())}
          </span>
        ) : (
          <DownloadGauge entry={entry} />
        )}
      </span>
      {share !== null && <span className="num fs11 t3">{Math.round(share * 100)} %</span>}
      {(state.kind === 'running' || state.kind === 'waiting') && entry.canPause && (
        <IconButton label="Pause" entry={entry} onPress={() => actions.pause(entry.id)}>
          <Pause className="i" />
        </IconButton>
      )}
      {(state.kind === 'paused' || state.kind === 'failed') && entry.canResume && (
        <IconButton label="Resume" entry={entry} onPress={() => actions.resume(entry.id)}>
          <Play className="i" />
        </IconButton>
      )}
      {state.kind === 'completed' && entry.isThere && (
        <IconButton label="Show in folder" entry={entry} onPress={() => actions.showInFolder(entry.id)}>
          <Folder className="i" />
        </IconButton>
      )}
    </div>
  )
}

/** What came to its end last while somebody could listen. */
function useEndWords({ entries, touched }: DownloadsState): string {
  const [said, setSaid] = useState('')
  const ended = useRef(new Set<string>())
  useEffect(() => {
    for (const entry of entries) {
      const words = endWords(entry)
      if (words === null) ended.current.delete(entry.id)
      else if (!ended.current.has(entry.id)) {
        ended.current.add(entry.id)
        if (touched.has(entry.id)) setSaid(words)
      }
    }
  }, [entries, touched])
  return said
}
