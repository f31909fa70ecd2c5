import { X } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import type { MessageAlert } from '../../contracts/messages.ts'
import type { LifecycleState, ProcessRow } from '../../contracts/processes.ts'
import type { ColumnId } from './columns.ts'
import { Gauge, gaugeLevel } from './gauge.tsx'
import { GridCell } from './grid-cell.tsx'
import { kindWord, priorityWord } from './kind-words.ts'
import { AlertMark } from './messages/alert-mark.tsx'
import { dataText, millisecondsText } from './messages/message-readings.ts'
import { ProcessIcon } from './process-icon.tsx'
import { isStopped } from './process-state.ts'
import type { TreeItem } from './process-tree.ts'
import { countText, cpuText, memoryText, memoryWords, uptimeText } from './readings.ts'
import { summedHistory } from './row-readings.ts'
import type { SampleHistory } from './sample-history.ts'
import { rowSpark, Sparkline, type SparkTone, sparkPath } from './sparkline.tsx'
import { StatePill } from './state-pill.tsx'
import { Twisty } from './twisty.tsx'
import type { VisibleRow } from './visible-rows.ts'

/** What a row asks of the grid; the same object for as long as the grid stands, so that cells are not drawn for it. */
export interface RowHands {
  toggle(rowId: string): void
  end(rowId: string): void
}

export interface CellProps {
  readonly row: VisibleRow
  readonly history: SampleHistory
  /** What is wrong with its messages. */
  readonly alerts: readonly MessageAlert[]
  readonly hands: RowHands
}

interface Place {
  readonly column: ColumnId
  readonly index: number
  /** The same as `index` for the cell that Tab reaches. */
  readonly focused: number | undefined
}

/**
 * One cell of a row. Each part below is given words and numbers as they are drawn, so that a sample in which a cell says
 * the same as before draws nothing.
 */
export function cellOf(place: Place, props: CellProps): ReactNode {
  const { column } = place
  const { row, hands } = props
  const { item, readings } = row
  const { process } = item
  switch (column) {
    case 'process':
      return (
        <NameCell
          key={column}
          {...place}
          id={item.id}
          name={item.name}
          detail={item.detail}
          kind={process?.kind ?? 'group'}
          isExpanded={row.isExpanded}
          alerts={props.alerts}
          hands={hands}
        />
      )
    case 'kind':
      return words(place, process === null ? '' : kindWord(process.kind), 'ell t2')
    case 'site':
      return words(place, process?.site ?? '', 'ell t2', process?.site ?? undefined)
    case 'state':
      return <StateCell key={column} {...place} state={process?.state ?? null} />
    case 'cpu':
      return words(place, cpuText(readings.cpuPercent), numbers(readings.cpuPercent))
    case 'memory':
      return <MemoryCell key={column} {...place} {...memoryOf(row)} />
    case 'minute':
      return <SparkCell key={column} {...place} {...sparkOf(props)} />
    case 'network': {
      const rate = readings.networkBytesPerSecond
      return words(place, rate === null ? '' : dataText(rate), numbers(rate))
    }
    case 'messages': {
      const { messagesIn, messagesOut } = readings
      const text = messagesIn === null ? '' : `${countText(messagesIn)} / ${countText(messagesOut ?? 0)}`
      return words(place, text, numbers(messagesIn === null ? null : messagesIn + (messagesOut ?? 0)))
    }
    case 'p95': {
      const peer = readings.busiestPeer
      return words(
        place,
        peer === null ? '' : millisecondsText(peer.p95Ms),
        'r num',
        peer === null ? undefined : `with ${peer.peer}`,
      )
    }
    case 'restarts': {
      const { restarts } = readings
      const tone = restarts === null || restarts === 0 ? 'r num t3' : 'r num nx-warn'
      return words(place, restarts === null ? '' : String(restarts), tone)
    }
    case 'uptime':
      return words(place, process === null ? '' : uptimeText(process.uptimeMs), 'r num t2')
    case 'pid':
      return words(place, process?.pid == null ? '' : String(process.pid), 'r num t3')
    case 'priority':
      return words(place, process?.priority == null ? '' : priorityWord(process.priority), 't2')
    case 'end':
      return (
        <EndCell
          key={column}
          {...place}
          id={item.id}
          name={item.name}
          canEnd={process?.actions.includes('end') === true}
          hands={hands}
        />
      )
  }
}

