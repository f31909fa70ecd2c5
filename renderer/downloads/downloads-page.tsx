import { Folder, Search } from 'lucide-react'
import { type KeyboardEvent, useCallback, useMemo, useState } from 'react'
import type { DownloadEntry } from '../../contracts/downloads-for-chrome.ts'
import { CoverFrame, type CoverPageProps } from '../shell/cover-frame.tsx'
import type { Attempt } from '../system/use-browser.ts'
import { downloadActions } from './download-actions.ts'
import { DownloadRow } from './download-row.tsx'
import { useDownloads } from './use-downloads.ts'

/** Every download with what can be done with it, the latest first. */
export function DownloadsPage(props: CoverPageProps) {
  const { link } = props
  const { entries, folder } = useDownloads(link)
  const [query, setQuery] = useState('')
  const [problem, setProblem] = useState('')
  const attempt = useCallback<Attempt>((words, work) => {
    setProblem('')
    work().catch((error: unknown) => {
      setProblem(`Nexus could not ${words}. ${error instanceof Error ? error.message : ''}`)
    })
  }, [])
  const actions = useMemo(() => downloadActions(link, attempt), [link, attempt])
  const shown = entries.filter(entry => matches(entry, query))
  const now = new Date()
  const downloads = link.area('downloads')
  return (
    <CoverFrame
      title="Downloads"
      onClose={props.onClose}
      tools={
        <>
          <label className="nx-field nx-dl__search">
            <Search className="i i-s" />
            <input
              aria-label="Search downloads"
              placeholder="Search name or site"
              value={query}
              onChange={event => setQuery(event.currentTarget.value)}
            />
          </label>
          <button
            type="button"
            className="nx-btn"
            title={folder}
            onClick={() => attempt('open the folder', () => downloads.openFolder({}))}
          >
            <Folder className="i i-s" />
            Open folder
          </button>
        </>
      }
    >
      {/** biome-ignore lint/a11y/noStaticElementInteractions: arrows move among the buttons in it */}
      <div className="nx-dl" onKeyDown={moveAmongRows}>
        <p className="nx-dl__problem" role="alert">
          {problem}
        </p>
        {shown.length === 0 ? (
          <p className="t2">
            {entries.length === 0 ? 'Nothing was downloaded yet.' : 'No download is called that.'}
          </p>
        ) : (
          <ul className="nx-dl__list" aria-label="Downloads">
            {shown.map(entry => (
              <DownloadRow key={entry.id} entry={entry} actions={actions} now={now} />
            ))}
          </ul>
        )}
        <footer className="nx-dl__foot">
          <p className="fs11 t3 grow">
            Files are fetched by the network process. They go on after a break, and are checked before they
            get their name.
          </p>
          {entries.some(isOver) && (
            <button
              type="button"
              className="nx-btn nx-btn--quiet nx-btn--s"
              onClick={() => attempt('clear the list', () => downloads.clearFinished({}))}
            >
              Clear finished
            </button>
          )}
        </footer>
      </div>
    </CoverFrame>
  )
}

function matches({ name, site }: DownloadEntry, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/)
  const text = `${name} ${site}`.toLowerCase()
  return words.every(word => text.includes(word))
}

function isOver({ state }: DownloadEntry): boolean {
  return state.kind === 'completed' || state.kind === 'cancelled' || state.kind === 'failed'
}

function moveAmongRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const names = [...event.currentTarget.querySelectorAll<HTMLElement>('.nx-dl__name')]
  const here = names.findIndex(name => name.matches(':focus'))
  const next = names[here + (event.key === 'ArrowDown' ? 1 : -1)]
  if (here < 0 || next === undefined) return
  event.preventDefault()
  next.focus()
}
