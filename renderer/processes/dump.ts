import type { ProcessRow, ProcessTree } from '../../contracts/processes.ts'
import { kindWord, priorityWord } from './kind-words.ts'
import { dataText } from './messages/message-readings.ts'
import { stateWord } from './process-state.ts'
import { processTree, type TreeItem } from './process-tree.ts'
import { countText, cpuText, memoryText, uptimeText } from './readings.ts'

interface DumpColumn {
  readonly heading: string
  readonly isNumber: boolean
  readonly cell: (row: ProcessRow) => string
}

const missing = '-'

const columns: readonly DumpColumn[] = [
  { heading: 'KIND', isNumber: false, cell: row => kindWord(row.kind) },
  { heading: 'STATE', isNumber: false, cell: row => stateWord(row.state) },
  { heading: 'PID', isNumber: true, cell: row => known(row.pid, String) },
  { heading: 'CPU %', isNumber: true, cell: row => known(row.cpuPercent, cpuText) },
  { heading: 'MEMORY', isNumber: true, cell: row => known(row.memoryBytes, memoryText) },
  { heading: 'LIMIT', isNumber: true, cell: row => known(row.memoryLimitBytes, memoryText) },
  { heading: 'NET/S', isNumber: true, cell: row => known(row.networkBytesPerSecond, dataText) },
  { heading: 'IN', isNumber: true, cell: row => countText(row.messagesIn) },
  { heading: 'OUT', isNumber: true, cell: row => countText(row.messagesOut) },
  { heading: 'RESTARTS', isNumber: true, cell: row => String(row.restarts) },
  { heading: 'UPTIME', isNumber: true, cell: row => known(row.uptimeMs, uptimeText) },
  { heading: 'PRIORITY', isNumber: false, cell: row => known(row.priority, priorityWord) },
]

function known<T>(value: T | null, text: (value: T) => string): string {
  return value === null ? missing : text(value)
}

/** All processes as aligned lines, children below their parents, with one line of sums at the end. */
export function treeText(tree: ProcessTree): string {
  const lines: (readonly string[])[] = [['PROCESS', ...columns.map(column => column.heading)]]
  const walk = (items: readonly TreeItem[], depth: number) => {
    for (const { process, name, detail, children } of items) {
      const title = `${'  '.repeat(depth)}${oneLine(detail === '' ? name : `${name}: ${detail}`)}`
      lines.push([title, ...(process === null ? [] : columns.map(column => column.cell(process)))])
      walk(children, depth + 1)
    }
  }
  walk(processTree(tree.rows), 0)
  return `${aligned(lines)}\n\n${sumsOf(tree)}\n`
}

/** The same as `nexus ps --json`: the whole sample. */
export function treeJson(tree: ProcessTree): string {
  return `${JSON.stringify(tree, null, 2)}\n`
}

/** One row with a reading a line, to be pasted somewhere. */
export function rowText(item: TreeItem): string {
  const { process } = item
  const title = oneLine(item.detail === '' ? item.name : `${item.name}: ${item.detail}`)
  if (process === null) {
    const { cpuPercent, memoryBytes } = item.total
    return `${title}\nCPU % ${known(cpuPercent, cpuText)}\nMEMORY ${known(memoryBytes, memoryText)}\n`
  }
  const readings = columns.map(column => `${column.heading} ${column.cell(process)}`)
  return `${[title, ...readings].join('\n')}\n`
}

/** A page says what its title is; it shall not break the table. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 80)
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = [0, ...columns.map((_, index) => index + 1)].map(index =>
    Math.max(...lines.map(line => (line[index] ?? '').length)),
  )
  return lines
    .map(line =>
      line
        .map((cell, index) =>
          columns[index - 1]?.isNumber ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function sumsOf({ rows, machine, sampledAt }: ProcessTree): string {
  const running = rows.filter(row => row.pid !== null).length
  const cpu = rows.reduce((sum, row) => sum + (row.cpuPercent ?? 0), 0)
  const memory = rows.reduce((sum, row) => sum + (row.memoryBytes ?? 0), 0)
  return [
    `${running} processes, ${cpu.toFixed(1)} % of one core, ${memoryText(memory)}`,
    `${machine.description}; ${memoryText(machine.freeMemoryBytes)} of ${memoryText(machine.memoryBytes)} free`,
    new Date(sampledAt).toISOString(),
  ].join('; ')
}
