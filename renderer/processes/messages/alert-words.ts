import type { MessageAlert } from '../../../contracts/messages.ts'
import { countText, durationText } from '../readings.ts'
import { shareText } from './message-readings.ts'

/** "p95 182 ms, limit 100 ms". */
export function alertWords(alert: MessageAlert): string {
  const { value, threshold } = alert
  switch (alert.rule) {
    case 'p95Latency':
      return `p95 ${durationText(value)}, limit ${durationText(threshold)}`
    case 'p99Latency':
      return `p99 ${durationText(value)}, limit ${durationText(threshold)}`
    case 'errorRate':
      return `errors ${shareText(value)}, limit ${shareText(threshold)}`
    case 'dropRate':
      return `dropped ${shareText(value)}, limit ${shareText(threshold)}`
    case 'queueBacklog':
      return `${countText(Math.round(value))} messages queued, limit ${countText(Math.round(threshold))}`
  }
}

/** The gravest first, then the oldest; equals stay in one order. */
export function sortedAlerts(alerts: readonly MessageAlert[]): readonly MessageAlert[] {
  return [...alerts].sort(
    (one, other) =>
      Number(other.level === 'critical') - Number(one.level === 'critical') ||
      one.since - other.since ||
      (one.id < other.id ? -1 : 1),
  )
}

/** "2 alerts, 1 critical"; for a reader and for titles. */
export function alertCountWords(alerts: readonly MessageAlert[]): string {
  const critical = alerts.filter(alert => alert.level === 'critical').length
  const all = alerts.length === 1 ? '1 alert' : `${alerts.length} alerts`
  return critical === 0 ? all : `${all}, ${critical} critical`
}
