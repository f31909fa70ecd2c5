import { afterEach, beforeEach, expect, it } from 'vitest'
import { type CrashRecord, mostCrashes, storageCrashesContract } from '../../contracts/storage-crashes.ts'
import { type DownloadRecord, storageDownloadsContract } from '../../contracts/storage-downloads.ts'
import { type SharedItem, storageListsContract } from '../../contracts/storage-lists.ts'
import { StorageWorld, storageIdentity } from '../testing/storage-world.ts'

let world: StorageWorld

beforeEach(() => {
  world = new StorageWorld()
})

afterEach(() => world[Symbol.dispose]())

const downloads = () => world.calling.client(storageDownloadsContract, storageIdentity.id)
const crashes = () => world.calling.client(storageCrashesContract, storageIdentity.id)
const lists = () => world.calling.client(storageListsContract, storageIdentity.id)

function download(id: string, rest: Partial<DownloadRecord> = {}): DownloadRecord {
  return {
    id,
    urls: [`https://files.example/${id}.zip`],
    referrer: null,
    filePath: `/home/person/${id}.zip`,
    partialPath: `/home/person/${id}.zip.part`,
    mimeType: 'application/zip',
    size: 1_000,
    received: 0,
    etag: '"x"',
    lastModified: null,
    acceptsRanges: true,
    state: 'running',
    checksum: { algorithm: 'sha256', expected: null, actual: null },
    error: null,
    startedAt: 1,
    changedAt: 1,
    endedAt: null,
    ...rest,
  }
}

it('a download is known after a restart as far as it was said to be', async () => {
  await downloads().save(download('a'))
  await downloads().saveProgress({ id: 'a', received: 500, at: 9 })
  await downloads().saveProgress({ id: 'never', received: 500, at: 9 })
  expect(await downloads().get({ id: 'a' })).toEqual(download('a', { received: 500, changedAt: 9 }))
  expect(await downloads().get({ id: 'never' })).toBeNull()
})

it('downloads are listed by state and words, latest first, and those that are over go by time', async () => {
  await downloads().save(download('a', { startedAt: 1, state: 'completed' }))
  await downloads().save(download('b', { startedAt: 2 }))
  await downloads().save(download('c', { startedAt: 3, state: 'failed' }))
  const list = async (states: DownloadRecord['state'][] | null, query = '') =>
    (await downloads().list({ states, query, limit: 10 })).map(one => one.id)
  expect([
    await list(null),
    await list(['running']),
    await list(null, 'files c.zip'),
    await list([]),
  ]).toEqual([['c', 'b', 'a'], ['b'], ['c'], []])
  expect(await downloads().removeEnded({ from: 0, to: 3 })).toEqual({ ids: ['a'] })
  expect(await list(null)).toEqual(['c', 'b'])
  await downloads().remove({ id: 'c' })
  expect(await list(null)).toEqual(['b'])
})

it('a record of another version is as if it were not there', async () => {
  await downloads().save(download('a'))
  world.database.execute(`UPDATE downloads SET record_json = '{"id":"a"}'`)
  expect([
    await downloads().get({ id: 'a' }),
    await downloads().list({ states: null, query: '', limit: 5 }),
  ]).toEqual([null, []])
})

const crash = (id: string, at: number): CrashRecord => ({
  id,
  kind: 'service',
  name: 'network',
  reason: 'crashed',
  exitCode: 139,
  site: null,
  uptimeMs: 12.5,
  lastMessages: ['network.fetch'],
  machine: {
    platform: 'linux',
    architecture: 'x64',
    release: '6.1',
    totalMemoryBytes: 1,
    freeMemoryBytes: 1,
    nexusVersion: '0.1.0',
  },
  at,
})

it('crashes are listed latest first, each once, and the oldest make room', async () => {
  for (let index = 0; index < mostCrashes + 2; index += 1) await crashes().record(crash(`c${index}`, index))
  await crashes().record(crash('c10', 9_999))
  const all = await crashes().list({ limit: mostCrashes })
  expect([all.length, all[0]?.id, all.at(-1)?.id]).toEqual([mostCrashes, `c${mostCrashes + 1}`, 'c2'])
  expect(await crashes().clear({ before: 12 })).toEqual({ cleared: 10 })
  expect(await crashes().clear({ before: null })).toEqual({ cleared: mostCrashes - 10 })
})

const item = (id: string, changedAt: number, rest: Partial<SharedItem> = {}) => ({
  id,
  listId: 'l',
  order: id,
  text: `text of ${id}`,
  url: null,
  isDone: false,
  isRemoved: false,
  changedAt,
  changedBy: 'me',
  ...rest,
})

it('two that saw the same changes of a list hold the same, in whatever order they came', async () => {
  const changes = [
    item('a', 1),
    item('b', 2),
    item('a', 3, { isDone: true }),
    item('a', 3, { text: 'of another', changedBy: 'you' }),
    item('b', 4, { isRemoved: true, text: 'secret' }),
  ]
  const seen: unknown[] = []
  for (const order of [changes, changes.toReversed()]) {
    using other = new StorageWorld()
    const client = other.calling.client(storageListsContract, storageIdentity.id)
    await client.putList({ id: 'l', name: 'To do', changedAt: 1, changedBy: 'me' })
    for (const change of order) await client.putItems({ listId: 'l', items: [change] })
    seen.push((await client.items({ listId: 'l' })).map(({ revision: _, ...rest }) => rest))
  }
  expect(seen[0]).toEqual([item('a', 3, { text: 'of another', changedBy: 'you' })])
  expect(seen[1]).toEqual(seen[0])
})

it('what changed in a list since is told, removals too, without their words', async () => {
  const told: number[] = []
  lists().on('listChanged', ({ revision }) => told.push(revision))
  await expect(lists().putItems({ listId: 'l', items: [item('a', 1)] })).rejects.toMatchObject({
    code: 'LIST_NOT_FOUND',
  })
  await lists().putList({ id: 'l', name: 'To do', changedAt: 1, changedBy: 'me' })
  const { revision } = await lists().putItems({ listId: 'l', items: [item('a', 1), item('b', 1)] })
  await lists().putItems({ listId: 'l', items: [item('a', 2, { isRemoved: true })] })
  const changes: SharedItem[] = []
  const stream = lists().changesSince({ listId: 'l', revision })
  for await (const change of stream) changes.push(change)
  expect(changes).toMatchObject([{ id: 'a', isRemoved: true, text: '' }])
  expect((await stream.result).revision).toBe(told.at(-1))
  await lists().removeList({ id: 'l' })
  expect([await lists().lists({}), await lists().items({ listId: 'l' })]).toEqual([[], []])
})
