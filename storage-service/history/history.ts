import type { HistoryEntry } from '../../contracts/storage.ts'
import { integerOf } from '../row.ts'
import type { SqlDatabase, SqlStatement, SqlValue } from '../sqlite-driver.ts'
import { HistorySearch } from './history-search.ts'
import { HotPages } from './hot-pages.ts'
import { entryOf, pageColumns } from './page-rows.ts'
import { rankAfterVisit } from './rank.ts'

export interface Visit {
  readonly visitId: string
  readonly url: string
  readonly title: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** Which pages were visited. */
export class History {
  readonly #database: SqlDatabase
  readonly #hot: HotPages
  readonly #search: HistorySearch
  readonly #hasVisit: SqlStatement
  readonly #rank: SqlStatement
  readonly #savePage: SqlStatement
  readonly #saveVisit: SqlStatement
  readonly #retitle: SqlStatement
  readonly #one: SqlStatement
  readonly #first: SqlStatement

  constructor(database: SqlDatabase, hot: HotPages = new HotPages(database, nextTurn)) {
    this.#database = database
    this.#hot = hot
    this.#search = new HistorySearch(database, hot)
    this.#hasVisit = database.prepare('SELECT 1 AS found FROM visits WHERE visit_id = ?')
    this.#rank = database.prepare('SELECT rank FROM pages WHERE url = ?')
    this.#savePage = database.prepare(`
      INSERT INTO pages (url, title, visits, last_visit_at, rank) VALUES (?, ?, 1, ?, ?)
      ON CONFLICT (url) DO UPDATE SET
        title = CASE WHEN excluded.title = '' THEN title ELSE excluded.title END,
        visits = visits + 1,
        last_visit_at = max(last_visit_at, excluded.last_visit_at),
        rank = excluded.rank
      RETURNING id, url, title, visits, last_visit_at`)
    this.#saveVisit = database.prepare('INSERT INTO visits (visit_id, page_id, at) VALUES (?, ?, ?)')
    this.#retitle = database.prepare(
      'UPDATE pages SET title = ?1 WHERE url = ?2 AND title <> ?1 RETURNING url, title, visits, last_visit_at, rank',
    )
    this.#one = database.prepare(`SELECT ${pageColumns} FROM pages WHERE url = ?`)
    this.#first = database.prepare(`
      SELECT min(visits.at) AS at FROM visits JOIN pages ON pages.id = visits.page_id WHERE pages.url = ?`)
  }

  /** Repeating it with the same `visitId` changes nothing. */
  recordVisit({ visitId, url, title, at }: Visit): void {
    this.#database.transaction(() => {
      if (this.#hasVisit.get(visitId) !== undefined) return
      const known = this.#rank.get(url)?.rank
      const rank = rankAfterVisit(typeof known === 'number' ? known : null, at)
      const page = this.#savePage.get(url, title, at, rank)
      if (page === undefined) return
      this.#saveVisit.run(visitId, integerOf(page, 'id'), at)
      this.#hot.set(entryOf(page), rank)
    })
  }

  /** An empty title, and a page that is not in the history, are ignored. */
  updateTitle(url: string, title: string): void {
    const page = title === '' ? undefined : this.#retitle.get(title, url)
    if (page !== undefined) this.#hot.set(entryOf(page), Number(page.rank))
  }

  /** Best first; the latest for blank text. `now` in milliseconds since the epoch. */
  search(text: string, limit: number, now: number): readonly HistoryEntry[] {
    return this.#search.search(text, limit, now)
  }

  /** Null when it was never visited. */
  find(url: string): HistoryEntry | null {
    const row = this.#one.get(url)
    return row === undefined ? null : entryOf(row)
  }

  /** Milliseconds since the epoch; null when it was never visited. */
  firstVisitAt(url: string): number | null {
    const at = this.#first.get(url)?.at
    return typeof at === 'number' ? at : null
  }

  /** Forgets one page, or everything when `url` is null; gives how many pages were forgotten. */
  delete(url: string | null): number {
    this.#hot.reload()
    return this.#database.transaction(() => {
      const values: readonly SqlValue[] = url === null ? [] : [url]
      const where = url === null ? '' : 'WHERE url = ?'
      this.#database.prepare(`DELETE FROM analyses ${where}`).run(...values)
      return this.#database.prepare(`DELETE FROM pages ${where}`).run(...values).changes
    })
  }
}

const nextTurn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
