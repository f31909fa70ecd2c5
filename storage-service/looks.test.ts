import { beforeEach, expect, it } from 'vitest'
import { looksBytes } from '../contracts/looks.ts'
import { History } from './history/history.ts'
import { Looks, maxLooks } from './looks.ts'
import { migrate } from './migrations.ts'
import { openSqlite, type SqlDatabase } from './sqlite-driver.ts'

let database: SqlDatabase
let looks: Looks

beforeEach(() => {
  database = openSqlite(':memory:')
  migrate(database)
  looks = new Looks(database)
})

/** Points mostly in one direction; `turn` of 0 to 1 turns it towards the next. */
function vectorOf(direction: number, turn = 0): Uint8Array {
  const vector = new Int8Array(looksBytes)
  vector[direction] = Math.round(127 * Math.cos((turn * Math.PI) / 2))
  vector[direction + 1] = -Math.round(127 * Math.sin((turn * Math.PI) / 2))
  return new Uint8Array(vector.buffer)
}

function save(url: string, vector: Uint8Array, asksPassword = false, at = 1): void {
  looks.save({ url, host: new URL(url).hostname, asksPassword, vector, at })
}

const similar = (vector: Uint8Array, exceptHost: string | null = null, onlyPasswordPages = false) =>
  looks.similar({ vector, limit: 10, exceptHost, onlyPasswordPages })

it('finds pages by their looks, most alike first, with the title that the history knows', () => {
  new History(database).recordVisit({ visitId: '1', url: 'https://bank.example/in', title: 'Sign in', at: 1 })
  save('https://bank.example/in', vectorOf(4), true)
  save('https://news.example/', vectorOf(20))
  save('https://copy.example/', vectorOf(4, 0.2), true)
  const found = similar(vectorOf(4))
  expect(found.map(({ host }) => host)).toEqual(['bank.example', 'copy.example', 'news.example'])
  expect(found[0]).toMatchObject({ title: 'Sign in', asksPassword: true, likeness: 1 })
  expect(found[1]?.likeness).toBeCloseTo(Math.cos(0.1 * Math.PI), 2)
})

it('leaves out a host, and pages that ask for no password, where that is asked', () => {
  save('https://bank.example/in', vectorOf(4), true)
  save('https://bank.example/news', vectorOf(4))
  save('https://other.example/', vectorOf(4))
  expect(similar(vectorOf(4), 'bank.example').map(({ host }) => host)).toEqual(['other.example'])
  expect(similar(vectorOf(4), null, true).map(({ url }) => url)).toEqual(['https://bank.example/in'])
})

it('keeps one look of an address, the latest', () => {
  save('https://a.example/', vectorOf(1))
  save('https://a.example/', vectorOf(9), false, 2)
  expect(looks.find('https://a.example/')).toEqual(vectorOf(9))
  expect(similar(vectorOf(9))).toHaveLength(1)
})

it('forgets one address, or all', () => {
  save('https://a.example/', vectorOf(1))
  save('https://b.example/', vectorOf(1))
  save('https://c.example/', vectorOf(1))
  looks.forget('https://a.example/')
  expect(
    similar(vectorOf(1))
      .map(({ host }) => host)
      .sort(),
  ).toEqual(['b.example', 'c.example'])
  looks.forget(null)
  expect(similar(vectorOf(1))).toEqual([])
})

it('keeps no vector of another length, and compares none that was damaged', () => {
  save('https://a.example/', new Uint8Array(3))
  expect(looks.find('https://a.example/')).toBeNull()
  save('https://b.example/', vectorOf(1))
  database.execute("UPDATE looks SET vector = x'00' WHERE url = 'https://b.example/'")
  expect([looks.find('https://b.example/'), similar(vectorOf(1))]).toEqual([null, []])
  expect(similar(new Uint8Array(1))).toEqual([])
})

it('lets the oldest go', () => {
  database.execute(`
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${maxLooks})
    INSERT INTO looks SELECT 'https://' || n || '.example/', n || '.example', 0, zeroblob(${looksBytes}), n FROM numbers`)
  save('https://new.example/', vectorOf(1), false, maxLooks + 1)
  expect([looks.find('https://1.example/'), looks.find('https://2.example/') === null]).toEqual([null, false])
})
