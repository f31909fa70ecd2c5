import { DownloadRecord, type storageDownloadsContract } from '../../contracts/storage-downloads.ts'
import type { Handlers } from '../../ipc/served-contract.ts'
import { parseSearchQuery } from '../history/search-query.ts'
import { jsonOf } from '../json-column.ts'
import { integerOf, textOf } from '../row.ts'
import type { ServedParts } from '../served-parts.ts'
import type { SqlDatabase, SqlRow, SqlStatement, SqlValue } from '../sqlite-driver.ts'

type DownloadState = DownloadRecord['state']

/** Of these nothing more comes. */
const ended: readonly DownloadState[] = ['completed', 'cancelled', 'failed']
const columns = 'record_json, received, changed_at'

/** Downloads as they are known after a restart. A record that cannot be read any more is as if it were not there. */
export class Downloads {
  readonly #database: SqlDatabase
  readonly #save: SqlStatement
  readonly #progress: SqlStatement
  readonly #get: SqlStatement
  readonly #remove: SqlStatement
  readonly #removeEnded: SqlStatement

  constructor(database: SqlDatabase) {
    this.#database = database
    this.#save = database.prepare(`
      INSERT INTO downloads (id, state, received, started_at, changed_at, record_json) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET state = excluded.state, received = excluded.received,
        started_at = excluded.started_at, changed_at = excluded.changed_at, record_json = excluded.record_json`)
    this.#progress = database.prepare('UPDATE downloads SET received = ?, changed_at = ? WHERE id = ?')
    this.#get = database.prepare(`SELECT ${columns} FROM downloads WHERE id = ?`)
    this.#remove = database.prepare('DELETE FROM downloads WHERE id = ?')
    this.#removeEnded = database.prepare(`
      DELETE FROM downloads WHERE started_at >= ? AND started_at < ?
        AND state IN (${ended.map(() => '?').join(', ')}) RETURNING id`)
  }

  save(record: DownloadRecord): void {
    const { id, state, received, startedAt, changedAt } = record
    this.#save.run(id, state, received, startedAt, changedAt, JSON.stringify(record))
  }

  saveProgress(id: string, received: number, at: number): void {
    this.#progress.run(received, at, id)
  }

  get(id: string): DownloadRecord | null {
    const row = this.#get.get(id)
    return row === undefined ? null : recordOf(row)
  }

  /** Latest start first; null for any state. */
  list(states: readonly DownloadState[] | null, query: string, limit: number): DownloadRecord[] {
    const conditions: string[] = []
    const values: SqlValue[] = []
    if (states !== null) {
      conditions.push(`state IN (${states.map(() => '?').join(', ')})`)
      values.push(...states)
    }
    for (const pattern of parseSearchQuery(query)?.patterns ?? []) {
      conditions.push(
        "(record_json ->> '$.filePath' || ' ' || (record_json ->> '$.urls[0]')) LIKE ? ESCAPE '\\'",
      )
      values.push(pattern)
    }
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
    return this.#database
      .prepare(`SELECT ${columns} FROM downloads ${where} ORDER BY started_at DESC, id LIMIT ?`)
      .all(...values, limit)
      .flatMap(row => recordOf(row) ?? [])
  }

  remove(id: string): void {
    this.#remove.run(id)
  }

  /** Of those that started from `from` to before `to`; gives their ids. */
  removeEnded(from: number, to: number): string[] {
    return this.#removeEnded.all(from, to, ...ended).map(row => textOf(row, 'id'))
  }
}

function recordOf(row: SqlRow): DownloadRecord | null {
  const record = jsonOf(DownloadRecord, row, 'record_json')
  if (record === null) return null
  return { ...record, received: integerOf(row, 'received'), changedAt: integerOf(row, 'changed_at') }
}

export function downloadHandlers({
  database,
  write,
  scrub,
}: ServedParts): Handlers<typeof storageDownloadsContract> {
  const downloads = new Downloads(database)
  return {
    save: async record => {
      await write(() => downloads.save(record))
      return {}
    },
    saveProgress: async ({ id, received, at }) => {
      await write(() => downloads.saveProgress(id, received, at))
      return {}
    },
    get: ({ id }) => downloads.get(id),
    list: ({ states, query, limit }) => downloads.list(states, query, limit),
    remove: async ({ id }) => {
      await write(() => downloads.remove(id))
      scrub()
      return {}
    },
    removeEnded: async ({ from, to }) => {
      const ids = await write(() => downloads.removeEnded(from, to))
      if (ids.length > 0) scrub()
      return { ids }
    },
  }
}
