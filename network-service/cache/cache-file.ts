import { closeSync, openSync, renameSync, rmSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

/** The name that SQLite has for a database without a file. */
const inMemory = ':memory:'

/** One stored answer. */
export interface CacheRow {
  readonly id: number
  readonly status: number
  readonly status_message: string
  readonly headers: string
  readonly vary: string | null
  readonly etag: string | null
  readonly directives: string
  readonly cached_at: number
  readonly stale_at: number
  readonly delete_at: number
  readonly used_at: number
  readonly body: Uint8Array
}

export interface CacheFileOptions {
  /** Where the file is; ":memory:" keeps nothing. */
  readonly file: string
  /** Bytes of bodies and headers; what was unused longest goes first. */
  readonly maxBytes: number
  readonly wallClock: () => number
  readonly warn: (message: string) => void
}

const schemaVersion = 1
const schema = `
  CREATE TABLE answers (
    id INTEGER PRIMARY KEY, partition TEXT NOT NULL, url TEXT NOT NULL, method TEXT NOT NULL,
    status INTEGER NOT NULL, status_message TEXT NOT NULL, headers TEXT NOT NULL, vary TEXT, etag TEXT,
    directives TEXT NOT NULL, cached_at INTEGER NOT NULL, stale_at INTEGER NOT NULL, delete_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL, size INTEGER NOT NULL, body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX answers_by_address ON answers (partition, url, method);
  CREATE INDEX answers_by_use ON answers (used_at);
  PRAGMA user_version = ${schemaVersion};`

/** Result codes of SQLite (https://www.sqlite.org/rescode.html): the file is damaged, or is none. */
const damaged = new Set([11, 26])
/** An answer is noted as used at most this often: reading should seldom write. */
const useNotedEveryMs = 60_000

/**
 * The table of a cache in one SQLite file. A cache may forget anything but must never be in the way: every fault is said
 * once and answered like an empty cache; a damaged file is set aside, and a new one begun.
 */
export class CacheFile {
  readonly #options: CacheFileOptions
  #database: DatabaseSync | null = null
  readonly #statements = new Map<string, StatementSync>()
  #bytes = 0
  #said = ''

  constructor(options: CacheFileOptions) {
    this.#options = options
    this.#open()
  }

  /** Whether nothing can be kept now. */
  get isBroken(): boolean {
    return this.#database === null
  }

  get byteCount(): number {
    return this.#bytes
  }

  get entries(): number {
    return this.#guard(() => Number(this.#get('SELECT count(*) AS total FROM answers')?.total ?? 0)) ?? 0
  }

  /** What is stored under an address, the latest first; nothing that is past its time. */
  find(partition: string, url: string, method: string): readonly CacheRow[] {
    const rows = this.#guard(() =>
      this.#prepare(
        `SELECT * FROM answers WHERE partition = ? AND url = ? AND method = ? AND delete_at > ?
         ORDER BY cached_at DESC`,
      ).all(partition, url, method, this.#options.wallClock()),
    )
    // STRICT holds the columns to these types.
    return (rows ?? []) as unknown as CacheRow[]
  }

  touch(row: CacheRow): void {
    const now = this.#options.wallClock()
    if (now - row.used_at < useNotedEveryMs) return
    this.#guard(() => this.#run('UPDATE answers SET used_at = ? WHERE id = ?', now, row.id))
  }

  /** Stores an answer in place of `replaced`, and makes room. */
  put(
    key: { readonly partition: string; readonly url: string; readonly method: string },
    row: Omit<CacheRow, 'id' | 'used_at'>,
    replaced: readonly number[],
  ): void {
    const size = row.body.byteLength + row.headers.length + key.url.length
    if (size > this.#options.maxBytes / 4) return
    this.#guard(() => {
      this.#run('BEGIN IMMEDIATE')
      try {
        let bytes = this.#bytes + size
        for (const id of replaced)
          bytes -= this.#sizeOf(this.#get('DELETE FROM answers WHERE id = ? RETURNING size', id))
        this.#run(
          `INSERT INTO answers (partition, url, method, status, status_message, headers, vary, etag, directives,
             cached_at, stale_at, delete_at, used_at, size, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...[
            key.partition,
            key.url,
            key.method,
            row.status,
            row.status_message,
            row.headers,
            row.vary,
            row.etag,
          ],
          ...[
            row.directives,
            row.cached_at,
            row.stale_at,
            row.delete_at,
            this.#options.wallClock(),
            size,
            row.body,
          ],
        )
        bytes = this.#makeRoom(bytes)
        this.#run('COMMIT')
        this.#bytes = bytes
      } catch (error) {
        if (this.#database?.isTransaction === true) this.#run('ROLLBACK')
        throw error
      }
    })
  }

  /** Forgets what is stored under an address, for every method. */
  remove(partition: string, url: string): void {
    this.#guard(() => {
      this.#run('DELETE FROM answers WHERE partition = ? AND url = ?', partition, url)
      this.#count()
    })
  }

  clear(): void {
    this.#guard(() => {
      this.#run('DELETE FROM answers')
      this.#run('VACUUM')
      this.#count()
    })
  }

  /** Gives back what of the file is held in memory. */
  shrink(): void {
    this.#guard(() => this.#run('PRAGMA shrink_memory'))
  }

  [Symbol.dispose](): void {
    this.#statements.clear()
    this.#database?.close()
    this.#database = null
  }

  #makeRoom(bytes: number): number {
    const { maxBytes, wallClock } = this.#options
    if (bytes <= maxBytes) return bytes
    let left = bytes
    for (const row of this.#prepare('DELETE FROM answers WHERE delete_at <= ? RETURNING size').all(
      wallClock(),
    )) {
      left -= this.#sizeOf(row)
    }
    // A little more than needed, so that not every answer has to make room.
    while (left > maxBytes * 0.9) {
      const row = this.#get(
        'DELETE FROM answers WHERE id = (SELECT id FROM answers ORDER BY used_at, id LIMIT 1) RETURNING size',
      )
      if (row === undefined) break
      left -= this.#sizeOf(row)
    }
    this.#run('PRAGMA incremental_vacuum')
    return left
  }

  #open(): void {
    try {
      this.#openFile()
    } catch (error) {
      if (isDamage(error)) this.#setAside()
      else this.#fail(error)
    }
  }

  #openFile(): void {
    const { file } = this.#options
    // What was fetched tells where the person was: it is for nobody else on this machine.
    if (file !== inMemory) closeSync(openSync(file, 'a', 0o600))
    const database = new DatabaseSync(file)
    this.#database = database
    database.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;')
    const check = database.prepare('PRAGMA quick_check(1)').get()
    if (check?.quick_check !== 'ok') throw Object.assign(new Error('damaged'), { errcode: 11 })
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0)
    if (version !== schemaVersion) database.exec(`DROP TABLE IF EXISTS answers; ${schema}`)
    this.#count()
  }

  /** The damaged file stays for whoever wants to look; only the last one. */
  #setAside(): void {
    const { file, warn } = this.#options
    this[Symbol.dispose]()
    warn('The cache was damaged; it was set aside, and a new one begun')
    try {
      renameSync(file, `${file}.damaged`)
      for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
      this.#openFile()
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    this[Symbol.dispose]()
    this.#say(`Nothing is cached: ${error instanceof Error ? error.message : String(error)}`)
  }

  #guard<T>(work: () => T): T | undefined {
    if (this.#database === null) return undefined
    try {
      return work()
    } catch (error) {
      if (isDamage(error)) this.#setAside()
      else this.#say(`The cache could not be used: ${error instanceof Error ? error.message : String(error)}`)
      return undefined
    }
  }

  /** A full disk would be said with every answer. */
  #say(message: string): void {
    if (message === this.#said) return
    this.#said = message
    this.#options.warn(message)
  }

  #count(): void {
    this.#bytes = Number(this.#get('SELECT coalesce(sum(size), 0) AS total FROM answers')?.total ?? 0)
  }

  #sizeOf(row: Readonly<Record<string, unknown>> | undefined): number {
    return Number(row?.size ?? 0)
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    if (this.#database === null) throw new Error('closed')
    const statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  #get(sql: string, ...values: SQLInputValue[]): Record<string, unknown> | undefined {
    return this.#prepare(sql).get(...values)
  }

  #run(sql: string, ...values: SQLInputValue[]): void {
    this.#prepare(sql).run(...values)
  }
}

function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0
  // The low byte is the kind; the rest says where.
  return damaged.has(code & 0xff)
}
