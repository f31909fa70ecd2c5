import { bytesOrNullOf, integerOf } from '../row.ts'
import type { SqlDatabase } from '../sqlite-driver.ts'
import { dimensions, VectorIndex } from '../vectors/vector-index.ts'

/** So many rows are read before others have a turn: some milliseconds at most. */
const rowsPerTurn = 500

export interface VectorStoreOptions {
  readonly database: SqlDatabase
  /** Lets others have a turn. */
  readonly pause: () => Promise<void>
  readonly warn: (message: string) => void
}

/**
 * The vectors of one table in memory, loaded when they are first wanted, a little at a time. Changes that come while
 * they are being loaded are taken at once; loading the same row later does no harm. A stored vector of a wrong length is
 * removed from the table: the text beside it can still be found by its words.
 */
export class VectorStore {
  readonly #options: VectorStoreOptions
  readonly #table: 'readings' | 'passages'
  #index = new VectorIndex()
  #loading: Promise<void> | null = null

  constructor(table: 'readings' | 'passages', options: VectorStoreOptions) {
    this.#table = table
    this.#options = options
  }

  /** The index with everything in it. A load that failed is tried again by the next caller. */
  async loaded(): Promise<VectorIndex> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = null
      throw error
    })
    const index = this.#index
    await this.#loading
    return index === this.#index ? index : this.loaded()
  }

  /** Ignored before anything was loaded: it will be read from the table. */
  set(id: number, vector: Int8Array): void {
    if (this.#loading !== null) this.#index.set(id, vector)
  }

  delete(id: number): void {
    this.#index.delete(id)
  }

  clear(): void {
    this.#index.clear()
  }

  /** Forgets what is in memory; the next question loads it again. */
  reload(): void {
    this.#index = new VectorIndex()
    this.#loading = null
  }

  async #load(): Promise<void> {
    const index = this.#index
    const { database, pause, warn } = this.#options
    const next = database.prepare(
      `SELECT id, vector FROM ${this.#table} WHERE id > ? AND vector IS NOT NULL ORDER BY id LIMIT ${rowsPerTurn}`,
    )
    const repair = database.prepare(`UPDATE ${this.#table} SET vector = NULL WHERE id = ?`)
    let damaged = 0
    let last = -1
    for (;;) {
      const rows = next.all(last)
      for (const row of rows) {
        last = integerOf(row, 'id')
        const vector = vectorFrom(bytesOrNullOf(row, 'vector'))
        if (vector !== null) index.set(last, vector)
        else {
          damaged += 1
          repair.run(last)
        }
      }
      if (rows.length < rowsPerTurn) break
      await pause()
      // Forgotten meanwhile: whoever waits gets what is loaded anew.
      if (index !== this.#index) return
    }
    if (damaged > 0) warn(`${damaged} damaged vectors of ${this.#table} were removed`)
  }
}

/** Null for what cannot be a vector. The numbers are those of `stored`, not copied. */
export function vectorFrom(stored: Uint8Array | null): Int8Array | null {
  if (stored?.length !== dimensions) return null
  return new Int8Array(stored.buffer, stored.byteOffset, dimensions)
}
