import { memo } from 'react'
import type { ProcessColumn } from './columns.ts'
import { type CellProps, cellOf } from './process-cells.tsx'

export interface ProcessRowViewProps extends CellProps {
  columns: readonly ProcessColumn[]
  /** `grid-template-columns`. */
  tracks: string
  /** Whether it stands in a tree, and not beside all others. */
  isInTree: boolean
  /** Counted from 0. */
  index: number
  /** Whether it is placed by its index, since not all rows are drawn. */
  isPlaced: boolean
  /** Whether it is drawn anew with each sample: it is in view, or nearly. */
  isLive: boolean
  isSelected: boolean
  /** The row or cell that Tab reaches: undefined for none here, null for the row itself. */
  focusedCell: number | null | undefined
}

/**
 * One process, or one heading. What is done with it the grid hears, not the row. Out of view a row keeps the readings
 * with which it left, and gets those of now as it comes back: its place and its state are always those of now.
 */
export const ProcessRowView = memo(function ProcessRowView(props: ProcessRowViewProps) {
  const { row } = props
  const { item } = row
  const place = props.isInTree
    ? {
        'aria-level': row.level,
        'aria-posinset': row.position,
        'aria-setsize': row.setSize,
        'aria-expanded': row.isExpanded ?? undefined,
      }
    : {}
  const tracks = { gridTemplateColumns: props.tracks }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table row cannot be laid out as a grid line of its own
    <div
      className="nx-grid__row"
      role="row"
      style={props.isPlaced ? { ...tracks, top: `calc(var(--row) * ${props.index})` } : tracks}
      data-row={item.id}
      data-state={item.process?.state}
      data-group={item.process === null || undefined}
      aria-rowindex={props.index + 2}
      aria-selected={props.isSelected}
      {...place}
      tabIndex={props.focusedCell === null ? 0 : -1}
    >
      {props.columns.map((column, index) =>
        cellOf({ column: column.id, index, focused: props.focusedCell === index ? index : undefined }, props),
      )}
    </div>
  )
}, isRestingAsBefore)

function isRestingAsBefore(before: ProcessRowViewProps, now: ProcessRowViewProps): boolean {
  if (before.isLive || now.isLive) return false
  const [one, other] = [before.row, now.row]
  return (
    before.columns === now.columns &&
    before.tracks === now.tracks &&
    before.index === now.index &&
    before.isPlaced === now.isPlaced &&
    before.isInTree === now.isInTree &&
    before.isSelected === now.isSelected &&
    before.focusedCell === now.focusedCell &&
    one.item.name === other.item.name &&
    one.item.detail === other.item.detail &&
    one.item.process?.state === other.item.process?.state &&
    one.level === other.level &&
    one.position === other.position &&
    one.setSize === other.setSize &&
    one.isExpanded === other.isExpanded
  )
}
