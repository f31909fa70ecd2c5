import type { GridColumn } from './grid-column.ts'
import type { SortColumn } from './sorting.ts'

export type ColumnId =
  | 'process'
  | 'kind'
  | 'site'
  | 'state'
  | 'cpu'
  | 'memory'
  | 'minute'
  | 'network'
  | 'messages'
  | 'p95'
  | 'restarts'
  | 'uptime'
  | 'pid'
  | 'priority'
  | 'end'

export interface ProcessColumn extends GridColumn<SortColumn> {
  readonly id: ColumnId
  readonly widthPx: number
  /**
   * Where there is no room for all, columns go in the order of this number, the lowest first. Null for one that always
   * stays, which a person cannot hide either.
   */
  readonly worth: number | null
}

/** Room that the name of a process has at least; what is over goes to it. */
const leastNamePx = 180
const gridPaddingPx = 24

const common = { isNumeric: false, room: 'any' } as const

/** From left to right. */
export const columns: readonly ProcessColumn[] = [
  { ...common, id: 'process', title: 'Process', sort: 'name', widthPx: leastNamePx, worth: null },
  { ...common, id: 'kind', title: 'Kind', sort: 'kind', widthPx: 92, worth: 2 },
  { ...common, id: 'site', title: 'Site', sort: 'site', widthPx: 140, worth: 1 },
  { ...common, id: 'state', title: 'State', sort: 'state', widthPx: 100, worth: 20 },
  { ...common, id: 'cpu', title: 'CPU %', sort: 'cpu', isNumeric: true, widthPx: 58, worth: 22 },
  { ...common, id: 'memory', title: 'Memory of limit', sort: 'memory', widthPx: 150, worth: 21 },
  { ...common, id: 'minute', title: 'Last minute', sort: null, widthPx: 98, worth: 8 },
  {
    ...common,
    id: 'network',
    title: 'Net /s',
    name: 'Network, bytes within the last second',
    sort: 'network',
    isNumeric: true,
    widthPx: 76,
    worth: 3,
  },
  {
    ...common,
    id: 'messages',
    title: 'Msg in/out',
    name: 'Messages received and sent',
    sort: 'messages',
    isNumeric: true,
    widthPx: 114,
    worth: 10,
  },
  {
    ...common,
    id: 'p95',
    title: 'p95 ms',
    name: '95 of 100 calls to the busiest peer took at most, in milliseconds',
    sort: 'p95',
    isNumeric: true,
    widthPx: 66,
    worth: 9,
  },
  {
    ...common,
    id: 'restarts',
    title: 'Restarts',
    sort: 'restarts',
    isNumeric: true,
    widthPx: 68,
    worth: 5,
  },
  { ...common, id: 'uptime', title: 'Uptime', sort: 'uptime', isNumeric: true, widthPx: 78, worth: 7 },
  { ...common, id: 'pid', title: 'PID', sort: 'pid', isNumeric: true, widthPx: 60, worth: 6 },
  { ...common, id: 'priority', title: 'Priority', sort: 'priority', widthPx: 92, worth: 4 },
  { ...common, id: 'end', title: 'End', sort: null, isNumeric: true, widthPx: 36, worth: null },
]

/** What fits of the columns that were not hidden; null for a width that is not known shows them all. */
export function columnsIn(widthPx: number | null, hiddenIds: readonly string[]): readonly ProcessColumn[] {
  let shown = columns.filter(column => column.worth === null || !hiddenIds.includes(column.id))
  if (widthPx === null) return shown
  const leastFirst = shown
    .filter(column => column.worth !== null)
    .sort((one, other) => (one.worth ?? 0) - (other.worth ?? 0))
  for (const least of leastFirst) {
    if (shown.reduce((sum, column) => sum + column.widthPx, gridPaddingPx) <= widthPx) break
    shown = shown.filter(column => column !== least)
  }
  return shown
}

/** For `grid-template-columns`. */
export function columnTracks(shown: readonly ProcessColumn[]): string {
  return shown.map(({ id, widthPx }) => (id === 'process' ? 'minmax(120px, 1fr)' : `${widthPx}px`)).join(' ')
}
