import type { SortColumn } from './process-tree.ts'

export interface Column {
  readonly id: string
  readonly title: string
  /** Null for a column that cannot be sorted. */
  readonly sort: SortColumn | null
  readonly isNumeric: boolean
  /** Left out in narrow windows. */
  readonly isExtra: boolean
}

/** From left to right; the style sheet has a width for each. */
export const columns: readonly Column[] = [
  { id: 'process', title: 'Process', sort: 'name', isNumeric: false, isExtra: false },
  { id: 'state', title: 'State', sort: 'state', isNumeric: false, isExtra: false },
  { id: 'cpu', title: 'CPU %', sort: 'cpu', isNumeric: true, isExtra: false },
  { id: 'memory', title: 'Memory of limit', sort: 'memory', isNumeric: false, isExtra: false },
  { id: 'minute', title: 'Last minute', sort: null, isNumeric: false, isExtra: true },
  { id: 'messages', title: 'Msg in/out', sort: 'messages', isNumeric: true, isExtra: true },
  { id: 'uptime', title: 'Uptime', sort: 'uptime', isNumeric: true, isExtra: true },
  { id: 'pid', title: 'PID', sort: 'pid', isNumeric: true, isExtra: true },
  { id: 'end', title: 'End', sort: null, isNumeric: true, isExtra: false },
]

/** The next sorting after a press on a column's head: numbers begin with the largest, then back to the given order. */
export function nextSorting(
  column: SortColumn,
  current: { readonly column: SortColumn; readonly isDescending: boolean } | null,
): { readonly column: SortColumn; readonly isDescending: boolean } | null {
  const startsDescending = column !== 'name' && column !== 'state' && column !== 'pid'
  if (current?.column !== column) return { column, isDescending: startsDescending }
  return current.isDescending === startsDescending ? { column, isDescending: !startsDescending } : null
}
