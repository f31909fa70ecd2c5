import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { storageContract } from '../contracts/storage.ts'
import { storageLibraryContract } from '../contracts/storage-library.ts'
import { type SessionPart, storageSessionsContract } from '../contracts/storage-sessions.ts'
import type { Migration } from './migrations/migration.ts'
import { latestVersion, migrate, migrations, versionOf } from './migrations.ts'
import { openSqlite } from './sqlite-driver.ts'
import { writeOldProfile } from './testing/old-profiles.ts'
import { StorageWorld, storageIdentity } from './testing/storage-world.ts'

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

it.each(migrations.map(step => step.version))(
  'bring a profile of version %i up to date with all that is in it, after a copy of it was made',
  async version => {
    const folder = mkdtempSync(join(tmpdir(), 'nexus-migration-'))
    try {
      const file = join(folder, 'nexus.sqlite')
      writeOldProfile(file, version)
      using world = new StorageWorld(file)
      const storage = world.calling.client(storageContract, storageIdentity.id)
      expect(world.report).toEqual({ kind: 'opened' })
      const copies = readdirSync(folder).includes('nexus.sqlite.backups')
        ? readdirSync(`${file}.backups`).map(name => name.replace(/^\d+T\d+Z/, ''))
        : []
      expect(copies).toEqual(version === latestVersion ? [] : [`-v${version}-migration.sqlite`])
      expect(await storage.searchHistory({ query: 'light', limit: 5 })).toEqual([
        {
          url: 'https://harbour.example/',
          title: 'Harbour lights',
          visits: 3,
          lastVisitAt: 1_700_000_000_000,
        },
      ])
      expect((await storage.suggest({ typed: 'ti', limit: 5 })).map(one => one.url)).toEqual([
        'https://www.tide.example/table',
      ])
      expect((await storage.loadSettings({})).theme).toBe('dark')
      expect(await storage.loadAnalysis({ url: 'https://harbour.example/' })).toEqual({
        analysisJson: '{}',
        at: 5,
      })
      const sessions = world.calling.client(storageSessionsContract, storageIdentity.id)
      const parts: SessionPart[] = []
      for await (const part of sessions.load({})) parts.push(part)
      const tabs = parts.flatMap(part => (part.kind === 'tab' ? [part.tab] : []))
      expect(tabs.map(({ id, url, title, isActive }) => [id, url, title, isActive])).toEqual([
        ['t0', null, '', false],
        ['t1', 'https://harbour.example/', 'It\'s "the" harbour', true],
      ])
      if (version >= 4) expect(tabs.map(tab => tab.groupId)).toEqual([null, 'Sea'])
      if (version >= 2) {
        const found = await storage.searchPassages({ query: 'lighthouse', vector: null, limit: 5 })
        expect(found).toMatchObject([{ passage: { text: 'The lighthouse stands on the pier.' } }])
      }
      if (version >= 3)
        expect((await storage.lookOf({ url: 'https://harbour.example/' })).vector).toHaveLength(64)
      if (version >= 6) {
        const library = world.calling.client(storageLibraryContract, storageIdentity.id)
        expect(await library.find({ query: 'boat', tag: null, limit: 5 })).toMatchObject([{ path: ['bar'] }])
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
