import type { MessageAlert, MessageTraffic, PairTraffic, PendingCall } from '../contracts/messages.ts'
import { formatBytes, formatDuration } from './amounts.ts'
import { type Column, formatTable } from './table.ts'
import { plainText } from './terminal-text.ts'

const columns: readonly Column<PairTraffic>[] = [
  { heading: 'MSG/S', isNumber: true, cell: pair => formatRate(pair.messagesPerSecond) },
  { heading: 'P50', isNumber: true, cell: pair => latencyOf(pair, pair.p50Ms) },
  { heading: 'P95', isNumber: true, cell: pair => latencyOf(pair, pair.p95Ms) },
  { heading: 'P99', isNumber: true, cell: pair => latencyOf(pair, pair.p99Ms) },
  { heading: 'QUEUE', isNumber: true, cell: pair => String(Math.round(pair.maxQueueSize)) },
  { heading: 'ERRORS', isNumber: true, cell: pair => (pair.callCount === 0 ? '-' : percent(pair.errorRate)) },
  { heading: 'DROPS', isNumber: true, cell: pair => String(pair.dropCount) },
  { heading: 'NOTE', isNumber: false, cell: noteOf },
]

/** A call is worth a line of its own once it has waited for so long. */
const patienceMs = 1_000
const maxLines = 20

/** Who talks to whom as aligned lines, the busiest first, then what is wrong, then calls that have waited for long. */
export function formatMessages(traffic: MessageTraffic, terminalColumns: number): string {
  const name = { heading: 'FROM → TO', of: directionOf }
  const waiting = traffic.pendingCalls.filter(call => call.ageMs >= patienceMs)
  return [
    formatTable(traffic.pairs, name, columns, terminalColumns),
    summaryOf(traffic),
    ...section('Alerts', traffic.alerts, alert => alertLine(alert, traffic.sampledAt)),
    ...section('Waiting calls', waiting, waitingLine),
  ]
    .join('\n')
    .concat('\n')
}

function directionOf({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${plainText(from)} → ${plainText(to)}`
}

function noteOf({ isDirect, isPaused }: PairTraffic): string {
  return [...(isDirect ? ['direct'] : []), ...(isPaused ? ['paused'] : [])].join(', ')
}

function summaryOf({ pairs, pendingCalls, windowMs }: MessageTraffic): string {
  const messages = pairs.reduce((sum, pair) => sum + pair.messagesPerSecond, 0)
  const bytes = pairs.reduce((sum, pair) => sum + pair.bytesPerSecond, 0)
  const waiting = `${pendingCalls.length} ${pendingCalls.length === 1 ? 'call waits' : 'calls wait'}`
  const legend = `(last ${Math.round(windowMs / 1_000)} s; QUEUE is the longest)`
  return `${formatRate(messages)} messages/s, ${formatBytes(bytes)}/s, ${waiting} ${legend}`
}

function section<One>(title: string, all: readonly One[], line: (one: One) => string): readonly string[] {
  if (all.length === 0) return []
  const rest = all.length > maxLines ? [`  and ${all.length - maxLines} more`] : []
  return ['', `${title}:`, ...all.slice(0, maxLines).map(one => `  ${line(one)}`), ...rest]
}

function alertLine(alert: MessageAlert, now: number): string {
  const where = [directionOf(alert), ...(alert.method === null ? [] : [plainText(alert.method)])].join(', ')
  return `${alert.level} for ${formatDuration(Math.max(0, now - alert.since))}: ${wordsOf(alert)}; ${where}`
}

function wordsOf({ rule, value, threshold }: MessageAlert): string {
  switch (rule) {
    case 'p95Latency':
      return `p95 ${formatLatency(value)}, limit ${formatLatency(threshold)}`
    case 'p99Latency':
      return `p99 ${formatLatency(value)}, limit ${formatLatency(threshold)}`
    case 'errorRate':
      return `errors ${percent(value)}, limit ${percent(threshold)}`
    case 'dropRate':
      return `drops ${percent(value)}, limit ${percent(threshold)}`
    case 'queueBacklog':
      return `queue ${Math.round(value)} messages, limit ${threshold}`
  }
}

function waitingLine(call: PendingCall): string {
  const tries = call.retryCount === 0 ? '' : `, retry ${call.retryCount}`
  const priority = call.priority === 'normal' ? '' : `, ${call.priority} priority`
  const age = `${formatLatency(call.ageMs)} of ${formatLatency(call.deadlineMs)}`
  return `${age}: ${directionOf(call)}, ${plainText(call.method)}${priority}${tries}`
}

function latencyOf({ callCount }: PairTraffic, milliseconds: number): string {
  return callCount === 0 ? '-' : formatLatency(milliseconds)
}

/** Three digits at most: `0.04 ms`, `9.50 ms`, `182 ms`, `12.3 s`. */
function formatLatency(milliseconds: number): string {
  if (milliseconds < 1_000) return `${threeDigits(milliseconds)} ms`
  return `${threeDigits(milliseconds / 1_000)} s`
}

function formatRate(perSecond: number): string {
  return perSecond > 0 && perSecond < 0.01 ? '<0.01' : threeDigits(perSecond)
}

function threeDigits(amount: number): string {
  if (amount === 0 || amount >= 99.95) return amount.toFixed(0)
  return amount.toFixed(amount < 9.995 ? 2 : 1)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
