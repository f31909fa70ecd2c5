import { expect, it } from 'vitest'
import type { Migration } from './migrations/migration.ts'
import { migrate, migrations, versionOf } from './migrations.ts'
import { openSqlite } from './sqlite-driver.ts'

const next: Migration = {
  version: migrations.length + 1,
  what: 'test',
  sql: 'ALTER TABLE pages ADD COLUMN starred INTEGER',
}

it('are numbered one after the other', () => {
  expect(migrations.map(migration => migration.version)).toEqual(migrations.map((_, index) => index + 1))
})

it('bring a new file to the latest version, and do nothing the second time', () => {
  using database = openSqlite(':memory:')
  migrate(database)
  migrate(database)
  expect(versionOf(database)).toBe(migrations.length)
})

it('keep what was there', () => {
  using database = openSqlite(':memory:')
  migrate(database)
  database.execute(
    "INSERT INTO pages (url, title, visits, last_visit_at) VALUES ('https://a.example/', 'A', 1, 1)",
  )
  migrate(database, [...migrations, next])
  expect(versionOf(database)).toBe(next.version)
  expect({ ...database.prepare('SELECT url, starred FROM pages').get() }).toEqual({
    url: 'https://a.example/',
    starred: null,
  })
})

it('happen whole or not at all', () => {
  using database = openSqlite(':memory:')
  migrate(database)
  const broken = { ...next, sql: `${next.sql}; INSERT INTO no_such_table VALUES (1)` }
  expect(() => migrate(database, [...migrations, broken])).toThrow('no such table')
  expect(versionOf(database)).toBe(migrations.length)
  expect(() => database.prepare('SELECT starred FROM pages')).toThrow('no such column')
})

it('leave a file of a later Nexus alone', () => {
  using database = openSqlite(':memory:')
  migrate(database, [...migrations, next])
  expect(() => migrate(database)).toThrow('written by a later version of Nexus')
  expect(versionOf(database)).toBe(next.version)
})
