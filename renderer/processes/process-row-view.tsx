import { X } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import type { MessageAlert } from '../../contracts/messages.ts'
import type { ProcessRow } from '../../contracts/processes.ts'
import { Gauge, gaugeLevel } from './gauge.tsx'
import { GridCell } from './grid-cell.tsx'
import { AlertMark } from './messages/alert-mark.tsx'
import { millisecondsText } from './messages/message-readings.ts'
import { ProcessIcon } from './process-icon.tsx'
import type { VisibleRow } from './process-tree.ts'
import { countText, cpuText, memoryText, memoryWords, uptimeText } from './readings.ts'
import { Sparkline } from './sparkline.tsx'
import { StatePill } from './state-pill.tsx'
import { Twisty } from './twisty.tsx'

export interface ProcessRowViewProps {
  row: VisibleRow
  readings: readonly (number | null)[]
  /** What is wrong with its messages. */
  alerts: readonly MessageAlert[]
  isSelected: boolean
  /** The row or cell that Tab reaches: undefined for none here, null for the row itself. */
  focusedCell: number | null | undefined
  onFocusRow(cell: number | null): void
  onToggle(): void
  onEnd(): void
  onShow(): void
  onKeyDown(event: KeyboardEvent): void
}

export function ProcessRowView(props: ProcessRowViewProps) {
  const { row } = props
  const { item } = row
  const process = item.process
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table row cannot be laid out as a grid line of its own
    <div
      className="nx-grid__row"
      role="row"
      data-row={item.id}
      data-state={process?.state}
      data-group={process === null || undefined}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-expanded={row.isExpanded ?? undefined}
      aria-selected={props.isSelected}
      tabIndex={props.focusedCell === null ? 0 : -1}
      onKeyDown={props.onKeyDown}
      onClick={() => props.onFocusRow(null)}
      onDoubleClick={props.onShow}
    >
      <GridCell index={0} focused={props.focusedCell} role="rowheader" className="nx-cellname">
        <Twisty isExpanded={row.isExpanded} name={item.name} onToggle={props.onToggle} />
        <ProcessIcon kind={process?.kind ?? 'group'} />
        <span className="nx-name" title={item.detail}>
          {item.name}
          <small>{item.detail}</small>
        </span>
        <AlertMark alerts={props.alerts} />
      </GridCell>
      <GridCell index={1} focused={props.focusedCell}>
        {process !== null && <StatePill state={process.state} />}
      </GridCell>
      <GridCell index={2} focused={props.focusedCell} className="r num">
        {cpuText(item.cpuPercent)}
      </GridCell>
      <GridCell index={3} focused={props.focusedCell}>
        <Memory bytes={item.memoryBytes} limit={process?.memoryLimitBytes ?? null} process={process} />
      </GridCell>
      <GridCell index={4} focused={props.focusedCell} className="nx-col-wide">
        {process !== null && <Sparkline readings={props.readings} tone={sparkTone(process)} />}
      </GridCell>
      <GridCell index={5} focused={props.focusedCell} className="r num nx-col-more">
        {process !== null && `${countText(process.messagesIn)} / ${countText(process.messagesOut)}`}
      </GridCell>
      <GridCell
        index={6}
        focused={props.focusedCell}
        className="r num nx-col-more"
        title={item.busiestPeer === null ? undefined : `with ${item.busiestPeer.peer}`}
      >
        {item.busiestPeer !== null && millisecondsText(item.busiestPeer.p95Ms)}
      </GridCell>
      <GridCell index={7} focused={props.focusedCell} className="r num nx-col-more">
        {process !== null && <Restarts count={process.restarts} />}
      </GridCell>
      <GridCell index={8} focused={props.focusedCell} className="r num nx-col-more">
        {process !== null && uptimeText(process.uptimeMs)}
      </GridCell>
      <GridCell index={9} focused={props.focusedCell} className="r num t3 nx-col-wide">
        {process?.pid ?? ''}
      </GridCell>
      <GridCell index={10} focused={props.focusedCell}>
        {process?.canEnd && (
          <button
            type="button"
            className="nx-grid__end"
            tabIndex={-1}
            aria-label={`End ${item.name}`}
            title={`End ${item.name} (Delete)`}
            onClick={props.onEnd}
          >
            <X className="i i-s" />
          </button>
        )}
      </GridCell>
    </div>
  )
}

function Memory(props: { bytes: number | null; limit: number | null; process: ProcessRow | null }) {
  return (
    <span className="nx-mem">
      <span className="num r">{memoryText(props.bytes)}</span>
      {props.limit !== null && props.process !== null && (
        <Gauge
          share={(props.bytes ?? 0) / props.limit}
          level={isStopped(props.process) ? 'off' : gaugeLevel((props.bytes ?? 0) / props.limit)}
          label={`Memory of ${props.process.name}`}
          valueText={memoryWords(props.bytes, props.limit)}
        />
      )}
    </span>
  )
}

function Restarts({ count }: { count: number }) {
  return <span className={count === 0 ? 't3' : 'nx-warn'}>{count}</span>
}

function isStopped(process: ProcessRow): boolean {
  switch (process.state) {
    case 'suspended':
    case 'crashed':
    case 'failed':
    case 'terminated':
      return true
    case 'created':
    case 'ready':
    case 'active':
    case 'idle':
    case 'restarting':
      return false
  }
}

function sparkTone(process: ProcessRow): 'warn' | 'off' | undefined {
  if (isStopped(process)) return 'off'
  return (process.cpuPercent ?? 0) > 80 ? 'warn' : undefined
}
