import { execFile } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OpeningReport } from '../../contracts/storage.ts'
import { checkerOf } from '../../ipc/validation.ts'
import { History } from '../history/history.ts'
import { migrations } from '../migrations.ts'
import { SessionJournal } from '../sessions/session-journal.ts'
import { SettingsTable } from '../settings.ts'
import { openSqlite, type SqlDatabase } from '../sqlite-driver.ts'
import { sessionTab } from '../testing/session-tab.ts'
import { openDatabase } from './opening.ts'

const now = Date.UTC(2026, 10, 20, 10, 15)
const wallClock = () => now

describe('opening the database', () => {
  let folder: string
  let file: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nexus-storage-'))
    file = join(folder, 'nexus.sqlite')
  })

  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  function fill(database: SqlDatabase): void {
    const history = new History(database)
    database.execute('PRAGMA synchronous = OFF')
    for (let index = 0; index < 300; index += 1) {
      const url = `https://site${index}.example/a/rather/long/path/${index}`
      history.recordVisit({
        visitId: `v${index}`,
        url,
        title: `Title number ${index} `.repeat(5),
        at: now - index,
      })
    }
    new SettingsTable(database).save({ theme: 'dark' })
    const journal = new SessionJournal(database, () => {})
    journal.append([{ kind: 'tab', tab: sessionTab('t1') }])
  }

  /** A sound file with 300 pages and one tab. */
  function makeFile(): Buffer {
    const { database } = openDatabase(file, { wallClock })
    fill(database)
    database.close()
    return readFileSync(file)
  }

  const countPages = (database: SqlDatabase) =>
    Number(database.prepare('SELECT count(*) AS count FROM pages').get()?.count)

  it('makes a new one, with its folder, in write-ahead mode and with full flushing', () => {
    const { database, report } = openDatabase(join(folder, 'deep', 'down', 'nexus.sqlite'), { wallClock })
    const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]
    expect({
      report,
      journal: pragma('journal_mode'),
      synchronous: pragma('synchronous'),
      keys: pragma('foreign_keys'),
    }).toEqual({ report: { kind: 'created' }, journal: 'wal', synchronous: 2, keys: 1 })
    database.close()
  })

  it.skipIf(process.platform === 'win32')(
    'keeps its files from other users, also those of an earlier version',
    () => {
      makeFile()
      chmodSync(file, 0o644)
      const { database } = openDatabase(file, { wallClock })
      new History(database).recordVisit({ visitId: 'x', url: 'https://x.example/', title: '', at: now })
      const modes = readdirSync(folder).map(name => [name, statSync(join(folder, name)).mode & 0o777])
      expect(modes.toSorted()).toEqual([
        ['nexus.sqlite', 0o600],
        ['nexus.sqlite-shm', 0o600],
        ['nexus.sqlite-wal', 0o600],
      ])
      database.close()
    },
  )

  it('finds again what was stored', () => {
    makeFile()
    const { database, report } = openDatabase(file, { wallClock })
    expect({ report, pages: countPages(database), theme: new SettingsTable(database).load().theme }).toEqual({
      report: { kind: 'opened' },
      pages: 300,
      theme: 'dark',
    })
    database.close()
    expect(readdirSync(folder)).toEqual(['nexus.sqlite'])
  })

  it.each([
    ['zero bytes', () => writeFileSync(file, '')],
    ['garbage', () => writeFileSync(file, 'This is not a database. '.repeat(1_000))],
    ['a folder in its place', () => mkdirSync(file)],
  ])('keeps %s aside and starts anew, saying so', (_name, spoil) => {
    spoil()
    const before = existsSync(file) && readdirSync(folder)
    const { database, report } = openDatabase(file, { wallClock })
    expect(report).toEqual({
      kind: 'recovered',
      damagedFile: `${file}.damaged-20261120T101500Z`,
      backupAt: null,
      saved: { historyEntries: 0, tabs: 0, bookmarks: 0 },
      reason: expect.any(String),
    })
    expect(before).toEqual(['nexus.sqlite'])
    expect(existsSync(`${file}.damaged-20261120T101500Z`)).toBe(true)
    fill(database)
    expect(countPages(database)).toBe(300)
    database.close()
  })

  it('saves most of a truncated file and keeps the file as it was', () => {
    const sound = makeFile()
    const truncated = sound.subarray(0, Math.floor(sound.length * 0.9))
    writeFileSync(file, truncated)
    const { database, report } = openDatabase(file, { wallClock })
    if (report.kind !== 'recovered') throw new Error(`Expected a recovery, not ${report.kind}`)
    expect(readFileSync(report.damagedFile ?? '').equals(truncated)).toBe(true)
    expect(report.saved.historyEntries).toBeGreaterThan(50)
    expect(countPages(database)).toBe(report.saved.historyEntries)
    database.close()
    expect(openDatabase(file, { wallClock }).report).toEqual({ kind: 'opened' })
  })

  it('saves everything when only the first bytes are wrong', () => {
    const bytes = makeFile()
    bytes.fill(0, 0, 16)
    writeFileSync(file, bytes)
    const { database, report } = openDatabase(file, { wallClock })
    expect(report).toMatchObject({ kind: 'recovered', saved: { historyEntries: 300, tabs: 1 } })
    expect(new SettingsTable(database).load().theme).toBe('dark')
    expect(new History(database).search('number 42', 5, now)[0]?.url).toContain('site42.')
    database.close()
  })

  it('saves what stands on other pages when pages in the middle are overwritten', () => {
    const bytes = makeFile()
    const pageBytes = 4_096
    const middle = Math.floor(bytes.length / pageBytes / 2) * pageBytes
    bytes.fill(0xa5, middle, middle + 3 * pageBytes)
    writeFileSync(file, bytes)
    const { database, report } = openDatabase(file, { wallClock })
    if (report.kind !== 'recovered') throw new Error(`Expected a recovery, not ${report.kind}`)
    expect(report.saved.historyEntries).toBeGreaterThan(150)
    expect(report.saved.tabs).toBe(1)
    database.close()
  })

  it('survives any damage: never throws, never loses the damaged file, always ends with a sound database', () => {
    const sound = makeFile()
    const damage = fc.array(
      fc.record({ at: fc.nat(sound.length - 1), bytes: fc.uint8Array({ minLength: 1, maxLength: 200 }) }),
      { minLength: 1, maxLength: 4 },
    )
    fc.assert(
      fc.property(damage, fc.double({ min: 0.05, max: 1, noNaN: true }), (spots, kept) => {
        for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
        const bytes = Buffer.from(sound)
        for (const { at, bytes: noise } of spots) bytes.set(noise.subarray(0, bytes.length - at), at)
        const spoilt = bytes.subarray(0, Math.max(1, Math.floor(bytes.length * kept)))
        writeFileSync(file, spoilt)
        const { database, report } = openDatabase(file, { wallClock })
        try {
          expect(checkerOf(OpeningReport).check(report)).toBe(true)
          expect(Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})).toEqual(['ok'])
          new History(database).recordVisit({
            visitId: 'new',
            url: 'https://new.example/',
            title: 'New',
            at: now,
          })
          expect(new History(database).search('new', 5, now)).not.toEqual([])
          if (report.kind === 'recovered')
            expect(readFileSync(report.damagedFile ?? '').equals(spoilt)).toBe(true)
        } finally {
          database.close()
        }
      }),
      { numRuns: 15 },
    )
  }, 60_000)

  it('tells of damage that shows only later, and recovers when it is opened again', () => {
    const sound = makeFile()
    let told = 0
    const { database } = openDatabase(file, {
      wallClock,
      onDamage: () => {
        told += 1
      },
    })
    const spoilt = Buffer.from(sound)
    spoilt.fill(0xa5, 5 * 4_096)
    writeFileSync(file, spoilt)
    expect(() => {
      database.execute('PRAGMA shrink_memory')
      database.prepare('SELECT * FROM visits, pages').all()
    }).toThrow('malformed')
    expect(told).toBe(1)
    try {
      database.close()
    } finally {
      const again = openDatabase(file, { wallClock })
      expect(again.report.kind).toBe('recovered')
      again.database.close()
    }
  })

  it('gives a second damaged file of the same second a name of its own', () => {
    for (const text of ['one', 'two']) {
      writeFileSync(file, text.repeat(500))
      openDatabase(file, { wallClock }).database.close()
    }
    expect(readdirSync(folder).toSorted()).toEqual([
      'nexus.sqlite',
      'nexus.sqlite.damaged-20261120T101500Z',
      'nexus.sqlite.damaged-20261120T101500Z-2',
    ])
  })

  it('goes on in memory where it cannot make its folder', () => {
    writeFileSync(join(folder, 'in-the-way'), '')
    const { database, report } = openDatabase(join(folder, 'in-the-way', 'nexus.sqlite'), { wallClock })
    expect(report).toMatchObject({ kind: 'failed', code: 'DATABASE_UNREACHABLE' })
    fill(database)
    expect(countPages(database)).toBe(300)
    database.close()
  })

  it('leaves a file of a later Nexus untouched, and goes on in memory', () => {
    makeFile()
    {
      using database = openSqlite(file)
      database.execute(`PRAGMA user_version = ${migrations.length + 1}`)
    }
    const before = readFileSync(file)
    const { database, report } = openDatabase(file, { wallClock })
    expect(report).toMatchObject({ kind: 'failed', code: 'DATABASE_TOO_NEW' })
    expect(countPages(database)).toBe(0)
    database.close()
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it.skipIf(process.platform === 'win32')('reads but does not keep where it may not write', async () => {
    makeFile()
    chmodSync(file, 0o444)
    chmodSync(folder, 0o555)
    const script = `
      import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, 'opening.ts'))}
      const { database, report } = openDatabase(${JSON.stringify(file)}, { wallClock: () => 0 })
      const pages = database.prepare('SELECT count(*) AS count FROM pages').get()
      database.prepare("DELETE FROM pages").run()
      console.log(JSON.stringify({ kind: report.kind, code: report.code, pages: pages.count }))`
    // Root may write anywhere, so the attempt is made as somebody else.
    const asOther = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', script],
      asOther,
    )
    expect(JSON.parse(stdout)).toEqual({ kind: 'failed', code: 'DATABASE_READ_ONLY', pages: 300 })
    chmodSync(folder, 0o755)
  })
})
