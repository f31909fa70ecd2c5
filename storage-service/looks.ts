import { looksBytes, type PageLook, type SimilarLook } from '../contracts/looks.ts'
import { integerOf, textOf } from './row.ts'
import type { SqlDatabase, SqlStatement } from './sqlite-driver.ts'

/** The latest so many are kept. */
export const maxLooks = 5_000

export interface LooksQuery {
  readonly vector: Uint8Array
  readonly limit: number
  /** Pages of this host are left out. */
  readonly exceptHost: string | null
  readonly onlyPasswordPages: boolean
}

/** How pages looked, so that one can be found by its looks and a copy be told from what it copies. */
export class Looks {
  readonly #database: SqlDatabase
  readonly #save: SqlStatement
  readonly #trim: SqlStatement
  readonly #find: SqlStatement
  readonly #all: SqlStatement

  constructor(database: SqlDatabase) {
    this.#database = database
    this.#save = database.prepare(`
      INSERT INTO looks (url, host, asks_password, vector, at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (url) DO UPDATE SET asks_password = excluded.asks_password, vector = excluded.vector, at = excluded.at`)
    this.#trim = database.prepare(
      'DELETE FROM looks WHERE url IN (SELECT url FROM looks ORDER BY at DESC LIMIT -1 OFFSET ?)',
    )
    this.#find = database.prepare('SELECT vector, at FROM looks WHERE url = ?')
    this.#all = database.prepare(`
      SELECT looks.url AS url, host, asks_password, vector, coalesce(pages.title, '') AS title
      FROM looks LEFT JOIN pages ON pages.url = looks.url`)
  }

  /** A vector of another length is not kept. */
  save({ url, host, asksPassword, vector, at }: PageLook): void {
    if (vector.length !== looksBytes) return
    this.#database.transaction(() => {
      this.#save.run(url, host, asksPassword ? 1 : 0, vector, at)
      this.#trim.run(maxLooks)
    })
  }

  /** How the page at an address looked; null when that is not known. */
  find(url: string): Uint8Array | null {
    const vector = this.#find.get(url)?.vector
    return vector instanceof Uint8Array && vector.length === looksBytes ? vector : null
  }

  /** When it was last looked at, in milliseconds since the epoch; null when nothing is kept of its looks. */
  at(url: string): number | null {
    const row = this.#find.get(url)
    return row === undefined ? null : integerOf(row, 'at')
  }

  /** Most alike first: all are compared, which takes a few milliseconds for as many as are kept. */
  similar({ vector, limit, exceptHost, onlyPasswordPages }: LooksQuery): SimilarLook[] {
    if (vector.length !== looksBytes) return []
    const found: SimilarLook[] = []
    for (const row of this.#all.all()) {
      const asksPassword = integerOf(row, 'asks_password') === 1
      const host = textOf(row, 'host')
      if (host === exceptHost || (onlyPasswordPages && !asksPassword)) continue
      // A damaged vector is like nothing.
      if (!(row.vector instanceof Uint8Array) || row.vector.length !== looksBytes) continue
      const likeness = likenessOf(vector, row.vector)
      found.push({ url: textOf(row, 'url'), title: textOf(row, 'title'), host, asksPassword, likeness })
    }
    return found.sort((left, right) => right.likeness - left.likeness).slice(0, limit)
  }

  /** Forgets one address, or all when `url` is null. */
  forget(url: string | null): void {
    const values = url === null ? [] : [url]
    this.#database.prepare(`DELETE FROM looks ${url === null ? '' : 'WHERE url = ?'}`).run(...values)
  }
}

/** The bytes are signed. */
function likenessOf(left: Uint8Array, right: Uint8Array): number {
  let sum = 0
  for (let index = 0; index < looksBytes; index += 1) {
    sum += (((left[index] ?? 0) << 24) >> 24) * (((right[index] ?? 0) << 24) >> 24)
  }
  return Math.max(-1, Math.min(1, sum / (127 * 127)))
}
