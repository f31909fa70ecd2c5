import { type KeyboardEvent, useState } from 'react'
import type { MessageAlert } from '../../contracts/messages.ts'
import { columns, nextSorting } from './columns.ts'
import { GridHead } from './grid-head.tsx'
import { gridMove } from './grid-movement.ts'
import { ProcessRowView } from './process-row-view.tsx'
import { type Sorting, type TreeItem, visibleRows } from './process-tree.ts'
import type { SampleHistory } from './sample-history.ts'
import { useGridFocus } from './use-grid-focus.ts'

export interface ProcessGridProps {
  items: readonly TreeItem[]
  history: SampleHistory
  /** What is wrong with the messages of each process, by row. */
  alerts: ReadonlyMap<string, readonly MessageAlert[]>
  /** The row of the tab in view, chosen until a person chooses another. */
  defaultRowId: string | null
  onEnd(processId: string): void
  /** Shows a tab of the process, where it has one. */
  onShow(tabId: string): void
  /** Whether the focus is to go into the grid; asked once, when there is something to go to. */
  takeFocus(): boolean
  /** The "/" key. */
  onFilter(): void
}

const none: readonly MessageAlert[] = []

/**
 * The live tree. Values are not announced as they change; a reader hears them when it goes there. Enter shows the tab of
 * a site, Delete ends a process, S goes through the sortings.
 */
export function ProcessGrid(props: ProcessGridProps) {
  const [sorting, setSorting] = useState<Sorting>(null)
  const [closedIds, setClosedIds] = useState<ReadonlySet<string>>(new Set())
  const rows = visibleRows(props.items, sorting, closedIds)
  const has = (id: string | null) => rows.some(row => row.item.id === id)
  const defaultRowId = has(props.defaultRowId) ? props.defaultRowId : (rows[0]?.item.id ?? null)
  const { grid, current, selectedId, note, move } = useGridFocus(has, defaultRowId, props.takeFocus)

  const toggle = (id: string) => {
    const next = new Set(closedIds)
    if (!next.delete(id)) next.add(id)
    setClosedIds(next)
  }
  const show = (item: TreeItem) => {
    const [tabId] = item.process?.tabIds ?? []
    if (tabId !== undefined) props.onShow(tabId)
  }
  const end = (item: TreeItem) => {
    if (item.process?.canEnd) props.onEnd(item.process.id)
  }

  const onKeyDown = (event: KeyboardEvent, item: TreeItem) => {
    if (event.altKey || event.metaKey || (event.target instanceof HTMLButtonElement && event.key === 'Enter'))
      return
    const step = current === null ? null : gridMove(event, current, rows, columns.length)
    if (step !== null) {
      if (step.kind === 'focus') move(step.focus)
      else toggle(step.rowId)
    } else if (event.key === 'Enter') show(item)
    else if (event.key === 'Delete') end(item)
    else if (event.key === '/') props.onFilter()
    else if (event.key === 's' && !event.ctrlKey) setSorting(sortingAfter(sorting))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="nx-grid" role="treegrid" aria-label="Processes" ref={grid} aria-colcount={columns.length}>
      <GridHead
        columns={columns}
        sorting={sorting}
        onSort={column => setSorting(nextSorting(column, sorting))}
      />
      {rows.map(row => (
        <ProcessRowView
          key={row.item.id}
          row={row}
          readings={props.history.get(row.item.id) ?? []}
          alerts={props.alerts.get(row.item.id) ?? none}
          isSelected={row.item.id === selectedId}
          focusedCell={row.item.id === current?.rowId ? current.cell : undefined}
          onFocusRow={cell => note({ rowId: row.item.id, cell })}
          onToggle={() => toggle(row.item.id)}
          onEnd={() => end(row.item)}
          onShow={() => show(row.item)}
          onKeyDown={event => onKeyDown(event, row.item)}
        />
      ))}
    </div>
  )
}

/** The S key: memory, CPU, name, and back to the order of the tree. */
function sortingAfter(sorting: Sorting): Sorting {
  switch (sorting?.column) {
    case undefined:
      return { column: 'memory', isDescending: true }
    case 'memory':
      return { column: 'cpu', isDescending: true }
    case 'cpu':
      return { column: 'name', isDescending: false }
    case 'name':
    case 'state':
    case 'messages':
    case 'p95':
    case 'restarts':
    case 'uptime':
    case 'pid':
      return null
  }
}
