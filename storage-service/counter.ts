import { integerOf } from './row.ts'
import type { SqlDatabase, SqlStatement } from './sqlite-driver.ts'

/** A number in the database that only counts up. */
export class Counter {
  readonly #name: string
  readonly #read: SqlStatement
  readonly #count: SqlStatement

  constructor(database: SqlDatabase, name: 'bookmarks' | 'lists') {
    this.#name = name
    this.#read = database.prepare('SELECT value FROM counters WHERE name = ?')
    this.#count = database.prepare(`
      INSERT INTO counters (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1
      RETURNING value`)
  }

  get value(): number {
    const row = this.#read.get(this.#name)
    return row === undefined ? 0 : integerOf(row, 'value')
  }

  next(): number {
    return integerOf(this.#count.get(this.#name) ?? {}, 'value')
  }
}
