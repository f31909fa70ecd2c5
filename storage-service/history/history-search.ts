import type { HistoryEntry } from '../../contracts/storage.ts'
import type { SqlDatabase, SqlStatement } from '../sqlite-driver.ts'
import { type HotPages, holds } from './hot-pages.ts'
import { entryOf, pageColumns } from './page-rows.ts'
import { rankMatches } from './ranking.ts'
import { parseSearchQuery, type SearchQuery, wordMatcher } from './search-query.ts'

/** A word of so large a part of the pages worth most is common: asking the whole history for it takes long. */
const commonShare = 0.01
/** Below so many nothing is common: a short history is asked as a whole. */
const leastCommon = 100
/** Matches that are weighed, the pages that were added last. */
const mostMatches = 500
/** Pages that are looked through, from those worth most, for what the index cannot find. */
const mostScanned = 10_000

/** Full-text search over addresses and titles. */
export class HistorySearch {
  readonly #database: SqlDatabase
  readonly #hot: HotPages
  readonly #latest: SqlStatement
  readonly #match: SqlStatement

  constructor(database: SqlDatabase, hot: HotPages) {
    this.#database = database
    this.#hot = hot
    this.#latest = database.prepare(`SELECT ${pageColumns} FROM pages ORDER BY last_visit_at DESC LIMIT ?`)
    this.#match = database.prepare(`
      SELECT ${pageColumns} FROM (
        SELECT rowid AS row FROM pages_search WHERE pages_search MATCH ? ORDER BY rowid DESC LIMIT ${mostMatches}
      ) AS matched JOIN pages ON pages.id = matched.row`)
  }

  /** Best first; the latest for blank text. `now` in milliseconds since the epoch. */
  search(text: string, limit: number, now: number): readonly HistoryEntry[] {
    const query = parseSearchQuery(text)
    if (query === null) return this.#latest.all(limit).map(entryOf)
    const found = new Map<string, HistoryEntry>()
    if (query.words.length > 0) this.#addByWords(query, found)
    if (query.needsScan) {
      for (const entry of this.#scan(query)) found.set(entry.url, entry)
    }
    return rankMatches([...found.values()], query.words, now).slice(0, limit)
  }

  #addByWords({ words, terms }: SearchQuery, found: Map<string, HistoryEntry>): void {
    const matches = wordMatcher(words)
    const counts = words.map(() => 0)
    for (const page of this.#hot.all()) {
      if (!holds(page, words, counts)) continue
      found.set(page.entry.url, page.entry)
      // Those that follow are worth less.
      if (found.size >= mostMatches) return
    }
    const common = Math.max(leastCommon, this.#hot.size * commonShare)
    const rare = terms.filter((_, index) => (counts[index] ?? 0) < common)
    // Of words that are all common, the pages worth most hold enough.
    if (rare.length === 0) return
    for (const row of this.#match.all(rare.join(' '))) {
      const entry = entryOf(row)
      if (rare.length === words.length || matches(`${entry.title}\n${entry.url}`)) found.set(entry.url, entry)
    }
  }

  #scan({ patterns }: SearchQuery): readonly HistoryEntry[] {
    const condition = patterns.map(() => "(url || ' ' || title) LIKE ? ESCAPE '\\'").join(' AND ')
    return this.#database
      .prepare(`
        SELECT ${pageColumns} FROM (SELECT * FROM pages ORDER BY rank DESC LIMIT ${mostScanned}) AS pages
        WHERE ${condition} LIMIT ${mostMatches}`)
      .all(...patterns)
      .map(entryOf)
  }
}
