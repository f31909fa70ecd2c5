import type { HistoryEntry } from '../../contracts/storage.ts'
import { integerOf, textOf } from '../row.ts'
import type { SqlRow } from '../sqlite-driver.ts'

/** Of an entry of the history, for `entryOf`. */
export const pageColumns =
  'pages.url AS url, pages.title AS title, pages.visits AS visits, pages.last_visit_at AS last_visit_at'

export function entryOf(row: SqlRow): HistoryEntry {
  return {
    url: textOf(row, 'url'),
    title: textOf(row, 'title'),
    visits: integerOf(row, 'visits'),
    lastVisitAt: integerOf(row, 'last_visit_at'),
  }
}
