import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { storageContract } from '../contracts/storage.ts'
import { type StorageHealth, storageCareContract } from '../contracts/storage-care.ts'
import { isUsable } from './opening/is-usable.ts'
import { openDatabase } from './opening/opening.ts'
import { openSqlite } from './sqlite-driver.ts'
import { StorageError } from './storage-error.ts'
import { StorageWorld, storageIdentity } from './testing/storage-world.ts'

const wallClock = () => 1_700_000_000_000
const mayMount = process.platform === 'linux' && process.getuid?.() === 0 && canMount()

describe('storage that cannot write', () => {
  let folder: string
  let file: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nexus-refusal-'))
    file = join(folder, 'nexus.sqlite')
  })

  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const storageOf = (world: StorageWorld) => world.calling.client(storageContract, storageIdentity.id)
  const visit = (world: StorageWorld, name: string) =>
    storageOf(world).recordVisit({
      visitId: name,
      url: `https://${name}.example/${'x'.repeat(3_000)}`,
      title: name,
      at: 1,
    })
  function healthOf(world: StorageWorld): StorageHealth[] {
    const told: StorageHealth[] = []
    world.calling.client(storageCareContract, storageIdentity.id).on('healthChanged', one => told.push(one))
    return told
  }

  it('refuses writes with a code when there is no more room, goes on reading, and heals by itself', async () => {
    using world = new StorageWorld(file)
    const told = healthOf(world)
    await visit(world, 'first')
    world.database.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    const pages = Number(world.database.prepare('PRAGMA page_count').get()?.page_count)
    world.database.execute(`PRAGMA max_page_count = ${pages}`)
    const outcomes: unknown[] = []
    for (let count = 0; count < 30; count += 1) {
      outcomes.push(await visit(world, `more${count}`).catch((error: unknown) => error))
    }
    const refused = outcomes.filter(outcome => outcome instanceof Error)
    expect(refused.length).toBeGreaterThan(0)
    for (const error of refused) expect(error).toMatchObject({ code: 'DISK_FULL', retryable: true })
    expect(told).toMatchObject([{ kind: 'refusingWrites', code: 'DISK_FULL' }])
    const search = await storageOf(world).searchHistory({ query: '', limit: 50 })
    expect(search.map(one => one.title)).toContain('first')
    // What was refused is not there: a part of it neither.
    expect(search).toHaveLength(1 + outcomes.length - refused.length)

    world.database.execute('PRAGMA max_page_count = 1000000')
    world.clock.advance(3_000)
    await new Promise(resolve => setImmediate(resolve))
    await new Promise(resolve => setImmediate(resolve))
    expect(told.at(-1)).toEqual({ kind: 'sound' })
    await visit(world, 'again')
    expect(await storageOf(world).searchHistory({ query: 'again', limit: 5 })).toHaveLength(1)
  })

  it('waits no longer than a moment for another program, says so, and heals when that is gone', async () => {
    using world = new StorageWorld(file)
    const told = healthOf(world)
    {
      using other = openSqlite(file)
      other.begin()
      await expect(visit(world, 'meanwhile')).rejects.toMatchObject({
        code: 'DATABASE_BUSY',
        retryable: true,
      })
      expect(told).toMatchObject([{ kind: 'refusingWrites', code: 'DATABASE_BUSY' }])
      expect(await storageOf(world).searchHistory({ query: '', limit: 5 })).toEqual([])
    }
    await visit(world, 'meanwhile')
    expect(told.at(-1)).toEqual({ kind: 'sound' })
  })

  it('shows what is in a file that is locked, refuses what would be lost, and knows when it is free', async () => {
    {
      using world = new StorageWorld(file)
      await visit(world, 'first')
    }
    {
      using other = openSqlite(file)
      other.execute('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
      using world = new StorageWorld(file)
      expect(world.report).toMatchObject({
        kind: 'failed',
        code: 'DATABASE_BUSY',
        wayOut: expect.stringContaining('Close the program'),
      })
      expect(await storageOf(world).searchHistory({ query: 'first', limit: 5 })).toHaveLength(1)
      await expect(visit(world, 'second')).rejects.toMatchObject({ code: 'DATABASE_BUSY' })
      expect(isUsable(file)).toBe(false)
    }
    expect(isUsable(file)).toBe(true)
  }, 30_000)

  it('answers one write that fails alone, while the others of its turn are kept', async () => {
    using world = new StorageWorld(file)
    const broken = storageOf(world).saveAnalysis({ contentHash: 'h', url: 'u', analysisJson: '{}', at: 1 })
    world.database.execute(
      "CREATE TRIGGER refuse BEFORE INSERT ON analyses BEGIN SELECT raise(ABORT, 'no'); END",
    )
    const results = await Promise.allSettled([visit(world, 'a'), broken, visit(world, 'b')])
    expect(results.map(one => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await storageOf(world).searchHistory({ query: '', limit: 5 })).toHaveLength(2)
  })

  it.skipIf(!mayMount)('on a disk that is really full opens, refuses, reads, and writes again', async () => {
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', disk])
    try {
      const onDisk = join(disk, 'nexus.sqlite')
      {
        using world = new StorageWorld(onDisk)
        const told = healthOf(world)
        await visit(world, 'first')
        let refusal: unknown = null
        for (let count = 0; refusal === null && count < 1_000; count += 1) {
          refusal = await visit(world, `more${count}`).then(
            () => null,
            (error: unknown) => error,
          )
        }
        expect(refusal).toMatchObject({ code: 'DISK_FULL' })
        expect(told.at(-1)).toMatchObject({ kind: 'refusingWrites', code: 'DISK_FULL' })
        expect((await storageOf(world).searchHistory({ query: 'first', limit: 5 })).length).toBe(1)
      }
      fillUp(join(disk, 'filling'))
      // However little room is left, the file is not taken for damaged and not replaced.
      const before = readFileSync(onDisk)
      const { database, report } = openDatabase(onDisk, { wallClock })
      expect(['opened', 'failed']).toContain(report.kind)
      expect(Number(database.prepare('SELECT count(*) AS count FROM pages').get()?.count)).toBeGreaterThan(0)
      database.close()
      expect(readFileSync(onDisk).length).toBe(before.length)

      execFileSync('mount', ['-o', 'remount,size=16m', disk])
      rmSync(join(disk, 'filling'))
      using again = new StorageWorld(onDisk)
      expect(again.report).toEqual({ kind: 'opened' })
      await visit(again, 'again')
    } finally {
      execFileSync('umount', ['-l', disk])
    }
  })

  it('serves a file without a place for it from memory, and refuses to lose what is said', async () => {
    using world = new StorageWorld(null, new StorageError('DISK_FULL', 'There is no room'))
    await expect(visit(world, 'first')).rejects.toMatchObject({ code: 'DISK_FULL' })
    const health = await world.calling.client(storageCareContract, storageIdentity.id).health({})
    expect(health).toMatchObject({ kind: 'refusingWrites', code: 'DISK_FULL' })
  })
})

function fillUp(file: string): void {
  for (const bytes of [100_000, 4_096, 512, 1]) {
    try {
      for (;;) writeFileSync(file, new Uint8Array(bytes), { flag: 'a' })
    } catch {
      // Not another piece of this size.
    }
  }
}

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'nexus-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
