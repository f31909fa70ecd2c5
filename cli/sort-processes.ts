import type { ReportedProcess } from './report-processes.ts'

/** What processes can be put in order by. */
export const sortKeys = [
  'task',
  'kind',
  'site',
  'state',
  'cpu',
  'memory',
  'messages',
  'p95',
  'restarts',
  'uptime',
  'pid',
  'priority',
] as const
export type SortKey = (typeof sortKeys)[number]

const priorities = ['critical', 'high', 'normal', 'low', 'background']

/** Names in their order, numbers from the highest; what is not known comes last, equals stay as they were. */
export function sortProcesses(rows: readonly ReportedProcess[], key: SortKey): ReportedProcess[] {
  return rows.toSorted((one, other) => compare(sortedBy(one, key), sortedBy(other, key)))
}

function compare(one: string | number | null, other: string | number | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  if (typeof one === 'number' && typeof other === 'number') return other - one
  return String(one).localeCompare(String(other))
}

function sortedBy(row: ReportedProcess, key: SortKey): string | number | null {
  switch (key) {
    case 'task':
      return row.name.toLowerCase()
    case 'kind':
      return row.kind
    case 'site':
      return row.site
    case 'state':
      return row.state
    case 'cpu':
      return row.cpuPercent
    case 'memory':
      return row.memoryBytes
    case 'messages':
      return row.messagesIn + row.messagesOut
    case 'p95':
      return row.p95Ms
    case 'restarts':
      return row.restarts
    case 'uptime':
      return row.uptimeMs
    case 'pid':
      return row.pid
    case 'priority':
      return row.priority === null ? null : -priorities.indexOf(row.priority)
  }
}
