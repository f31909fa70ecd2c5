import type { DataKind } from '../../contracts/storage-care.ts'
import { rankOfVisits } from '../history/rank.ts'
import { integerOf } from '../row.ts'
import type { SessionJournal } from '../sessions/session-journal.ts'
import type { SqlDatabase, SqlValue } from '../sqlite-driver.ts'
import { hostOf } from './host-of.ts'
import { isOfHost } from './usage.ts'

/** From `from` to before `to`, in milliseconds since the epoch; of one host, or of all for null. */
export interface ClearedPart {
  readonly host: string | null
  readonly from: number
  readonly to: number
}

/** Tables of which a row goes as a whole, with the columns that say of whom and when it is. */
const tables: Readonly<
  Record<
    Exclude<DataKind, 'history' | 'closedTabs'>,
    readonly { table: string; place: string; at: string; only?: string }[]
  >
> = {
  readings: [
    { table: 'readings', place: 'url', at: 'at' },
    { table: 'analyses', place: 'url', at: 'at' },
  ],
  looks: [{ table: 'looks', place: 'url', at: 'at' }],
  permissions: [{ table: 'permissions', place: 'site', at: 'at' }],
  choices: [{ table: 'sites', place: 'site', at: 'changed_at' }],
  hsts: [{ table: 'hsts', place: 'host', at: 'seen_at' }],
  downloads: [
    {
      table: 'downloads',
      place: "(record_json ->> '$.urls[0]')",
      at: 'started_at',
      only: "state IN ('completed', 'cancelled', 'failed')",
    },
  ],
  // Those of our own processes tell nothing of where somebody was.
  crashes: [
    {
      table: 'crashes',
      place: "(record_json ->> '$.site')",
      at: 'at',
      only: "(record_json ->> '$.site') IS NOT NULL",
    },
  ],
}

/** Deletes by host and time. Every method is a step of one transaction. */
export class Clearing {
  readonly #database: SqlDatabase
  readonly #journal: SessionJournal

  constructor(database: SqlDatabase, journal: SessionJournal) {
    this.#database = database
    this.#journal = journal
  }

  /** Gives how many rows are gone. */
  clear(kinds: readonly DataKind[], part: ClearedPart): number {
    let rows = 0
    for (const kind of new Set(kinds)) {
      if (kind === 'history') rows += this.#clearHistory(part)
      else if (kind === 'closedTabs') rows += this.#clearClosedTabs(part)
      else
        for (const { table, place, at, only } of tables[kind])
          rows += this.#delete(table, place, at, part, only)
    }
    return rows
  }

  #delete(table: string, place: string, at: string, { host, from, to }: ClearedPart, only = 'true'): number {
    const { condition, values } = ofHost(place, host)
    const sql = `DELETE FROM ${table} WHERE ${at} >= ? AND ${at} < ? AND ${only} AND ${condition}`
    return this.#database.prepare(sql).run(from, to, ...values).changes
  }

  /** Visits go; a page goes with its last one, and otherwise is what the visits left make of it. */
  #clearHistory({ host, from, to }: ClearedPart): number {
    const { condition, values } = ofHost('pages.url', host)
    const database = this.#database
    const touched = database
      .prepare(`
        SELECT DISTINCT pages.id AS id FROM visits CROSS JOIN pages ON pages.id = visits.page_id
        WHERE visits.at >= ? AND visits.at < ? AND ${condition}`)
      .all(from, to, ...values)
      .map(row => integerOf(row, 'id'))
    const deleteVisits = database.prepare('DELETE FROM visits WHERE page_id = ? AND at >= ? AND at < ?')
    const visitsLeft = database.prepare('SELECT at FROM visits WHERE page_id = ?')
    const mend = database.prepare('UPDATE pages SET visits = ?, last_visit_at = ?, rank = ? WHERE id = ?')
    const deletePage = database.prepare('DELETE FROM pages WHERE id = ?')
    let rows = 0
    for (const id of touched) {
      rows += deleteVisits.run(id, from, to).changes
      const left = visitsLeft.all(id).map(row => integerOf(row, 'at'))
      if (left.length === 0) deletePage.run(id)
      else mend.run(left.length, Math.max(...left), rankOfVisits(left), id)
    }
    return rows
  }

  #clearClosedTabs({ host, from, to }: ClearedPart): number {
    return this.#journal.forgetClosed(({ tab, closedAt }) => {
      const isOfHost = host === null || (tab.url !== null && hostOf(tab.url) === host)
      return isOfHost && closedAt >= from && closedAt < to
    })
  }
}

function ofHost(
  column: string,
  host: string | null,
): { readonly condition: string; readonly values: readonly SqlValue[] } {
  return host === null ? { condition: 'true', values: [] } : isOfHost(column, host)
}
