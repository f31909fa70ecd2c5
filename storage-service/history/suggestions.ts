import type { HistoryEntry, Suggestion } from '../../contracts/storage.ts'
import type { SqlDatabase, SqlStatement } from '../sqlite-driver.ts'
import { bareAddress, type HotPages, holds } from './hot-pages.ts'
import { entryOf, pageColumns } from './page-rows.ts'
import { parseSearchQuery, wordMatcher } from './search-query.ts'

/** What may stand before the host as it is typed. */
const beginnings = ['https://', 'https://www.', 'http://', 'http://www.'] as const
/** With so many among the pages worth most, the others need not be asked. */
const enough = 20
/** With so many no more are looked for: the first ones are worth most. */
const plenty = 200
/** A word in more of the pages worth most than this is so common that asking all pages for it takes long. */
const common = 100
/** Of one way to look among the others. */
const mostOthers = 150
/** Beyond every character that stands in an address. */
const lastCharacter = '\u{10ffff}'
/** A host that begins so is what is typed most often; in half-lives of visits. */
const bonus = { host: 3, address: 1, title: 0 } as const

interface Found {
  readonly suggestion: Suggestion
  readonly worth: number
}

/** Pages that may be meant by what was typed so far, by how often and how lately they were visited. */
export class Suggestions {
  readonly #hot: HotPages
  readonly #byAddress: SqlStatement
  readonly #byWords: SqlStatement

  constructor(database: SqlDatabase, hot: HotPages) {
    this.#hot = hot
    const columns = `${pageColumns}, pages.rank AS rank`
    const ranges = beginnings.map(
      () => `SELECT * FROM (SELECT ${columns} FROM pages WHERE url >= ? AND url < ? LIMIT ${mostOthers})`,
    )
    this.#byAddress = database.prepare(ranges.join(' UNION ALL '))
    this.#byWords = database.prepare(`
      SELECT ${columns} FROM (
        SELECT rowid AS row FROM pages_search WHERE pages_search MATCH ? ORDER BY rowid DESC LIMIT ${mostOthers}
      ) AS matched JOIN pages ON pages.id = matched.row`)
  }

  /** Best first. */
  suggest(typed: string, limit: number): Suggestion[] {
    const query = parseSearchQuery(typed)
    if (query === null) return []
    const address = bareAddress(typed.trim())
    const { words } = query
    const hasWords = wordMatcher(words)
    const found = new Map<string, Found>()
    let byAddress = 0
    let byWords = 0
    const counts = words.map(() => 0)
    for (const page of this.#hot.all()) {
      if (page.address.startsWith(address)) {
        byAddress += 1
        keep(found, page.entry, page.rank, matchOfAddress(page.address, address))
        // Those that follow are worth less.
        if (byAddress >= plenty) break
      } else if (holds(page, words, counts) && byWords < plenty) {
        byWords += 1
        keep(found, page.entry, page.rank, 'title')
      }
    }
    if (byAddress < enough) this.#addByAddress(address, found)
    const rare = query.terms.filter((_, index) => (counts[index] ?? 0) < common)
    if (byWords < enough && rare.length > 0) {
      for (const row of this.#byWords.all(rare.join(' '))) {
        const entry = entryOf(row)
        const isMatch = rare.length === words.length || hasWords(`${entry.title}\n${entry.url}`)
        if (isMatch) keep(found, entry, Number(row.rank), 'title')
      }
    }
    return [...found.values()]
      .sort((a, b) => b.worth - a.worth)
      .slice(0, limit)
      .map(one => one.suggestion)
  }

  #addByAddress(address: string, found: Map<string, Found>): void {
    const bounds = beginnings.flatMap(start => [start + address, start + address + lastCharacter])
    for (const row of this.#byAddress.all(...bounds)) {
      const entry = entryOf(row)
      const bare = bareAddress(entry.url)
      // "http://ww" begins a range of its own.
      if (bare.startsWith(address)) keep(found, entry, Number(row.rank), matchOfAddress(bare, address))
    }
  }
}

function matchOfAddress(bare: string, typed: string): 'host' | 'address' {
  const end = bare.search(/[/?#]/)
  return typed.length <= (end === -1 ? bare.length : end) ? 'host' : 'address'
}

function keep(
  found: Map<string, Found>,
  entry: HistoryEntry,
  rank: number,
  match: Suggestion['match'],
): void {
  if (found.has(entry.url)) return
  // The beginning of a site is worth more than a page of it that was visited as often.
  const depth = Math.min(4, entry.url.split('/').filter(part => part !== '').length - 2) * 0.25
  found.set(entry.url, { suggestion: { ...entry, match }, worth: rank + bonus[match] - depth })
}
