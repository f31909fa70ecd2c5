import type { HistoryEntry } from '../contracts/storage.ts'
import { type Match, rankMatches } from './ranking.ts'
import { integerOf, textOf } from './row.ts'
import { parseSearchQuery, type SearchQuery } from './search-query.ts'
import type { SqlDatabase, SqlRow, SqlStatement, SqlValue } from './sqlite-driver.ts'

/** So many of the most relevant matches are weighed against recency. */
const maxCandidates = 500
const columns =
  'pages.url AS url, pages.title AS title, pages.visits AS visits, pages.last_visit_at AS last_visit_at'

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
  readonly #hasVisit: SqlStatement
  readonly #savePage: SqlStatement
  readonly #saveVisit: SqlStatement
  readonly #retitle: SqlStatement
  readonly #latest: SqlStatement
  readonly #match: SqlStatement
  readonly #one: SqlStatement
  readonly #first: SqlStatement

  constructor(database: SqlDatabase) {
    this.#database = database
    this.#hasVisit = database.prepare('SELECT 1 AS found FROM visits WHERE visit_id = ?')
    this.#savePage = database.prepare(`
      INSERT INTO pages (url, title, visits, last_visit_at) VALUES (?, ?, 1, ?)
      ON CONFLICT (url) DO UPDATE SET
        title = CASE WHEN excluded.title = '' THEN title ELSE excluded.title END,
        visits = visits + 1,
        last_visit_at = max(last_visit_at, excluded.last_visit_at)
      RETURNING id`)
    this.#saveVisit = database.prepare('INSERT INTO visits (visit_id, page_id, at) VALUES (?, ?, ?)')
    this.#retitle = database.prepare('UPDATE pages SET title = ?1 WHERE url = ?2 AND title <> ?1')
    this.#latest = database.prepare(`SELECT ${columns} FROM pages ORDER BY last_visit_at DESC LIMIT ?`)
    this.#one = database.prepare(`SELECT ${columns} FROM pages WHERE url = ?`)
    this.#first = database.prepare(`
      SELECT min(visits.at) AS at FROM visits JOIN pages ON pages.id = visits.page_id WHERE pages.url = ?`)
    this.#match = database.prepare(`
      SELECT ${columns}, matched.relevance AS relevance
      FROM (
        SELECT rowid AS id, bm25(pages_search, 1.0, 2.0) AS relevance
        FROM pages_search WHERE pages_search MATCH ? ORDER BY relevance LIMIT ${maxCandidates}
      ) AS matched
      JOIN pages ON pages.id = matched.id`)
  }

  /** Repeating it with the same `visitId` changes nothing. */
  recordVisit({ visitId, url, title, at }: Visit): void {
    this.#database.transaction(() => {
      if (this.#hasVisit.get(visitId) !== undefined) return
      const page = this.#savePage.get(url, title, at)
      if (page !== undefined) this.#saveVisit.run(visitId, integerOf(page, 'id'), at)
    })
  }

  /** An empty title, and a page that is not in the history, are ignored. */
  updateTitle(url: string, title: string): void {
    if (title !== '') this.#retitle.run(title, url)
  }

  /** Best first; the latest for blank text. `now` in milliseconds since the epoch. */
  search(text: string, limit: number, now: number): readonly HistoryEntry[] {
    const query = parseSearchQuery(text)
    if (query === null) return this.#latest.all(limit).map(entryOf)
    const matches = new Map<string, Match>()
    const rows = query.fullText === null ? [] : this.#match.all(query.fullText)
    for (const row of rows)
      matches.set(textOf(row, 'url'), { entry: entryOf(row), bm25: Number(row.relevance) })
    if (query.needsScan) {
      for (const entry of this.#scan(query)) {
        if (!matches.has(entry.url)) matches.set(entry.url, { entry, bm25: 0 })
      }
    }
    return rankMatches([...matches.values()], now).slice(0, limit)
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
    const deleted = this.#database.transaction(() => {
      const values: readonly SqlValue[] = url === null ? [] : [url]
      const where = url === null ? '' : 'WHERE url = ?'
      this.#database.prepare(`DELETE FROM analyses ${where}`).run(...values)
      return this.#database.prepare(`DELETE FROM pages ${where}`).run(...values).changes
    })
    // What was deleted must not live on in the log file.
    this.#database.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    return deleted
  }

  #scan(query: SearchQuery): readonly HistoryEntry[] {
    const condition = query.patterns.map(() => "(url || ' ' || title) LIKE ? ESCAPE '\\'").join(' AND ')
    const sql = `SELECT ${columns} FROM pages WHERE ${condition} ORDER BY last_visit_at DESC LIMIT ${maxCandidates}`
    return this.#database
      .prepare(sql)
      .all(...query.patterns)
      .map(entryOf)
  }
}

function entryOf(row: SqlRow): HistoryEntry {
  return {
    url: textOf(row, 'url'),
    title: textOf(row, 'title'),
    visits: integerOf(row, 'visits'),
    lastVisitAt: integerOf(row, 'last_visit_at'),
  }
}
