import { CrashRecord, mostCrashes, type storageCrashesContract } from '../../contracts/storage-crashes.ts'
import type { Handlers } from '../../ipc/served-contract.ts'
import { jsonOf } from '../json-column.ts'
import type { ServedParts } from '../served-parts.ts'
import type { SqlDatabase, SqlStatement } from '../sqlite-driver.ts'

/** How processes ended that should not have; the latest so many as the contract says. */
export class Crashes {
  readonly #database: SqlDatabase
  readonly #save: SqlStatement
  readonly #trim: SqlStatement
  readonly #list: SqlStatement

  constructor(database: SqlDatabase) {
    this.#database = database
    this.#save = database.prepare('INSERT OR IGNORE INTO crashes (id, at, record_json) VALUES (?, ?, ?)')
    this.#trim = database.prepare(
      'DELETE FROM crashes WHERE id IN (SELECT id FROM crashes ORDER BY at DESC, id LIMIT -1 OFFSET ?)',
    )
    this.#list = database.prepare('SELECT record_json FROM crashes ORDER BY at DESC, id LIMIT ?')
  }

  record(crash: CrashRecord): void {
    this.#save.run(crash.id, crash.at, JSON.stringify(crash))
    this.#trim.run(mostCrashes)
  }

  /** Latest first. */
  list(limit: number): CrashRecord[] {
    return this.#list.all(limit).flatMap(row => jsonOf(CrashRecord, row, 'record_json') ?? [])
  }

  /** All for null; gives how many. */
  clear(before: number | null): number {
    return this.#database.prepare('DELETE FROM crashes WHERE ?1 IS NULL OR at < ?1').run(before).changes
  }
}

export function crashHandlers({
  database,
  write,
  scrub,
}: ServedParts): Handlers<typeof storageCrashesContract> {
  const crashes = new Crashes(database)
  return {
    record: async crash => {
      await write(() => crashes.record(crash))
      return {}
    },
    list: ({ limit }) => crashes.list(limit),
    clear: async ({ before }) => {
      const cleared = await write(() => crashes.clear(before))
      if (cleared > 0) scrub()
      return { cleared }
    },
  }
}
