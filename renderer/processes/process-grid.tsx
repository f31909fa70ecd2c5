import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { columns, nextSorting } from './columns.ts'
import { type GridFocus, gridMove } from './grid-movement.ts'
import { ProcessRowView } from './process-row-view.tsx'
import { type Sorting, type TreeItem, visibleRows } from './process-tree.ts'
import type { SampleHistory } from './sample-history.ts'

export interface ProcessGridProps {
  items: readonly TreeItem[]
  history: SampleHistory
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

/**
 * The live tree. Values are not announced as they change; a reader hears them when it goes there. Enter shows the tab of
 * a site, Delete ends a process, S goes through the sortings.
 */
export function ProcessGrid(props: ProcessGridProps) {
  const [sorting, setSorting] = useState<Sorting>(null)
  const [closedIds, setClosedIds] = useState<ReadonlySet<string>>(new Set())
  const [focus, setFocus] = useState<GridFocus | null>(null)
  const mustFocus = useRef(false)
  const hasAsked = useRef(false)
  const grid = useRef<HTMLDivElement>(null)

  const rows = visibleRows(props.items, sorting, closedIds)
  const has = (id: string | null) => rows.some(row => row.item.id === id)
  const selectedId =
    focus !== null && has(focus.rowId)
      ? focus.rowId
      : has(props.defaultRowId)
        ? props.defaultRowId
        : (rows[0]?.item.id ?? null)
  const current: GridFocus | null =
    selectedId === null ? null : { rowId: selectedId, cell: focus?.rowId === selectedId ? focus.cell : null }

  useLayoutEffect(() => {
    if (!hasAsked.current) {
      hasAsked.current = true
      mustFocus.current ||= props.takeFocus()
    }
    if (!mustFocus.current || current === null) return
    mustFocus.current = false
    const row = grid.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(current.rowId)}"]`)
    const target =
      current.cell === null ? row : row?.querySelector<HTMLElement>(`[data-cell="${current.cell}"]`)
    target?.focus()
    row?.scrollIntoView({ block: 'nearest' })
  })

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
    const move = current === null ? null : gridMove(event, current, rows, columns.length)
    if (move !== null) {
      if (move.kind === 'focus') {
        mustFocus.current = true
        setFocus(move.focus)
      } else toggle(move.rowId)
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
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its sort buttons are reached instead */}
      <div className="nx-grid__row nx-grid__head" role="row">
        {columns.map(column => (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div
            role="columnheader"
            key={column.id}
            className={`${column.isNumeric ? 'r' : ''} ${column.isExtra ? 'nx-col-more' : ''}`}
            aria-sort={
              sorting !== null && sorting.column === column.sort
                ? sorting.isDescending
                  ? 'descending'
                  : 'ascending'
                : undefined
            }
          >
            {column.sort === null ? (
              <span className={column.id === 'end' ? 'sr' : undefined}>{column.title}</span>
            ) : (
              <HeadButton
                title={column.title}
                isDescending={sorting?.column === column.sort ? sorting.isDescending : null}
                onPress={() => column.sort !== null && setSorting(nextSorting(column.sort, sorting))}
              />
            )}
          </div>
        ))}
      </div>
      {rows.map(row => (
        <ProcessRowView
          key={row.item.id}
          row={row}
          readings={props.history.get(row.item.id) ?? []}
          isSelected={row.item.id === selectedId}
          focusedCell={row.item.id === current?.rowId ? current.cell : undefined}
          onFocusRow={cell => setFocus({ rowId: row.item.id, cell })}
          onToggle={() => toggle(row.item.id)}
          onEnd={() => end(row.item)}
          onShow={() => show(row.item)}
          onKeyDown={event => onKeyDown(event, row.item)}
        />
      ))}
    </div>
  )
}

function HeadButton(props: { title: string; isDescending: boolean | null; onPress(): void }) {
  return (
    <button type="button" className="nx-grid__sort" onClick={props.onPress}>
      {props.title}
      {props.isDescending !== null &&
        (props.isDescending ? <ArrowDown className="i" /> : <ArrowUp className="i" />)}
    </button>
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
    case 'uptime':
    case 'pid':
      return null
  }
}
