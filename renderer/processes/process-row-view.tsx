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
  isSelected: boolean
  /** The row or cell that Tab reaches: undefined for none here, null for the row itself. */
  focusedCell: number | null | undefined
}

/** One process, or one heading. What is done with it the grid hears, not the row. */
export function ProcessRowView(props: ProcessRowViewProps) {
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
        cellOf(column.id, { index, focused: props.focusedCell === index ? index : undefined }, props),
      )}
    </div>
  )
}
