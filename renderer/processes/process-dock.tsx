import { Filter, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { ProcessRow, ProcessTree } from '../../contracts/processes.ts'
import { ProcessGrid } from './process-grid.tsx'
import { filterTree, needsAttention, type ProcessFilter, processTree } from './process-tree.ts'
import { cpuText, memoryText } from './readings.ts'
import type { SampleHistory } from './sample-history.ts'

export interface ProcessDockProps {
  /** Null until the first sample has come. */
  tree: ProcessTree | null
  history: SampleHistory
  activeTabId: string | null
  onEnd(processId: string): void
  onShowTab(tabId: string): void
  onClose(): void
}

const filters: readonly { readonly filter: ProcessFilter; readonly title: string }[] = [
  { filter: 'all', title: 'All' },
  { filter: 'sites', title: 'Sites' },
  { filter: 'services', title: 'Services' },
  { filter: 'attention', title: 'Needs attention' },
]

/** Every process, live, with what it costs and whom it serves. */
export function ProcessDock(props: ProcessDockProps) {
  const [filter, setFilter] = useState<ProcessFilter>('all')
  const [words, setWords] = useState('')
  const filterField = useRef<HTMLInputElement>(null)
  const hasTakenFocus = useRef(false)
  const rows = props.tree?.rows ?? []
  const items = filterTree(processTree(rows), filter, words)
  const activeRow = rows.find(row => props.activeTabId !== null && row.tabIds.includes(props.activeTabId))
  return (
    <>
      <header className="nx-dock__head">
        <h2 className="nx-panel__title">Processes</h2>
        {filters.map(({ filter: candidate, title }) => {
          const count = countOf(rows, candidate)
          if (candidate === 'attention' && count === 0 && filter !== 'attention') return null
          return (
            <button
              type="button"
              className="nx-chip"
              key={candidate}
              aria-pressed={filter === candidate}
              onClick={() => setFilter(candidate)}
            >
              {title} {count > 0 && count}
            </button>
          )
        })}
        <label className="nx-field">
          <Filter className="i i-s t3" />
          <input
            ref={filterField}
            aria-label="Filter by name, state or pid"
            placeholder="Filter"
            value={words}
            spellCheck={false}
            onChange={event => setWords(event.currentTarget.value)}
            onKeyDown={event => {
              if (event.key !== 'Escape' || words === '') return
              event.stopPropagation()
              setWords('')
            }}
          />
          <span className="nx-kbd" aria-hidden="true">
            /
          </span>
        </label>
        <span className="grow" />
        {props.tree !== null && <Totals tree={props.tree} />}
        <button
          type="button"
          className="nx-ib nx-ib--s"
          aria-label="Close processes"
          title="Close (Shift+Esc)"
          onClick={props.onClose}
        >
          <X className="i" />
        </button>
      </header>
      <div className="nx-dock__body">
        {props.tree === null ? (
          <Waiting />
        ) : items.length === 0 ? (
          <p className="nx-dock__empty" role="status">
            No process matches.
          </p>
        ) : (
          <ProcessGrid
            items={items}
            history={props.history}
            defaultRowId={activeRow?.id ?? null}
            onEnd={props.onEnd}
            onShow={props.onShowTab}
            takeFocus={() => {
              const isFirst = !hasTakenFocus.current
              hasTakenFocus.current = true
              return isFirst
            }}
            onFilter={() => filterField.current?.focus()}
          />
        )}
      </div>
    </>
  )
}

/** Readings come within a second; when they do not, that is said rather than left to be guessed. */
const lateAfterMs = 5_000

function Waiting() {
  const [isLate, setIsLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), lateAfterMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <p className="nx-dock__empty" role="status">
      {isLate
        ? 'No reading has come yet. The computer is busy, or Nexus core cannot measure its processes.'
        : 'Measuring. The first readings come within a second.'}
    </p>
  )
}

function countOf(rows: readonly ProcessRow[], filter: ProcessFilter): number {
  switch (filter) {
    case 'all':
      return rows.length
    case 'sites':
      return rows.filter(row => row.kind === 'tab').length
    case 'services':
      return rows.filter(row => row.kind !== 'tab' && row.kind !== 'gpu' && row.kind !== 'engine').length
    case 'attention':
      return rows.filter(needsAttention).length
  }
}

function Totals({ tree }: { tree: ProcessTree }) {
  const cpu = tree.rows.reduce((sum, row) => sum + (row.cpuPercent ?? 0), 0)
  const memory = tree.rows.reduce((sum, row) => sum + (row.memoryBytes ?? 0), 0)
  return (
    <span className="nx-dock__readings" title={tree.machine.description}>
      <span className="nx-read">
        <span>CPU</span>
        {cpuText(cpu)} %
      </span>
      <i className="nx-status__tick" />
      <span className="nx-read">
        <span>mem</span>
        {memoryText(memory)} <span>/ {memoryText(tree.machine.memoryBytes)}</span>
      </span>
    </span>
  )
}
