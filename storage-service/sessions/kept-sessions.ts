import * as Type from 'typebox'
import { type SavedSession, SessionPart } from '../../contracts/storage-sessions.ts'
import { jsonOf } from '../json-column.ts'
import { integerOf, textOf, textOrNullOf } from '../row.ts'
import type { SqlDatabase, SqlRow, SqlStatement } from '../sqlite-driver.ts'
import type { SessionState } from './session-state.ts'

/** Sessions of runs that are over; the oldest makes room. */
const mostRuns = 10
const columns = 'id, name, at, windows, tabs'
const Parts = Type.Array(SessionPart)

/** Sessions as they once were. */
export class KeptSessions {
  readonly #save: SqlStatement
  readonly #trim: SqlStatement
  readonly #list: SqlStatement
  readonly #load: SqlStatement
  readonly #rename: SqlStatement
  readonly #forget: SqlStatement

  constructor(database: SqlDatabase) {
    this.#save = database.prepare(`
      INSERT INTO kept_sessions (id, name, at, windows, tabs, parts_json) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, at = excluded.at, windows = excluded.windows,
        tabs = excluded.tabs, parts_json = excluded.parts_json`)
    this.#trim = database.prepare(`
      DELETE FROM kept_sessions WHERE id IN (
        SELECT id FROM kept_sessions WHERE name IS NULL ORDER BY at DESC LIMIT -1 OFFSET ${mostRuns})`)
    this.#list = database.prepare(`SELECT ${columns} FROM kept_sessions ORDER BY at DESC, id LIMIT ?`)
    this.#load = database.prepare('SELECT parts_json FROM kept_sessions WHERE id = ?')
    this.#rename = database.prepare('UPDATE kept_sessions SET name = ? WHERE id = ?')
    this.#forget = database.prepare('DELETE FROM kept_sessions WHERE id = ?')
  }

  keep(state: SessionState, { id, name, at }: Pick<SavedSession, 'id' | 'name' | 'at'>): SavedSession {
    const { windows, tabs } = state
    this.#save.run(id, name, at, windows, tabs, JSON.stringify(state.parts()))
    this.#trim.run()
    return { id, name, at, windows, tabs }
  }

  /** Latest first. */
  list(limit: number): SavedSession[] {
    return this.#list.all(limit).map(savedOf)
  }

  /** Null when there is none, or it cannot be read any more. */
  load(id: string): readonly SessionPart[] | null {
    const row = this.#load.get(id)
    return row === undefined ? null : jsonOf(Parts, row, 'parts_json')
  }

  rename(id: string, name: string): void {
    this.#rename.run(name, id)
  }

  forget(id: string): void {
    this.#forget.run(id)
  }
}

function savedOf(row: SqlRow): SavedSession {
  return {
    id: textOf(row, 'id'),
    name: textOrNullOf(row, 'name'),
    at: integerOf(row, 'at'),
    windows: integerOf(row, 'windows'),
    tabs: integerOf(row, 'tabs'),
  }
}
