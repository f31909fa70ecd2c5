import { type ClosedTab, SessionChange, SessionPart } from '../../contracts/storage-sessions.ts'
import { jsonOf } from '../json-column.ts'
import { integerOf } from '../row.ts'
import type { SqlDatabase, SqlStatement } from '../sqlite-driver.ts'
import { SessionState } from './session-state.ts'

/** Changes before the journal is folded: so many are read at the next start at most. */
const changesBeforeFolding = 500

/**
 * The open session on disk: a snapshot, and a journal of what changed since. A change costs one row however much is open.
 * What cannot be read any more is passed over, so that a damaged row costs a tab and not the session.
 */
export class SessionJournal {
  readonly #warn: (message: string) => void
  readonly #append: SqlStatement
  readonly #changes: SqlStatement
  readonly #parts: SqlStatement
  readonly #emptyJournal: SqlStatement
  readonly #emptyParts: SqlStatement
  readonly #savePart: SqlStatement
  readonly #count: SqlStatement
  #state: SessionState | null = null
  #waiting = 0

  constructor(database: SqlDatabase, warn: (message: string) => void) {
    this.#warn = warn
    this.#append = database.prepare('INSERT INTO session_journal (change_json) VALUES (?)')
    this.#changes = database.prepare('SELECT change_json FROM session_journal ORDER BY sequence')
    this.#parts = database.prepare('SELECT part_json FROM session_parts ORDER BY rowid')
    this.#emptyJournal = database.prepare('DELETE FROM session_journal')
    this.#emptyParts = database.prepare('DELETE FROM session_parts')
    this.#savePart = database.prepare('INSERT INTO session_parts (kind, id, part_json) VALUES (?, ?, ?)')
    this.#count = database.prepare('SELECT count(*) AS count FROM session_journal')
  }

  get state(): SessionState {
    this.#state ??= this.#load()
    return this.#state
  }

  append(changes: readonly SessionChange[]): void {
    const { state } = this
    for (const change of changes) {
      this.#append.run(JSON.stringify(change))
      state.apply(change)
    }
    this.#waiting += changes.length
    if (this.#waiting >= changesBeforeFolding) this.fold()
  }

  /** Writes down what is open and empties the journal, also of what was closed and forgotten. */
  fold(): void {
    const parts = this.state.parts()
    this.#emptyJournal.run()
    this.#emptyParts.run()
    for (const part of parts) this.#savePart.run(part.kind, idOf(part), JSON.stringify(part))
    this.#waiting = 0
  }

  /** Gives how many; nothing of them stays in the journal. */
  forgetClosed(isForgotten: (closed: ClosedTab) => boolean): number {
    const forgotten = this.state.forgetClosed(isForgotten)
    if (forgotten > 0) this.fold()
    return forgotten
  }

  /** What is known in memory may not be on disk; it is read again. */
  reload(): void {
    this.#state = null
  }

  #load(): SessionState {
    const state = new SessionState()
    let unreadable = 0
    for (const row of this.#parts.all()) {
      const part = jsonOf(SessionPart, row, 'part_json')
      if (part === null) unreadable += 1
      else state.add(part)
    }
    for (const row of this.#changes.all()) {
      const change = jsonOf(SessionChange, row, 'change_json')
      if (change === null) unreadable += 1
      else state.apply(change)
    }
    if (unreadable > 0) this.#warn(`${unreadable} parts of the open session could not be read`)
    this.#waiting = integerOf(this.#count.get() ?? {}, 'count')
    return state
  }
}

function idOf(part: SessionPart): string {
  switch (part.kind) {
    case 'window':
      return part.window.id
    case 'group':
      return part.group.id
    case 'tab':
      return part.tab.id
    case 'closed':
      return part.closed.tab.id
  }
}
