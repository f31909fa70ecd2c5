import type { HostVisits } from '../../contracts/judgement.ts'
import type { SqlDatabase, SqlStatement } from '../sqlite-driver.ts'

const dayMs = 86_400_000
/** What may stand between a host and the rest of an address, each with the character after it. */
const ends = [
  ['/', '0'],
  [':', ';'],
] as const
const beginnings = ['https://', 'https://www.', 'http://', 'http://www.']

/** Says on which days hosts were visited, from what the history holds. */
export class HostVisitsTable {
  readonly #count: SqlStatement

  constructor(database: SqlDatabase) {
    // Ranges of the index over addresses: the history is not searched through.
    const ranges = beginnings.flatMap(() => ends.map(() => '(pages.url >= ? AND pages.url < ?)')).join(' OR ')
    this.#count = database.prepare(`
      SELECT count(DISTINCT visits.at / ${dayMs}) AS days, min(visits.at) AS first
      FROM pages JOIN visits ON visits.page_id = pages.id
      WHERE (${ranges}) AND visits.at < ?`)
  }

  /** `before` in milliseconds since the epoch. Days are counted in UTC. */
  of(host: string, before: number): HostVisits {
    const bare = host.replace(/^www\./, '')
    const bounds = beginnings.flatMap(beginning =>
      ends.flatMap(([end, next]) => [`${beginning}${bare}${end}`, `${beginning}${bare}${next}`]),
    )
    const row = this.#count.get(...bounds, before)
    return {
      earlierDays: Number(row?.days ?? 0),
      firstVisitAt: typeof row?.first === 'number' ? row.first : null,
    }
  }
}
