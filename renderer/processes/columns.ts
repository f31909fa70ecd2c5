import { type GridColumn, nextColumnSorting } from './grid-column.ts'
import type { SortColumn, Sorting } from './process-tree.ts'

/** From left to right; the style sheet has a width for each. */
export const columns: readonly GridColumn<SortColumn>[] = [
  { id: 'process', title: 'Process', sort: 'name', isNumeric: false, room: 'any' },
  { id: 'state', title: 'State', sort: 'state', isNumeric: false, room: 'any' },
  { id: 'cpu', title: 'CPU %', sort: 'cpu', isNumeric: true, room: 'any' },
  { id: 'memory', title: 'Memory of limit', sort: 'memory', isNumeric: false, room: 'any' },
  { id: 'minute', title: 'Last minute', sort: null, isNumeric: false, room: 'wide' },
  { id: 'messages', title: 'Msg in/out', sort: 'messages', isNumeric: true, room: 'roomy' },
  {
    id: 'p95',
    title: 'p95 ms',
    name: '95 of 100 calls to the busiest peer took at most, in milliseconds',
    sort: 'p95',
    isNumeric: true,
    room: 'roomy',
  },
  { id: 'restarts', title: 'Restarts', sort: 'restarts', isNumeric: true, room: 'roomy' },
  { id: 'uptime', title: 'Uptime', sort: 'uptime', isNumeric: true, room: 'roomy' },
  { id: 'pid', title: 'PID', sort: 'pid', isNumeric: true, room: 'wide' },
  { id: 'end', title: 'End', sort: null, isNumeric: true, room: 'any' },
]

/** Numbers begin with the largest. */
export function nextSorting(column: SortColumn, current: Sorting): Sorting {
  return nextColumnSorting(column, current, column !== 'name' && column !== 'state' && column !== 'pid')
}
