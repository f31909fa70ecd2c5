import { expect, it } from 'vitest'
import type { CrashRecord } from '../../contracts/storage-crashes.ts'
import { type Crash, CrashKeeper } from './crash-keeper.ts'

const machine: CrashRecord['machine'] = {
  platform: 'linux',
  architecture: 'x64',
  release: '6',
  totalMemoryBytes: 2,
  freeMemoryBytes: 1,
  nexusVersion: '1',
}
const crash: Crash = {
  kind: 'page',
  name: 'page',
  reason: 'crashed',
  exitCode: 1,
  site: 'a.example',
  uptimeMs: 5,
  lastMessages: ['→ page.read'],
  at: 9,
}

function start() {
  const kept: CrashRecord[] = []
  const writes: (() => Promise<unknown>)[] = []
  let changes = 0
  const keeper = new CrashKeeper({
    storage: {
      record: async record => {
        kept.push(record)
        return {}
      },
      list: async () => kept,
      clear: async () => ({ cleared: kept.splice(0).length }),
    },
    write: write => void writes.push(write),
    machine: () => machine,
    makeId: () => 'id',
    onChanged: () => {
      changes += 1
    },
  })
  return { keeper, kept, writes, changes: () => changes }
}

it('keeps a record through the queue of writes, and tells of it only once it is kept', async () => {
  const { keeper, kept, writes, changes } = start()
  keeper.record(crash)
  expect([kept.length, changes()]).toEqual([0, 0])
  await writes[0]?.()
  expect(kept).toEqual([{ ...crash, id: 'id', machine }])
  expect([changes(), await keeper.list()]).toEqual([1, kept])
})

it('cuts what is too long, and keeps no empty site and no time before the start', async () => {
  const { keeper, kept, writes } = start()
  keeper.record({ ...crash, name: 'x'.repeat(200), reason: 'y'.repeat(300), site: '', uptimeMs: -5 })
  await writes[0]?.()
  expect(kept[0]).toMatchObject({ name: 'x'.repeat(100), reason: 'y'.repeat(200), site: null, uptimeMs: 0 })
})

it('forgets all, and tells of it', async () => {
  const { keeper, writes, changes } = start()
  keeper.record(crash)
  await writes[0]?.()
  expect(await keeper.clear()).toEqual({ cleared: 1 })
  expect([await keeper.list(), changes()]).toEqual([[], 2])
})
