import type { ReactNode } from 'react'
import { millisecondsText, rateText, totalsOf } from './messages/message-readings.ts'
import type { WatchedProcesses } from './process-watch.ts'
import { cpuText, memoryText } from './readings.ts'

/** Everything together, in the head of the page. */
export function PageTotals({ known }: { known: WatchedProcesses }) {
  const { tree, traffic } = known
  const rows = tree?.rows ?? []
  const cpu = rows.reduce((sum, row) => sum + (row.cpuPercent ?? 0), 0)
  const memory = rows.reduce((sum, row) => sum + (row.memoryBytes ?? 0), 0)
  const restarts = rows.reduce((sum, row) => sum + row.restarts, 0)
  return (
    <dl className="nx-stats" title={tree?.machine.description}>
      <Total name="Processes" value={rows.filter(row => row.pid !== null).length} />
      <Total name="CPU" value={cpuText(cpu)} unit="%" />
      <Total
        name="Memory"
        value={memoryText(memory)}
        unit={tree === null ? '' : `of ${memoryText(tree.machine.memoryBytes)}`}
      />
      <Total
        name="Messages"
        value={traffic === null ? '—' : rateText(totalsOf(traffic.pairs).messagesPerSecond)}
        unit="/s"
      />
      <Total name="p95" hint="Mean of all pairs, by their calls" value={p95Text(known)} unit="ms" />
      <Total name="Restarts" value={restarts} />
    </dl>
  )
}

function p95Text({ traffic }: WatchedProcesses): string {
  const calls = traffic?.pairs.reduce((sum, pair) => sum + pair.callCount, 0) ?? 0
  if (traffic === null || calls === 0) return '—'
  return millisecondsText(traffic.pairs.reduce((sum, pair) => sum + pair.p95Ms * pair.callCount, 0) / calls)
}

function Total(props: { name: string; value: ReactNode; unit?: string; hint?: string }) {
  return (
    <div className="nx-stat" title={props.hint}>
      <dt>{props.name}</dt>
      <dd>
        {props.value} {props.unit !== undefined && <small>{props.unit}</small>}
      </dd>
    </div>
  )
}
