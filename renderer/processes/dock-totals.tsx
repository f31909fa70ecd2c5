import type { MessageTraffic } from '../../contracts/messages.ts'
import type { ProcessTree } from '../../contracts/processes.ts'
import { dataText, rateText, totalsOf } from './messages/message-readings.ts'
import { cpuText, memoryText } from './readings.ts'

export function TreeTotals({ tree }: { tree: ProcessTree }) {
  const cpu = tree.rows.reduce((sum, row) => sum + (row.cpuPercent ?? 0), 0)
  const memory = tree.rows.reduce((sum, row) => sum + (row.memoryBytes ?? 0), 0)
  return (
    <span className="nx-dock__readings" title={tree.machine.description}>
      <span className="nx-read">
        <span>CPU</span>
        {cpuText(cpu)} %
      </span>
      <i className="nx-status__tick" />
      <span className="nx-read">
        <span>mem</span>
        {memoryText(memory)} <span>/ {memoryText(tree.machine.memoryBytes)}</span>
      </span>
    </span>
  )
}

export function MessageTotals({ traffic }: { traffic: MessageTraffic }) {
  const totals = totalsOf(traffic.pairs)
  return (
    <span
      className="nx-dock__readings"
      title={`Over the last ${Math.round(traffic.windowMs / 1000)} seconds, all pairs together`}
    >
      <span className="nx-read">
        <span>msg/s</span>
        {rateText(totals.messagesPerSecond)}
      </span>
      <i className="nx-status__tick" />
      <span className="nx-read">
        <span>data/s</span>
        {dataText(totals.bytesPerSecond)}
      </span>
      <i className="nx-status__tick" />
      <span className="nx-read">
        <span>open</span>
        {totals.pendingCalls}
      </span>
    </span>
  )
}
