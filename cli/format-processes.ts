import { formatBytes, formatDuration, formatWait } from './amounts.ts'
import type { ProcessReport, ReportedProcess } from './report-processes.ts'
import { type Column, formatTable } from './table.ts'
import { plainText } from './terminal-text.ts'

/** What is not known, or is not there. */
const none = '-'

/** In the order of the panel. Where the terminal has no room for all, those of least worth are left out. */
const columns: readonly Column<Line>[] = [
  { heading: 'KIND', isNumber: false, worth: 6, cell: ({ row }) => row.kind },
  { heading: 'SITE', isNumber: false, worth: 3, cell: ({ row }) => plainText(row.site ?? '') || none },
  { heading: 'STATE', isNumber: false, worth: 9, cell: ({ row }) => row.state },
  {
    heading: 'CPU',
    isNumber: true,
    worth: 10,
    cell: ({ row }) => (row.cpuPercent === null ? none : `${row.cpuPercent.toFixed(1)} %`),
  },
  { heading: 'MEMORY', isNumber: true, worth: 11, cell: ({ row }) => bytesOrNone(row.memoryBytes) },
  { heading: 'OF', isNumber: true, worth: 5, cell: ({ row }) => bytesOrNone(row.memoryLimitBytes) },
  {
    heading: 'NET/s',
    isNumber: true,
    worth: 2,
    cell: ({ row }) => bytesOrNone(row.networkBytesPerSecond),
  },
  { heading: 'IN', isNumber: true, worth: 7, cell: ({ row }) => String(row.messagesIn) },
  { heading: 'OUT', isNumber: true, worth: 7, cell: ({ row }) => String(row.messagesOut) },
  {
    heading: 'P95',
    isNumber: true,
    worth: 4,
    cell: ({ row }) => (row.p95Ms === null ? none : formatWait(row.p95Ms)),
  },
  { heading: 'RESTARTS', isNumber: true, worth: 1, cell: ({ row }) => String(row.restarts) },
  {
    heading: 'UPTIME',
    isNumber: true,
    worth: 8,
    cell: ({ row }) => (row.uptimeMs === null ? none : formatDuration(row.uptimeMs)),
  },
  {
    heading: 'PID',
    isNumber: true,
    worth: 12,
    cell: ({ row }) => (row.pid === null ? none : String(row.pid)),
  },
  { heading: 'PRIORITY', isNumber: false, worth: 0, cell: ({ row }) => row.priority ?? none },
]

/**
 * The process tree as aligned lines, children under parents, or one after the other. Columns are left out and names cut
 * where the terminal is too narrow.
 */
export function formatProcesses(
  report: ProcessReport,
  shape: { readonly columns: number; readonly isFlat: boolean },
): string {
  const name = { heading: 'TASK', of: ({ row, branch }: Line) => branch + plainText(nameOf(row)) }
  const lines = shape.isFlat ? report.rows.map(row => ({ row, branch: '' })) : branches(report.rows)
  return `${formatTable(lines, name, columns, shape.columns)}\n${summaryOf(report)}\n`
}

function bytesOrNone(bytes: number | null): string {
  return bytes === null ? none : formatBytes(bytes)
}

function nameOf({ name, detail }: ReportedProcess): string {
  return detail === '' || detail === name ? name : `${name}: ${detail}`
}

function summaryOf({ rows, machine }: ProcessReport): string {
  const memory = rows.reduce((sum, row) => sum + (row.memoryBytes ?? 0), 0)
  const cpu = rows.reduce((sum, row) => sum + (row.cpuPercent ?? 0), 0)
  const processes = rows.filter(row => row.pid !== null).length
  const free = `${formatBytes(machine.freeMemoryBytes)} of ${formatBytes(machine.memoryBytes)} free`
  return `${processes} processes, ${cpu.toFixed(1)} % of one core, ${formatBytes(memory)}; this machine: ${machine.cores} cores, ${free}`
}

interface Line {
  readonly row: ReportedProcess
  readonly branch: string
}

/** Puts children under their parents. A row whose parent is missing, or is among its own children, stands on top. */
function branches(rows: readonly ReportedProcess[]): readonly Line[] {
  const known = new Set(rows.map(row => row.id))
  const childrenOf = new Map<string | null, ReportedProcess[]>()
  for (const row of rows) {
    const parent =
      row.parentId !== null && known.has(row.parentId) && row.parentId !== row.id ? row.parentId : null
    const siblings = childrenOf.get(parent)
    if (siblings === undefined) childrenOf.set(parent, [row])
    else siblings.push(row)
  }
  const lines: Line[] = []
  const placed = new Set<string>()
  const place = (row: ReportedProcess, own: string, inherited: string): void => {
    if (placed.has(row.id)) return
    placed.add(row.id)
    lines.push({ row, branch: own })
    const children = childrenOf.get(row.id) ?? []
    children.forEach((child, index) => {
      const isLast = index === children.length - 1
      place(child, `${inherited}${isLast ? '└─ ' : '├─ '}`, `${inherited}${isLast ? '   ' : '│  '}`)
    })
  }
  for (const row of childrenOf.get(null) ?? []) place(row, '', '')
  for (const row of rows) place(row, '', '')
  return lines
}
