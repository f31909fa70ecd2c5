import type { SiteUsage } from '../../contracts/storage-care.ts'
import { integerOf, textOf } from '../row.ts'
import type { SqlDatabase, SqlValue } from '../sqlite-driver.ts'
import { hostOf } from './host-of.ts'

type Counted = Omit<SiteUsage, 'site' | 'totalBytes'>

const nothing: Counted = {
  pages: 0,
  visits: 0,
  readings: 0,
  historyBytes: 0,
  readingBytes: 0,
  lookBytes: 0,
  recordBytes: 0,
}
/** What a row takes besides its texts: its number, its times, its places in the indexes. */
const rowBytes = 60
/** The index of words takes about as much again as the texts. */
const indexFactor = 2

/** One query that gives, by site or address, what it adds to the count. */
interface Source {
  readonly sql: string
  readonly columns: readonly (keyof Counted)[]
}

const sources: readonly Source[] = [
  {
    sql: `SELECT url AS place, 1 AS pages, visits, ${indexFactor} * (length(url) + length(title)) + ${rowBytes} * (1 + visits)
      AS historyBytes FROM pages`,
    columns: ['pages', 'visits', 'historyBytes'],
  },
  {
    sql: `SELECT url AS place, 1 AS readings, length(url) + length(title) + ${rowBytes} + coalesce((
      SELECT sum(${indexFactor} * length(text) + coalesce(length(vector), 0) + ${rowBytes})
      FROM passages WHERE reading_id = readings.id), 0) AS readingBytes FROM readings`,
    columns: ['readings', 'readingBytes'],
  },
  {
    sql: `SELECT url AS place, length(url) + length(analysis_json) + ${rowBytes} AS readingBytes FROM analyses`,
    columns: ['readingBytes'],
  },
  {
    sql: `SELECT url AS place, length(url) + length(vector) + ${rowBytes} AS lookBytes FROM looks`,
    columns: ['lookBytes'],
  },
  {
    sql: `SELECT site AS place, length(site) + length(choices_json) + ${rowBytes} AS recordBytes FROM sites`,
    columns: ['recordBytes'],
  },
  {
    sql: `SELECT site AS place, length(site) + ${rowBytes} AS recordBytes FROM permissions`,
    columns: ['recordBytes'],
  },
  {
    sql: `SELECT host AS place, length(host) + ${rowBytes} AS recordBytes FROM hsts`,
    columns: ['recordBytes'],
  },
]

/** About how many bytes are kept of each site, by its host without "www.". */
export class Usage {
  readonly #database: SqlDatabase

  constructor(database: SqlDatabase) {
    this.#database = database
  }

  /** Most first. Looks at every row: for a page of settings, not for each keystroke. */
  all(limit: number): SiteUsage[] {
    const counted = new Map<string, Counted>()
    for (const { sql, columns } of sources) {
      const sums = columns.map(column => `sum(${column}) AS ${column}`).join(', ')
      const rows = this.#database.prepare(
        `SELECT ${hostExpression} AS host, ${sums} FROM (${sql}) GROUP BY 1`,
      )
      for (const row of rows.all()) {
        const host = hostOf(textOf(row, 'host'))
        const sum = { ...(counted.get(host) ?? nothing) }
        for (const column of columns) sum[column] += integerOf(row, column)
        counted.set(host, sum)
      }
    }
    return [...counted]
      .map(([site, sum]) => usageOf(site, sum))
      .sort((a, b) => b.totalBytes - a.totalBytes)
      .slice(0, limit)
  }

  of(site: string): SiteUsage {
    const host = hostOf(site)
    const sum = { ...nothing }
    for (const { sql, columns } of sources) {
      const sums = columns.map(column => `coalesce(sum(${column}), 0) AS ${column}`).join(', ')
      const { condition, values } = isOfHost('place', host)
      const row = this.#database.prepare(`SELECT ${sums} FROM (${sql}) WHERE ${condition}`).get(...values)
      for (const column of columns) sum[column] += integerOf(row ?? {}, column)
    }
    return usageOf(host, sum)
  }
}

/** What stands between scheme and path, cut roughly: `hostOf` does the rest, once for each. */
const hostExpression = `CASE instr(place, '://') WHEN 0 THEN place ELSE
  substr(place, 1, instr(place, '://') + 2 + iif(
    instr(substr(place, instr(place, '://') + 3), '/') = 0, length(place),
    instr(substr(place, instr(place, '://') + 3), '/') - 1)) END`

/** A condition that is true for addresses, origins and names of a host, with "www." or without. Uses the index. */
export function isOfHost(
  column: string,
  host: string,
): { readonly condition: string; readonly values: readonly SqlValue[] } {
  const names = [host, `www.${host}`]
  const bases = ['https://', 'http://'].flatMap(scheme => names.map(name => scheme + name))
  const ranges = bases.flatMap(base => [
    [`${base}/`, `${base}0`],
    [`${base}:`, `${base};`],
    [`${base}?`, `${base}@`],
    [`${base}#`, `${base}$`],
  ])
  // A host with a port, without a scheme.
  for (const name of names) ranges.push([`${name}:`, `${name};`])
  const exact = [...names, ...bases]
  return {
    condition: `(${column} IN (${exact.map(() => '?').join(', ')})
      OR ${ranges.map(() => `(${column} >= ? AND ${column} < ?)`).join(' OR ')})`,
    values: [...exact, ...ranges.flat()],
  }
}

function usageOf(site: string, sum: Counted): SiteUsage {
  const totalBytes = sum.historyBytes + sum.readingBytes + sum.lookBytes + sum.recordBytes
  return { site, ...sum, totalBytes }
}
