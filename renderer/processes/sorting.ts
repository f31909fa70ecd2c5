import type { ProcessPriority } from '../../contracts/processes.ts'
import { type ColumnSorting, nextColumnSorting } from './grid-column.ts'
import type { TreeItem } from './process-tree.ts'
import type { Readings } from './row-readings.ts'

export type SortColumn =
  | 'name'
  | 'kind'
  | 'site'
  | 'state'
  | 'cpu'
  | 'memory'
  | 'network'
  | 'messages'
  | 'p95'
  | 'restarts'
  | 'uptime'
  | 'pid'
  | 'priority'
/** Null keeps the order in which the processes began. */
export type Sorting = ColumnSorting<SortColumn> | null

/** The next sorting after a press on a column's head. Numbers begin with the largest. */
export function nextSorting(column: SortColumn, current: Sorting): Sorting {
  const isOfWords =
    column === 'name' || column === 'kind' || column === 'site' || column === 'state' || column === 'pid'
  return nextColumnSorting(column, current, !isOfWords)
}

/** The S key: memory, CPU, name, and back to the order of the tree. */
export function sortingAfter(sorting: Sorting): Sorting {
  switch (sorting?.column) {
    case undefined:
      return { column: 'memory', isDescending: true }
    case 'memory':
      return { column: 'cpu', isDescending: true }
    case 'cpu':
      return { column: 'name', isDescending: false }
    case 'name':
    case 'kind':
    case 'site':
    case 'state':
    case 'network':
    case 'messages':
    case 'p95':
    case 'restarts':
    case 'uptime':
    case 'pid':
    case 'priority':
      return null
  }
}

export interface SortableRow {
  readonly item: TreeItem
  readonly readings: Readings
}

/** By what the rows show. What is not known goes last, whichever way the column is sorted. */
export function compareRows(
  one: SortableRow,
  other: SortableRow,
  { column, isDescending }: ColumnSorting<SortColumn>,
): number {
  const direction = isDescending ? -1 : 1
  const a = sortValue(one, column)
  const b = sortValue(other, column)
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  if (typeof a === 'string' || typeof b === 'string') return compareWords(String(a), String(b)) * direction
  return (a - b) * direction
}

const { compare: compareWords } = new Intl.Collator('en')

function sortValue({ item, readings }: SortableRow, column: SortColumn): string | number | null {
  const { process } = item
  switch (column) {
    case 'name':
      return item.name
    case 'kind':
      return process?.kind ?? null
    case 'site':
      return process?.site ?? null
    case 'state':
      return process?.state ?? null
    case 'cpu':
      return readings.cpuPercent
    case 'memory':
      return readings.memoryBytes
    case 'network':
      return readings.networkBytesPerSecond
    case 'messages':
      return readings.messagesIn === null ? null : readings.messagesIn + (readings.messagesOut ?? 0)
    case 'p95':
      return readings.busiestPeer?.p95Ms ?? null
    case 'restarts':
      return readings.restarts
    case 'uptime':
      return process?.uptimeMs ?? null
    case 'pid':
      return process?.pid ?? null
    case 'priority':
      return process?.priority == null ? null : priorities.indexOf(process.priority)
  }
}

const priorities: readonly ProcessPriority[] = ['background', 'low', 'normal', 'high', 'critical']
