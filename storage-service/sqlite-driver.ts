import { DatabaseSync } from 'node:sqlite'
import { StorageError } from './storage-error.ts'

/** What SQLite takes and gives. */
export type SqlValue = string | number | Uint8Array | null

export type SqlRow = Readonly<Record<string, unknown>>

/** One prepared statement. */
export interface SqlStatement {
  run(...values: readonly SqlValue[]): { readonly changes: number }
  get(...values: readonly SqlValue[]): SqlRow | undefined
  all(...values: readonly SqlValue[]): readonly SqlRow[]
}

/**
 * The little of a SQLite library that this service uses; node:sqlite fits it, and better-sqlite3 would. Everything may
 * throw a `StorageError`.
 */
export interface SqlDatabase extends Disposable {
  /** Runs statements that give nothing back. */
  execute(sql: string): void
  prepare(sql: string): SqlStatement
  /** Does all of `work` or nothing. May not be nested. */
  transaction<Result>(work: () => Result): Result
  close(): void
}

/**
 * Opens or creates a database file; `:memory:` for one that is gone when closed. `onDamage` is called when SQLite meets
 * damage in the file at any later time, beside the error that is thrown.
 */
export function openSqlite(path: string, onDamage: () => void = () => {}): SqlDatabase {
  const busyTimeoutMs = 5_000
  return guarded(() => {
    const database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: busyTimeoutMs })
    return new NodeSqliteDatabase(database, onDamage)
  })
}

class NodeSqliteDatabase implements SqlDatabase {
  readonly #database: DatabaseSync
  readonly #onDamage: () => void

  constructor(database: DatabaseSync, onDamage: () => void) {
    this.#database = database
    this.#onDamage = onDamage
  }

  execute(sql: string): void {
    this.#guarded(() => this.#database.exec(sql))
  }

  prepare(sql: string): SqlStatement {
    const statement = this.#guarded(() => this.#database.prepare(sql))
    return {
      run: (...values) => this.#guarded(() => ({ changes: Number(statement.run(...values).changes) })),
      get: (...values) => this.#guarded(() => statement.get(...values)),
      all: (...values) => this.#guarded(() => statement.all(...values)),
    }
  }

  transaction<Result>(work: () => Result): Result {
    this.execute('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.execute('COMMIT')
      return result
    } catch (error) {
      // SQLite may have rolled back by itself, for example on a full disk.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  #guarded<Result>(action: () => Result): Result {
    try {
      return guarded(action)
    } catch (error) {
      if (error instanceof StorageError && error.code === 'DATABASE_DAMAGED') this.#onDamage()
      throw error
    }
  }
}

function guarded<Result>(action: () => Result): Result {
  try {
    return action()
  } catch (error) {
    throw StorageError.of(error)
  }
}
