import { Ban, Download, Pause, Play, Trash2 } from 'lucide-react'
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import type { TabState } from '../../contracts/browser.ts'
import { FilterField } from '../processes/filter-field.tsx'
import type { BrowserLink } from '../system/browser-link.ts'
import { nextRequestSorting, type RequestSorting, sorted } from './request-columns.ts'
import { RequestDetailsView } from './request-details.tsx'
import { filtered, kindGroups, noFilter, type RequestFilter } from './request-filter.ts'
import { RequestGrid } from './request-grid.tsx'
import { sizeText } from './request-words.ts'
import { useRequests } from './use-requests.ts'

/** What was exported, or why it was not. */
type Exported = { readonly isSaved: boolean; readonly words: string }

/** The list of requests over all tabs, with what may be done with it. */
export function RequestsView(props: {
  link: BrowserLink
  tabs: readonly TabState[]
  tab: TabState | null
  foot: ReactNode
}) {
  const { link, tabs, tab } = props
  const [filter, setFilter] = useState<RequestFilter>(noFilter)
  const [sorting, setSorting] = useState<RequestSorting>(null)
  const [selectedId, setSelectedId] = useState<number | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  const [isPaused, setIsPaused] = useState(false)
  const [isFollowing, setIsFollowing] = useState(true)
  const [exported, setExported] = useState<Exported | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const all = useRequests(link, isPaused)
  const titles = useMemo(
    () => new Map(tabs.map(({ id, title, site }) => [id, title || site || 'Untitled'])),
    [tabs],
  )
  const tabTitle = useCallback(
    (tabId: string | null) => (tabId === null ? 'No tab' : (titles.get(tabId) ?? 'Closed tab')),
    [titles],
  )
  const found = useMemo(() => filtered(all, filter), [all, filter])
  // the same list while nothing changes: the grid goes to its end when another comes
  const rows = useMemo(() => sorted(found, sorting, tabTitle), [found, sorting, tabTitle])
  const selected = all.find(({ id }) => id === selectedId)
  const change = (changes: Partial<RequestFilter>) => setFilter({ ...filter, ...changes })
  const network = link.area('network')
  const blocked = found.filter(({ state }) => state === 'blocked').length
  const bytes = found.reduce((sum, row) => sum + (row.isFromCache ? 0 : (row.bytes ?? 0)), 0)

  const exportHar = () => {
    network.exportHar({ ids: rows.map(({ id }) => id), withSecrets: false }).then(
      ({ path, entries }) =>
        setExported({ isSaved: true, words: `${entries} requests were saved as ${path}.` }),
      (error: unknown) =>
        setExported({ isSaved: false, words: error instanceof Error ? error.message : 'Nothing was saved.' }),
    )
  }

  return (
    <>
      <div className="nx-network__bar">
        <FilterField
          inputRef={field}
          label="Filter requests by address, status or rule"
          words={filter.words}
          onChange={words => change({ words })}
        />
        {kindGroups.map(({ id, title }) => (
          <button
            type="button"
            className="nx-chip"
            key={id}
            aria-pressed={filter.group === id}
            onClick={() => change({ group: id })}
          >
            {title}
          </button>
        ))}
        <button
          type="button"
          className="nx-chip"
          aria-pressed={filter.isBlockedOnly}
          onClick={() => change({ isBlockedOnly: !filter.isBlockedOnly })}
        >
          <Ban className="i i-s" />
          Blocked only
        </button>
        <select
          className="nx-select"
          aria-label="Requests of which tab"
          value={filter.tabId ?? ''}
          onChange={event => change({ tabId: event.currentTarget.value || null })}
        >
          <option value="">All tabs</option>
          {tabs.map(({ id }) => (
            <option key={id} value={id}>
              {id === tab?.id ? 'This tab' : tabTitle(id).slice(0, 40)}
            </option>
          ))}
        </select>
        <span className="grow" />
        <button
          type="button"
          className="nx-ib"
          aria-label="Pause the list"
          aria-pressed={isPaused}
          title={isPaused ? 'Show what comes again' : 'Hold the list as it is'}
          onClick={() => setIsPaused(!isPaused)}
        >
          {isPaused ? <Play className="i" /> : <Pause className="i" />}
        </button>
        <button
          type="button"
          className="nx-ib"
          aria-label="Clear the list"
          title={filter.tabId === null ? 'Forget all requests' : 'Forget the requests of this tab'}
          onClick={() => {
            setIsOpen(false)
            network.clearRequests({ tabId: filter.tabId }).catch(() => {})
          }}
        >
          <Trash2 className="i" />
        </button>
        <button
          type="button"
          className="nx-btn nx-btn--s"
          disabled={rows.length === 0}
          title="As a HAR file, without bodies, cookies and credentials"
          onClick={exportHar}
        >
          <Download className="i i-s" />
          Export HAR
        </button>
      </div>
      {exported !== null && (
        <p className="nx-network__note" role={exported.isSaved ? 'status' : 'alert'}>
          <span className="grow">{exported.words}</span>
          {exported.isSaved && (
            <button
              type="button"
              className="nx-btn nx-btn--quiet nx-btn--s"
              onClick={() => void network.showExport({}).catch(() => {})}
            >
              Show in folder
            </button>
          )}
          <button type="button" className="nx-btn nx-btn--quiet nx-btn--s" onClick={() => setExported(null)}>
            Dismiss
          </button>
        </p>
      )}
      <div className="nx-network__split">
        {rows.length === 0 ? (
          <p className="nx-network__empty">
            {all.length === 0
              ? 'Nothing was asked for yet. What pages ask for from now on appears here.'
              : 'No request is like that.'}
          </p>
        ) : (
          <RequestGrid
            rows={rows}
            sorting={sorting}
            selectedId={selectedId}
            followsEnd={isFollowing && sorting === null && !isOpen}
            tabTitle={tabTitle}
            onSort={column => setSorting(nextRequestSorting(column, sorting))}
            onSelect={setSelectedId}
            onOpen={id => {
              setSelectedId(id)
              setIsOpen(true)
            }}
            onFilter={() => field.current?.focus()}
            onFollow={setIsFollowing}
          />
        )}
        {isOpen && selected !== undefined && (
          <RequestDetailsView
            link={link}
            row={selected}
            tabTitle={tabTitle(selected.tabId)}
            onClose={() => setIsOpen(false)}
          />
        )}
      </div>
      <footer className="nx-network__foot">
        <span className="num">
          {found.length === all.length
            ? `${all.length} requests`
            : `${found.length} of ${all.length} requests`}
        </span>
        <span className="num">{blocked} blocked</span>
        <span className="num">{sizeText(bytes)}</span>
        {props.foot}
      </footer>
    </>
  )
}
