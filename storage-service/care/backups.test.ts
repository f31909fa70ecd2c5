import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { storageContract } from '../../contracts/storage.ts'
import { storageCareContract } from '../../contracts/storage-care.ts'
import { storageLibraryContract } from '../../contracts/storage-library.ts'
import { isSuspect, markSuspect } from '../opening/recovery.ts'
import { StorageWorld, storageIdentity } from '../testing/storage-world.ts'
import { copyChecked, faultsOf } from './inspection.ts'
import { threadInspector } from './inspector-thread.ts'

describe('copies of the database', () => {
  let folder: string
  let file: string
  let world: StorageWorld

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nexus-backups-'))
    file = join(folder, 'nexus.sqlite')
    world = new StorageWorld(file)
  })

  afterEach(() => {
    world[Symbol.dispose]()
    rmSync(folder, { recursive: true, force: true })
  })

  const storage = () => world.calling.client(storageContract, storageIdentity.id)
  const care = () => world.calling.client(storageCareContract, storageIdentity.id)
  const library = () => world.calling.client(storageLibraryContract, storageIdentity.id)
  const visit = (name: string, at: number) =>
    storage().recordVisit({ visitId: name, url: `https://${name}.example/`, title: name, at })
  const mark = (id: string, at: number) =>
    library().addBookmark({
      id,
      parentId: 'bar',
      position: null,
      title: id,
      url: `https://${id}.example/`,
      tags: [id],
      at,
    })
  const copies = () => (existsSync(`${file}.backups`) ? readdirSync(`${file}.backups`) : [])

  function restart(between: () => void): void {
    world[Symbol.dispose]()
    between()
    world = new StorageWorld(file)
  }

  it('are made by themselves a while after the start, then once a day where something changed', async () => {
    await visit('first', 1)
    expect(copies()).toEqual([])
    const pass = async (ms: number) => {
      world.clock.advance(ms)
      await new Promise(resolve => setImmediate(resolve))
    }
    await pass(60_000)
    expect((await care().backups({})).map(one => one.reason)).toEqual(['periodic'])
    await visit('second', 2)
    await pass(3_600_000)
    expect(copies()).toHaveLength(1)
    for (let quarter = 0; quarter < 4 * 72; quarter += 1) await pass(15 * 60_000)
    expect(copies()).toHaveLength(2)
  })

  it('are whole, checked, and nobody else may read them; only the last ones are kept', async () => {
    await visit('first', 1)
    for (let count = 0; count < 4; count += 1) {
      world.clock.advance(5_000)
      const backup = await care().backUp({})
      expect(faultsOf(backup.file)).toEqual([])
      if (process.platform !== 'win32') expect(statSync(backup.file).mode & 0o777).toBe(0o600)
    }
    expect(copies()).toHaveLength(2)
    expect((await care().backups({}))[0]).toMatchObject({ reason: 'asked', version: 10 })
  })

  it('bring back what a damaged file has lost, and what is newer comes from the file', async () => {
    await visit('old', 1)
    await mark('kept', 1)
    await care().backUp({})
    await storage().saveSettings({ theme: 'dark' })
    await mark('newer', 2)
    await visit('old', 5)
    restart(() => {
      const bytes = readFileSync(file)
      // The pages of the history's own table and its indexes; what was added later stands elsewhere.
      bytes.fill(0xa5, 4_096, 4_096 * 3)
      writeFileSync(file, bytes)
    })
    expect(world.report).toMatchObject({
      kind: 'recovered',
      backupAt: Math.floor(world.clock.wallClock() / 1_000) * 1_000,
      saved: { historyEntries: 1, bookmarks: 2 },
    })
    expect((await storage().searchHistory({ query: 'old', limit: 5 })).map(one => one.url)).toEqual([
      'https://old.example/',
    ])
    expect((await storage().loadSettings({})).theme).toBe('dark')
    expect((await library().find({ query: 'newer', tag: null, limit: 5 })).length).toBe(1)
    expect((await care().check({})).faults).toEqual([])
  })

  it('take the place of a file that is gone, and of one that is nothing but zeros', async () => {
    await visit('first', 1)
    await care().backUp({})
    restart(() => rmSync(file))
    expect(world.report).toMatchObject({ kind: 'recovered', damagedFile: null, saved: { historyEntries: 1 } })
    restart(() => writeFileSync(file, new Uint8Array(50_000)))
    expect(world.report).toMatchObject({ kind: 'recovered', saved: { historyEntries: 1 } })
    expect(world.report.kind === 'recovered' && existsSync(world.report.damagedFile ?? '')).toBe(true)
  })

  it('are passed over when they are damaged too', async () => {
    await visit('first', 1)
    const older = await care().backUp({})
    world.clock.advance(5_000)
    await visit('second', 2)
    const newer = await care().backUp({})
    restart(() => {
      const bytes = readFileSync(newer.file)
      bytes.fill(0xa5, 4_096)
      writeFileSync(newer.file, bytes)
      rmSync(file)
    })
    expect(world.report).toMatchObject({
      kind: 'recovered',
      backupAt: older.at,
      saved: { historyEntries: 1 },
    })
  })

  it('hold nothing of what was deleted: they go with it, and a new one comes soon', async () => {
    await visit('secret', 1)
    await visit('other', 1)
    await care().backUp({})
    await storage().deleteHistory({ url: 'https://secret.example/' })
    expect(copies()).toEqual([])
    const everything = () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
        .join('')
    expect(everything()).not.toContain('secret')
    world.clock.advance(30_000)
    await new Promise(resolve => setImmediate(resolve))
    expect(copies()).toHaveLength(1)
    expect(everything()).not.toContain('secret')
    expect(everything()).toContain('other')
  })

  it('find one changed letter, which SQLite by itself does not look for, and it is mended at the next start', async () => {
    await visit('harbour', 1)
    await care().backUp({})
    restart(() => {
      const text = readFileSync(file, 'latin1')
      // In the row of the page, not in the index of words or of addresses.
      const at = text.indexOf('https://harbour.example/harbour')
      expect(at).toBeGreaterThan(0)
      const bytes = readFileSync(file)
      bytes.write('x', at + 'https://harbour.example/'.length, 'latin1')
      writeFileSync(file, bytes)
    })
    expect(world.report.kind).toBe('opened')
    await expect(care().backUp({})).rejects.toMatchObject({ code: 'DATABASE_DAMAGED' })
    expect(world.damage.length).toBeGreaterThan(0)
    // What the process does when it is told.
    restart(() => markSuspect(file))
    expect(world.report).toMatchObject({ kind: 'recovered', saved: { historyEntries: 1 } })
    expect(isSuspect(file)).toBe(false)
    expect(await storage().searchHistory({ query: 'harbour', limit: 5 })).toMatchObject([
      { title: 'harbour' },
    ])
  })

  it('are made by a thread of its own', async () => {
    await visit('first', 1)
    const inspector = threadInspector(file, new URL('../main.ts', import.meta.url))
    expect(await inspector.faults()).toEqual([])
    const place = { partial: join(folder, 'copy.partial'), file: join(folder, 'copy.sqlite') }
    expect(await inspector.copy(place)).toEqual({ kind: 'sound' })
    expect(faultsOf(place.file)).toEqual([])
  })

  it('leave nothing behind when there is no place for them', () => {
    const place = { partial: join(folder, 'no', 'copy.partial'), file: join(folder, 'no', 'copy.sqlite') }
    expect(copyChecked(file, place)).toMatchObject({ kind: 'failed' })
    expect(existsSync(join(folder, 'no'))).toBe(false)
  })
})