function placeOf({ column, index, focused }: Place): Place {
  return { column, index, focused }
}

const TextCell = memo(GridCell)

function words(place: Place, text: string, className: string, title?: string): ReactNode {
  return (
    <TextCell key={place.column} {...place} className={className} title={title}>
      {text}
    </TextCell>
  )
}

/** What is nothing is pale. */
function numbers(value: number | null): string {
  return value === 0 || value === null ? 'r num t3' : 'r num'
}

const NameCell = memo(function NameCell(
  props: Place & {
    id: string
    name: string
    detail: string
    kind: ProcessRow['kind'] | 'group'
    isExpanded: boolean | null
    alerts: readonly MessageAlert[]
    hands: RowHands
  },
) {
  return (
    <GridCell {...placeOf(props)} role="rowheader" className="nx-cellname">
      <Twisty isExpanded={props.isExpanded} name={props.name} onToggle={() => props.hands.toggle(props.id)} />
      <ProcessIcon kind={props.kind} />
      <span className="nx-name" title={props.detail}>
        {props.name} <small>{props.detail}</small>
      </span>
      <AlertMark alerts={props.alerts} />
    </GridCell>
  )
})

const StateCell = memo(function StateCell(props: Place & { state: LifecycleState | null }) {
  return <GridCell {...placeOf(props)}>{props.state !== null && <StatePill state={props.state} />}</GridCell>
})

interface MemoryProps {
  readonly text: string
  /** Of the limit, in whole percent; null where there is none, and for a sum. */
  readonly percent: number | null
  readonly isStopped: boolean
  readonly label: string
  readonly valueText: string
}

function memoryOf({ item, readings, isSum }: VisibleRow): MemoryProps {
  const limit = isSum ? null : (item.process?.memoryLimitBytes ?? null)
  const bytes = readings.memoryBytes
  return {
    text: memoryText(bytes),
    percent: limit === null || limit === 0 ? null : Math.round(((bytes ?? 0) / limit) * 100),
    isStopped: item.process !== null && isStopped(item.process.state),
    label: `Memory of ${item.name}`,
    valueText: memoryWords(bytes, limit),
  }
}

const MemoryCell = memo(function MemoryCell(props: Place & MemoryProps) {
  const share = (props.percent ?? 0) / 100
  return (
    <GridCell {...placeOf(props)} className="nx-mem">
      <span className="num r">{props.text}</span>
      {props.percent !== null && (
        <Gauge
          share={share}
          level={props.isStopped ? 'off' : gaugeLevel(share)}
          label={props.label}
          valueText={props.valueText}
        />
      )}
    </GridCell>
  )
})

const noHistory: readonly (number | null)[] = []

function historyOf({ item, isSum }: VisibleRow, history: SampleHistory): readonly (number | null)[] {
  if (!isSum) return history.get(item.id) ?? noHistory
  const ids: string[] = []
  const collect = (one: TreeItem) => {
    if (one.process !== null) ids.push(one.process.id)
    one.children.forEach(collect)
  }
  collect(item)
  return summedHistory(ids.map(id => history.get(id) ?? noHistory))
}

function sparkOf({ row, history }: CellProps): { path: string; tone: SparkTone } {
  const { process } = row.item
  const isOff = process !== null && isStopped(process.state)
  const isBusy = (row.readings.cpuPercent ?? 0) > 80
  return {
    path: sparkPath(historyOf(row, history), rowSpark),
    tone: isOff ? 'off' : isBusy ? 'warn' : undefined,
  }
}

const SparkCell = memo(function SparkCell(props: Place & { path: string; tone: SparkTone }) {
  return (
    <GridCell {...placeOf(props)}>
      <Sparkline path={props.path} size={rowSpark} tone={props.tone} />
    </GridCell>
  )
})

const EndCell = memo(function EndCell(
  props: Place & { id: string; name: string; canEnd: boolean; hands: RowHands },
) {
  return (
    <GridCell {...placeOf(props)}>
      {props.canEnd && (
        <button
          type="button"
          className="nx-grid__end"
          tabIndex={-1}
          aria-label={`End ${props.name}`}
          title={`End ${props.name} (Delete)`}
          onClick={() => props.hands.end(props.id)}
        >
          <X className="i i-s" />
        </button>
      )}
    </GridCell>
  )
})
