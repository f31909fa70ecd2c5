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
  /** Does all of `work` or nothing. Within another it is a part of it that can be undone by itself. */
  transaction<Result>(work: () => Result): Result
  /** False again when SQLite has undone a transaction by itself, for example on a full disk. */
  readonly isInTransaction: boolean
  /** Begins what `commit` ends, for work that comes in several calls. */
  begin(): void
  commit(): void
  /** Undoes what was begun; does nothing when SQLite has done so itself. */
  rollBack(): void
  close(): void
}

export interface SqliteOptions {
  /** Called when SQLite meets damage in the file at any later time, beside the error that is thrown. */
  readonly onDamage?: () => void
  /** How long another process's lock is waited for. Nothing else is done meanwhile. */
  readonly busyTimeoutMs?: number
  readonly isReadOnly?: boolean
}

/** Opens or creates a database file; `:memory:` for one that is gone when closed. */
export function openSqlite(path: string, options: SqliteOptions = {}): SqlDatabase {
  const { onDamage = () => {}, busyTimeoutMs = 2_000, isReadOnly = false } = options
  return guarded(() => {
    const database = new DatabaseSync(path, {
      enableForeignKeyConstraints: true,
      timeout: busyTimeoutMs,
      readOnly: isReadOnly,
    })
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

  get isInTransaction(): boolean {
    return this.#database.isOpen && this.#database.isTransaction
  }

  transaction<Result>(work: () => Result): Result {
    return this.isInTransaction ? this.#part(work) : this.#whole(work)
  }

  begin(): void {
    // IMMEDIATE, so that another writer is met now and not in the middle.
    this.execute('BEGIN IMMEDIATE')
  }

  commit(): void {
    this.execute('COMMIT')
  }

  rollBack(): void {
    if (this.isInTransaction) this.#database.exec('ROLLBACK')
  }

  #whole<Result>(work: () => Result): Result {
    this.begin()
    try {
      const result = work()
      this.commit()
      return result
    } catch (error) {
      this.rollBack()
      throw error
    }
  }

  #part<Result>(work: () => Result): Result {
    this.execute('SAVEPOINT part')
    try {
      const result = work()
      this.execute('RELEASE part')
      return result
    } catch (error) {
      if (this.isInTransaction) this.#database.exec('ROLLBACK TO part; RELEASE part')
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
