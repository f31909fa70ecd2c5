import { ArrowRight } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import type { MessageAlert } from '../../../contracts/messages.ts'
import { GridCell } from '../grid-cell.tsx'
import { ProcessIcon } from '../process-icon.tsx'
import { Twisty } from '../twisty.tsx'
import { AlertMark } from './alert-mark.tsx'
import { queueText } from './message-readings.ts'
import type { PairRow } from './pair-rows.ts'
import type { Talker } from './talkers.ts'
import { TimeSplitBar } from './time-split-bar.tsx'
import { FailureCells, NumberCell, SpeedCells } from './traffic-cells.tsx'

export interface TrafficRowProps {
  /** Its place among all rows, from 0. */
  index: number
  alerts: readonly MessageAlert[]
  isSelected: boolean
  /** The row or cell that Tab reaches: undefined for none here, null for the row itself. */
  focusedCell: number | null | undefined
  onFocusRow(cell: number | null): void
  onKeyDown(event: KeyboardEvent): void
}

export function PairRowView(
  props: TrafficRowProps & {
    row: PairRow
    onToggle(): void
    onPoint(): void
  },
) {
  const { row, alerts } = props
  const { pair, from, to } = row
  const focused = props.focusedCell
  const own = alerts.filter(alert => alert.method === null)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table row cannot be laid out as a grid line of its own
    <div
      className="nx-grid__row"
      role="row"
      data-row={row.item.id}
      data-health={row.health}
      style={{ top: `calc(var(--row) * ${props.index})` }}
      aria-level={1}
      aria-rowindex={props.index + 2}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-expanded={row.isExpanded ?? undefined}
      aria-selected={props.isSelected}
      tabIndex={focused === null ? 0 : -1}
      onKeyDown={props.onKeyDown}
      onClick={() => props.onFocusRow(null)}
      onDoubleClick={() => row.isExpanded !== null && props.onToggle()}
      onPointerEnter={props.onPoint}
    >
      <GridCell index={0} focused={focused} role="rowheader" className="nx-cellname nx-pairname">
        <Twisty isExpanded={row.isExpanded} name={`${from.name} to ${to.name}`} onToggle={props.onToggle} />
        <End talker={from} endpoint={pair.from} />
        <ArrowRight className="i i-s" role="img" aria-label="to" />
        <End talker={to} endpoint={pair.to} />
        <span className="nx-pairmarks">
          {pair.isPaused && (
            <span className="nx-paused" title="Held back until the receiver has caught up">
              paused
            </span>
          )}
          <AlertMark alerts={alerts} />
        </span>
      </GridCell>
      <SpeedCells traffic={pair} alerts={own} focused={focused} />
      <GridCell index={7} focused={focused}>
        <TimeSplitBar pair={pair} />
      </GridCell>
      <NumberCell
        index={8}
        focused={focused}
        text={String(pair.pendingCalls)}
        isNothing={pair.pendingCalls === 0}
      />
      <NumberCell
        index={9}
        focused={focused}
        text={queueText(pair.avgQueueSize, pair.maxQueueSize)}
        isNothing={pair.maxQueueSize === 0}
        alerts={own}
        rule="queueBacklog"
      />
      <FailureCells traffic={pair} alerts={own} focused={focused} />
    </div>
  )
}

function End({ talker, endpoint }: { talker: Talker; endpoint: string }) {
  const detail = talker.row?.detail ?? ''
  return (
    <span className="nx-end" title={[talker.name, detail, endpoint].filter(Boolean).join(' · ')}>
      <ProcessIcon kind={talker.kind} />
      <span className="nx-name">{talker.name}</span>
    </span>
  )
}
