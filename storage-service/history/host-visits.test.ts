import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate } from '../migrations.ts'
import { openSqlite, type SqlDatabase } from '../sqlite-driver.ts'
import { History } from './history.ts'
import { HostVisitsTable } from './host-visits.ts'

const day = 86_400_000
const today = 20_000 * day
let database: SqlDatabase
let visits: HostVisitsTable

beforeEach(() => {
  database = openSqlite(':memory:')
  migrate(database)
  visits = new HostVisitsTable(database)
  const history = new History(database)
  const addresses: readonly (readonly [string, number])[] = [
    ['https://bank.example/', today - 3 * day],
    ['https://bank.example/', today - 3 * day + 5],
    ['https://www.bank.example/login', today - 2 * day],
    ['http://bank.example:8080/', today - day],
    ['https://bank.example/', today + 5],
    ['https://bank.example.evil.example/', today - 5 * day],
    ['https://evil.example/?https://bank.example/', today - 6 * day],
  ]
  for (const [index, [url, at]] of addresses.entries()) {
    history.recordVisit({ visitId: `v${index}`, url, title: '', at })
  }
})

afterEach(() => database.close())

it('counts the days on which a host was visited, under either scheme, with "www." or without', () => {
  const expected = { earlierDays: 3, firstVisitAt: today - 3 * day }
  expect(visits.of('bank.example', today)).toEqual(expected)
  expect(visits.of('www.bank.example', today)).toEqual(expected)
})

it('knows nothing of a host that was never visited, nor of one that only ends the same', () => {
  expect(visits.of('other.example', today)).toEqual({ earlierDays: 0, firstVisitAt: null })
  expect(visits.of('example', today)).toEqual({ earlierDays: 0, firstVisitAt: null })
})

it('finds the host by the index', () => {
  const plan = database
    .prepare(
      "EXPLAIN QUERY PLAN SELECT 1 FROM pages WHERE (url >= 'a' AND url < 'b') OR (url >= 'c' AND url < 'd')",
    )
    .all()
  expect(JSON.stringify(plan)).not.toContain('SCAN')
})
