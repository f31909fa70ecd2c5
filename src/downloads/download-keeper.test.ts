import { describe, expect, it } from 'vitest'
import type { DownloadProgress, DownloadStart } from '../../contracts/downloads.ts'
import type { DownloadEntry } from '../../contracts/downloads-for-chrome.ts'
import type { DownloadRecord } from '../../contracts/storage-downloads.ts'
import { DownloadKeeper } from './download-keeper.ts'

const sha256 = 'a'.repeat(64)

function makeKeeper(stored: DownloadRecord[] = []) {
  const world = {
    now: 1_000,
    saved: new Map(stored.map(record => [record.id, record])),
    progressSaved: 0,
    asked: [] as [method: string, args: unknown][],
    started: [] as DownloadStart[],
    shown: new Map<string, DownloadEntry>(),
    removed: [] as string[],
    said: [] as string[],
  }
  const ask = (method: string) => async (args: unknown) => {
    world.asked.push([method, args])
    return {}
  }
  const keeper = new DownloadKeeper({
    network: {
      start: async start => {
        world.started.push(start)
        return {}
      },
      pause: ask('pause'),
      cancel: ask('cancel'),
      discard: ask('discard'),
      release: async ({ filePath }) => ({ filePath: `${filePath} (1)` }),
    },
    storage: {
      save: async record => {
        world.saved.set(record.id, record)
        return {}
      },
      saveProgress: async () => {
        world.progressSaved += 1
        return {}
      },
      list: async () => [...world.saved.values()],
      remove: async ({ id }) => {
        world.saved.delete(id)
        return {}
      },
    },
    folder: () => '/downloads',
    headersFor: async (_url, referrer, isPrivate) => ({
      userAgent: 'Test',
      acceptLanguage: null,
      referrer,
      cookie: isPrivate ? 'private=1' : 'ordinary=1',
    }),
    isThere: () => true,
    now: () => world.now,
    makeId: () => `d${world.started.length + 1}`,
    onChanged: entry => world.shown.set(entry.id, entry),
    onRemoved: ids => world.removed.push(...ids),
    warn: message => world.said.push(message),
  })
  return { keeper, world }
}

const request = { urls: ['http://a.test/x.zip'], suggestedName: 'x.zip', referrer: null, isPrivate: false }

function progress(changes: Partial<DownloadProgress> = {}): DownloadProgress {
  return {
    id: 'd1',
    phase: { kind: 'running', bytesPerSecond: 100, attempts: 0 },
    urls: request.urls,
    filePath: '/downloads/x.zip',
    partialPath: '/downloads/x.zip.nexus-part',
    mimeType: 'application/zip',
    size: 1_000,
    received: 400,
    etag: '"x"',
    lastModified: null,
    acceptsRanges: true,
    ...changes,
  }
}

describe('a download that main knows of', () => {
  it('is stored from its beginning to its end, and shown as it goes', async () => {
    const { keeper, world } = makeKeeper()
    const id = await keeper.begin({ ...request, expectedSha256: sha256 })
    expect(world.started).toMatchObject([
      { id, expectedSha256: sha256, partialPath: null, folder: '/downloads' },
    ])
    keeper.progressed(progress())
    expect(world.shown.get(id)).toMatchObject({
      name: 'x.zip',
      state: { kind: 'running', bytesPerSecond: 100, secondsLeft: 6 },
      canPause: true,
    })
    keeper.progressed(progress({ phase: { kind: 'completed', sha256 }, received: 1_000, partialPath: null }))
    expect(world.saved.get(id)).toMatchObject({
      state: 'completed',
      partialPath: null,
      checksum: { algorithm: 'sha256', expected: sha256, actual: sha256 },
      endedAt: 1_000,
    })
    expect(keeper.fileOf(id)).toBe('/downloads/x.zip')
  })

  it('writes its progress seldom', async () => {
    const { keeper, world } = makeKeeper()
    await keeper.begin(request)
    for (let received = 0; received < 40; received += 1) {
      world.now += 250
      keeper.progressed(progress({ received }))
    }
    expect(world.progressSaved).toBeLessThanOrEqual(2)
  })

  it('goes on after a restart where it was running, and waits where it was paused', async () => {
    const before = makeKeeper()
    await before.keeper.begin(request)
    before.keeper.progressed(progress())
    await before.keeper.begin(request)
    await before.keeper.pause('d2')
    const { keeper, world } = makeKeeper([...before.world.saved.values()])
    await keeper.load()
    expect(world.started).toMatchObject([
      { id: 'd1', partialPath: '/downloads/x.zip.nexus-part', headers: { cookie: 'ordinary=1' } },
    ])
    expect(keeper.entries().map(({ id, state }) => [id, state.kind])).toEqual([
      ['d1', 'running'],
      ['d2', 'paused'],
    ])
  })

  it('is started again when the network process begins anew, and only then when it is to run', async () => {
    const { keeper, world } = makeKeeper()
    await keeper.begin(request)
    keeper.progressed(progress())
    await keeper.begin(request)
    await keeper.pause('d2')
    world.started = []
    keeper.networkOpened()
    await Promise.resolve()
    await Promise.resolve()
    expect(world.started.map(({ id }) => id)).toEqual(['d1'])
  })

  it('that is held has its name only after it was said to be kept', async () => {
    const { keeper, world } = makeKeeper()
    await keeper.begin(request)
    keeper.progressed(progress({ phase: { kind: 'held', sha256, danger: 'program' }, received: 1_000 }))
    expect(world.shown.get('d1')?.state.kind).toBe('held')
    expect(() => keeper.fileOf('d1')).toThrow()
    await keeper.keep('d1')
    expect(keeper.fileOf('d1')).toBe('/downloads/x.zip (1)')
  })

  it('leaves no part behind when it is removed', async () => {
    const { keeper, world } = makeKeeper()
    await keeper.begin(request)
    keeper.progressed(progress({ phase: { kind: 'failed', code: 'CONNECTION', detail: 'ECONNRESET' } }))
    await keeper.remove('d1')
    expect(world.asked).toContainEqual(['discard', { partialPath: '/downloads/x.zip.nexus-part' }])
    expect([world.saved.size, world.removed, keeper.entries()]).toEqual([0, ['d1'], []])
  })

  it('of a private tab is stored nowhere, has its cookies, and ends with it', async () => {
    const { keeper, world } = makeKeeper()
    await keeper.begin({ ...request, isPrivate: true })
    keeper.progressed(progress())
    expect([world.saved.size, world.progressSaved]).toEqual([0, 0])
    expect(world.started[0]?.headers.cookie).toBe('private=1')
    await keeper.forgetPrivate()
    expect(keeper.entries()).toEqual([])
    expect(world.asked).toContainEqual(['cancel', { id: 'd1' }])
  })

  it('of the engine cannot be had again after the end of the browser, and says so', async () => {
    const before = makeKeeper()
    const item = { pause() {}, resume() {}, cancel() {}, canResume: () => true }
    before.keeper.follow({ ...request, filePath: '/downloads/made.txt' }, item)
    const { keeper, world } = makeKeeper([...before.world.saved.values()])
    await keeper.load()
    expect(world.started).toEqual([])
    expect(keeper.entries()[0]).toMatchObject({
      state: { kind: 'failed', reason: 'Stopped: it broke off, and the page must make it again' },
      canResume: false,
    })
  })
})
