import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import type { MessageAlert } from '../../../contracts/messages.ts'
import { nextColumnSorting } from '../grid-column.ts'
import { GridHead } from '../grid-head.tsx'
import { gridMove } from '../grid-movement.ts'
import { useGridFocus } from '../use-grid-focus.ts'
import type { AlertsByPair } from './health.ts'
import { MethodRowView } from './method-row-view.tsx'
import { PairRowView } from './pair-row-view.tsx'
import { type PairGridRow, type PairSorting, pairColumns, pairSortingAfter } from './pair-rows.ts'
import { drawnRows } from './row-span.ts'
import { useRowSpan } from './use-row-span.ts'

export interface PairGridProps {
  rows: readonly PairGridRow[]
  alerts: AlertsByPair
  sorting: PairSorting
  /** A row that was asked for elsewhere, by an alert or a line of the graph, until `onJumped` is called. */
  jump: { readonly rowId: string } | null
  onJumped(): void
  onSort(sorting: PairSorting): void
  onToggle(rowId: string): void
  /** The pair under the pointer or the focus; null when it has left. */
  onPoint(pairKey: string | null): void
  takeFocus(): boolean
  /** The "/" key. */
  onFilter(): void
}

const none: readonly MessageAlert[] = []

/**
 * Every pair with its readings, its methods below it. Values are not announced as they change. Enter opens a row, S goes
 * through the sortings. Only rows near the view are drawn when there are many.
 */
export function PairGrid(props: PairGridProps) {
  const { rows } = props
  const body = useRef<HTMLDivElement>(null)
  const span = useRowSpan(body, rows.length, drawnRows)
  const { grid, current, selectedId, note, move } = useGridFocus(
    id => rows.some(row => row.item.id === id),
    rows[0]?.item.id ?? null,
    props.takeFocus,
  )

  useLayoutEffect(() => {
    if (props.jump === null) return
    move({ rowId: props.jump.rowId, cell: null })
    props.onJumped()
  })

  const onKeyDown = (event: KeyboardEvent, row: PairGridRow) => {
    if (event.altKey || event.metaKey || (event.target instanceof HTMLButtonElement && event.key === 'Enter'))
      return
    const step = current === null ? null : gridMove(event, current, rows, pairColumns.length)
    if (step !== null) {
      if (step.kind === 'focus') {
        move(step.focus)
        const target = rows.find(candidate => candidate.item.id === step.focus.rowId)
        props.onPoint(target?.parentId ?? step.focus.rowId)
      } else props.onToggle(step.rowId)
    } else if (event.key === 'Enter' && row.isExpanded !== null) props.onToggle(row.item.id)
    else if (event.key === '/') props.onFilter()
    else if (event.key === 's' && !event.ctrlKey) props.onSort(pairSortingAfter(props.sorting))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      className="nx-grid nx-grid--pairs"
      role="treegrid"
      aria-label="Messages between processes"
      ref={grid}
      aria-colcount={pairColumns.length}
      aria-rowcount={rows.length + 1}
      onPointerLeave={() => props.onPoint(null)}
      onBlur={() => props.onPoint(null)}
    >
      <GridHead
        columns={pairColumns}
        sorting={props.sorting}
        onSort={column => props.onSort(nextColumnSorting(column, props.sorting, column !== 'pair'))}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, so that not all need be drawn */}
      <div
        className="nx-grid__rows"
        role="rowgroup"
        ref={body}
        style={{ height: `calc(var(--row) * ${rows.length})` }}
      >
        {rows.map((row, index) => {
          const isFocused = row.item.id === current?.rowId
          if (!isFocused && (index < span.first || index >= span.end)) return null
          const common = {
            index,
            isSelected: row.item.id === selectedId,
            focusedCell: isFocused ? current.cell : undefined,
            onFocusRow: (cell: number | null) => note({ rowId: row.item.id, cell }),
            onKeyDown: (event: KeyboardEvent) => onKeyDown(event, row),
          }
          return row.kind === 'pair' ? (
            <PairRowView
              key={row.item.id}
              {...common}
              row={row}
              alerts={props.alerts.get(row.item.id) ?? none}
              onToggle={() => props.onToggle(row.item.id)}
              onPoint={() => props.onPoint(row.item.id)}
            />
          ) : (
            <MethodRowView
              key={row.item.id}
              {...common}
              row={row}
              alerts={props.alerts.get(row.parentId ?? '') ?? none}
            />
          )
        })}
      </div>
    </div>
  )
}
