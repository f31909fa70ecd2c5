import type { HistoryEntry } from '../../contracts/storage.ts'
import { integerOf } from '../row.ts'
import type { SqlDatabase, SqlStatement } from '../sqlite-driver.ts'
import { entryOf, pageColumns } from './page-rows.ts'
import { folded } from './search-query.ts'

/** The pages worth most; of a history of a million one in a hundred. */
const mostPages = 10_000
/** Read before others have a turn: two or three milliseconds. */
const rowsPerTurn = 500

/** A page as it is compared with what was typed. */
export interface HotPage {
  readonly entry: HistoryEntry
  readonly rank: number
  /** Without scheme and "www.", in small letters. */
  readonly address: string
  /** Address and title, folded as the index of words folds them. */
  readonly words: string
}

/**
 * The pages that are visited most and latest, in memory. Looking all of them through takes a millisecond or two, and says
 * how common something is in the whole history before the whole is asked: what is rare here is cheap to look up there,
 * and of what is common here there is enough. Loaded a little at a time; until then there are fewer.
 */
export class HotPages {
  /** Worth most first. */
  #pages: HotPage[] = []
  readonly #byUrl = new Map<string, HotPage>()
  readonly #pause: () => Promise<void>
  readonly #next: SqlStatement
  #loading: Promise<void> | null = null
  /** Loads that began before the pages were forgotten are not to go on. */
  #generation = 0

  constructor(database: SqlDatabase, pause: () => Promise<void>) {
    this.#pause = pause
    this.#next = database.prepare(`
      SELECT pages.id AS id, ${pageColumns}, rank FROM pages
      WHERE rank <= ?1 AND (rank < ?1 OR id < ?2) ORDER BY rank DESC, id DESC LIMIT ${rowsPerTurn}`)
  }

  get size(): number {
    return this.#pages.length
  }

  /** Those that there are by now, worth most first; loading begins with the first question. */
  all(): readonly HotPage[] {
    void this.loaded()
    return this.#pages
  }

  /** Resolves when all are there. */
  loaded(): Promise<void> {
    this.#loading ??= this.#load(this.#generation)
    return this.#loading
  }

  /** A page as it is after a visit or a new title. */
  set(entry: HistoryEntry, rank: number): void {
    if (this.#loading === null) return
    const known = this.#byUrl.get(entry.url)
    if (known !== undefined) this.#pages.splice(this.#pages.indexOf(known), 1)
    const page = hotPage(entry, rank)
    this.#pages.splice(this.#placeOf(rank), 0, page)
    this.#byUrl.set(entry.url, page)
    const least = this.#pages.length > mostPages ? this.#pages.pop() : undefined
    if (least !== undefined) this.#byUrl.delete(least.entry.url)
  }

  /** Forgets what is in memory; the next question loads again. */
  reload(): void {
    this.#generation += 1
    this.#pages = []
    this.#byUrl.clear()
    this.#loading = null
  }

  async #load(generation: number): Promise<void> {
    let last = { rank: Number.MAX_VALUE, id: Number.MAX_SAFE_INTEGER }
    for (let read = 0; read < mostPages; read += rowsPerTurn) {
      const rows = this.#next.all(last.rank, last.id)
      for (const row of rows) {
        last = { rank: Number(row.rank), id: integerOf(row, 'id') }
        const entry = entryOf(row)
        // What came in meanwhile is newer.
        if (this.#byUrl.has(entry.url)) continue
        const page = hotPage(entry, last.rank)
        this.#pages.push(page)
        this.#byUrl.set(entry.url, page)
      }
      if (rows.length < rowsPerTurn) return
      await this.#pause()
      if (generation !== this.#generation) return
    }
  }

  /** The first place whose page is worth less. */
  #placeOf(rank: number): number {
    let low = 0
    let high = this.#pages.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#pages[middle]?.rank ?? 0) > rank) low = middle + 1
      else high = middle
    }
    return low
  }
}

function hotPage(entry: HistoryEntry, rank: number): HotPage {
  const address = bareAddress(entry.url)
  return { entry, rank, address, words: folded(`${entry.title}\n${address}`) }
}

/** Without scheme and "www.", in small letters: what is compared with what is typed. */
export function bareAddress(url: string): string {
  return url.replace(/^(https?:\/\/)?(www\.)?/i, '').toLowerCase()
}

/** Whether each of these begins a word of the page; each that does is counted. */
export function holds(page: HotPage, words: readonly string[], counts: number[]): boolean {
  let held = 0
  for (const [index, word] of words.entries()) {
    if (!beginsWord(page.words, word)) continue
    held += 1
    counts[index] = (counts[index] ?? 0) + 1
  }
  return held === words.length && held > 0
}

const partOfWord = /[\p{L}\p{N}]/u

/** Both are folded. */
function beginsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !partOfWord.test(text.charAt(at - 1))) return true
  }
  return false
}
