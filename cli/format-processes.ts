import type { ProcessRow, ProcessTree } from '../contracts/processes.ts'
import { formatBytes, formatDuration } from './amounts.ts'
import { type Column, formatTable } from './table.ts'
import { plainText } from './terminal-text.ts'

const columns: readonly Column<Line>[] = [
  { heading: 'KIND', isNumber: false, cell: ({ row }) => row.kind },
  { heading: 'STATE', isNumber: false, cell: ({ row }) => row.state },
  { heading: 'PID', isNumber: true, cell: ({ row }) => (row.pid === null ? '-' : String(row.pid)) },
  {
    heading: 'CPU',
    isNumber: true,
    cell: ({ row }) => (row.cpuPercent === null ? '-' : `${row.cpuPercent.toFixed(1)} %`),
  },
  {
    heading: 'MEMORY',
    isNumber: true,
    cell: ({ row }) => (row.memoryBytes === null ? '-' : formatBytes(row.memoryBytes)),
  },
  {
    heading: 'UPTIME',
    isNumber: true,
    cell: ({ row }) => (row.uptimeMs === null ? '-' : formatDuration(row.uptimeMs)),
  },
  { heading: 'IN', isNumber: true, cell: ({ row }) => String(row.messagesIn) },
  { heading: 'OUT', isNumber: true, cell: ({ row }) => String(row.messagesOut) },
]

/** The process tree as aligned lines, children under parents. Names are cut where the terminal is too narrow. */
export function formatProcesses(tree: ProcessTree, terminalColumns: number): string {
  const name = { heading: 'PROCESS', of: ({ row, branch }: Line) => branch + plainText(nameOf(row)) }
  return `${formatTable(branches(tree.rows), name, columns, terminalColumns)}\n${summaryOf(tree)}\n`
}

function nameOf(row: ProcessRow): string {
  const name =
    row.site !== null && row.site !== '' && row.site !== row.name ? `${row.name} (${row.site})` : row.name
  const restarts = row.restarts === 0 ? '' : ` [restarted ${row.restarts}×]`
  return (row.detail === '' || row.detail === row.name ? name : `${name}: ${row.detail}`) + restarts
}

function summaryOf({ rows, machine }: ProcessTree): string {
  const memory = rows.reduce((sum, row) => sum + (row.memoryBytes ?? 0), 0)
  const cpu = rows.reduce((sum, row) => sum + (row.cpuPercent ?? 0), 0)
  const processes = rows.filter(row => row.pid !== null).length
  const free = `${formatBytes(machine.freeMemoryBytes)} of ${formatBytes(machine.memoryBytes)} free`
  return `${processes} processes, ${cpu.toFixed(1)} % of one core, ${formatBytes(memory)}; this machine: ${machine.cores} cores, ${free}`
}

interface Line {
  readonly row: ProcessRow
  readonly branch: string
}

/** Puts children under their parents. A row whose parent is missing, or is among its own children, stands on top. */
function branches(rows: readonly ProcessRow[]): readonly Line[] {
  const known = new Set(rows.map(row => row.id))
  const childrenOf = new Map<string | null, ProcessRow[]>()
  for (const row of rows) {
    const parent =
      row.parentId !== null && known.has(row.parentId) && row.parentId !== row.id ? row.parentId : null
    const siblings = childrenOf.get(parent)
    if (siblings === undefined) childrenOf.set(parent, [row])
    else siblings.push(row)
  }
  const lines: Line[] = []
  const placed = new Set<string>()
  const place = (row: ProcessRow, own: string, inherited: string): void => {
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
