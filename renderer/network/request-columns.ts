import type { LoggedRequest } from '../../contracts/request-log.ts'
import { type ColumnSorting, type GridColumn, nextColumnSorting } from '../processes/grid-column.ts'
import { kindText, nameOf, statusText } from './request-words.ts'

export type RequestSort = 'name' | 'status' | 'kind' | 'tab' | 'size' | 'time' | 'start'
export type RequestSorting = ColumnSorting<RequestSort> | null

export const requestColumns: readonly GridColumn<RequestSort>[] = [
  { id: 'name', title: 'Name', sort: 'name', isNumeric: false, room: 'any' },
  { id: 'status', title: 'Status', sort: 'status', isNumeric: false, room: 'any' },
  { id: 'kind', title: 'Type', sort: 'kind', isNumeric: false, room: 'any' },
  { id: 'tab', title: 'Tab', sort: 'tab', isNumeric: false, room: 'wide' },
  { id: 'size', title: 'Size', sort: 'size', isNumeric: true, room: 'any' },
  { id: 'time', title: 'Time', sort: 'time', isNumeric: true, room: 'any' },
  { id: 'start', title: 'When', name: 'When, as a bar', sort: 'start', isNumeric: false, room: 'roomy' },
]

export function nextRequestSorting(column: RequestSort, current: RequestSorting): RequestSorting {
  return nextColumnSorting(column, current, column === 'size' || column === 'time')
}

/** In the order in which they were made, or by a column; among equals in the order in which they were made. */
export function sorted(
  rows: readonly LoggedRequest[],
  sorting: RequestSorting,
  tabTitle: (tabId: string | null) => string,
): readonly LoggedRequest[] {
  if (sorting === null) return rows
  const keyed = rows.map(row => ({ row, key: keyOf(row, sorting.column, tabTitle) }))
  keyed.sort((one, other) => {
    const order =
      typeof one.key === 'number' && typeof other.key === 'number'
        ? one.key - other.key
        : String(one.key).localeCompare(String(other.key))
    return (sorting.isDescending ? -order : order) || one.row.id - other.row.id
  })
  return keyed.map(({ row }) => row)
}

function keyOf(
  row: LoggedRequest,
  column: RequestSort,
  tabTitle: (tabId: string | null) => string,
): string | number {
  switch (column) {
    case 'name':
      return nameOf(row.url).name
    case 'status':
      return statusText(row)
    case 'kind':
      return kindText(row.kind)
    case 'tab':
      return tabTitle(row.tabId)
    // what is not known comes after what is nothing
    case 'size':
      return row.bytes ?? -1
    case 'time':
      return row.totalMs ?? -1
    case 'start':
      return row.startedAt
  }
}
