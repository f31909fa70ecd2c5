import { GridCell } from '../grid-cell.tsx'
import { AlertMark } from './alert-mark.tsx'
import type { TrafficRowProps } from './pair-row-view.tsx'
import type { MethodRow } from './pair-rows.ts'
import { FailureCells, SpeedCells } from './traffic-cells.tsx'

/** One method of an open pair. What belongs to the connection as a whole, its queue and its time, stays empty. */
export function MethodRowView(props: TrafficRowProps & { row: MethodRow }) {
  const { row } = props
  const { method } = row
  const focused = props.focusedCell
  const own = props.alerts.filter(alert => alert.method === method.method)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table row cannot be laid out as a grid line of its own
    <div
      className="nx-grid__row"
      role="row"
      data-row={row.item.id}
      style={{ top: `calc(var(--row) * ${props.index})` }}
      aria-level={2}
      aria-rowindex={props.index + 2}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-selected={props.isSelected}
      tabIndex={focused === null ? 0 : -1}
      onKeyDown={props.onKeyDown}
      onClick={() => props.onFocusRow(null)}
    >
      <GridCell index={0} focused={focused} role="rowheader" className="nx-cellname">
        <span className="tw" />
        <span className="mono ell t2" title={method.method}>
          {method.method}
        </span>
        <AlertMark alerts={own} />
      </GridCell>
      <SpeedCells traffic={method} alerts={own} focused={focused} />
      <GridCell index={7} focused={focused} />
      <GridCell index={8} focused={focused} />
      <GridCell index={9} focused={focused} />
      <FailureCells traffic={method} alerts={own} focused={focused} />
    </div>
  )
}
