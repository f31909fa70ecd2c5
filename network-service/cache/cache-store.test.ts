import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Agent, type Dispatcher, interceptors } from 'undici'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CacheFile } from './cache-file.ts'
import { cacheStoreFor } from './cache-store.ts'

let folder: string
let server: Server
let origin: string
let answer: (request: IncomingMessage, response: ServerResponse) => void
let asked: IncomingMessage[]
const opened: CacheFile[] = []
const agent = new Agent()

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nexus-cache-'))
  asked = []
  server = createServer((request, response) => {
    asked.push(request)
    // Node notes the date once a second, which a clock that jumps does not wait for.
    response.sendDate = false
    answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  vi.useRealTimers()
  for (const file of opened.splice(0)) file[Symbol.dispose]()
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
  await rm(folder, { recursive: true })
})

function openCache(changes: Partial<ConstructorParameters<typeof CacheFile>[0]> = {}) {
  const said: string[] = []
  const file = new CacheFile({
    file: path.join(folder, 'cache.sqlite'),
    maxBytes: 1024 * 1024,
    wallClock: Date.now,
    warn: message => said.push(message),
    ...changes,
  })
  opened.push(file)
  const fetch = async (
    address = '/one',
    { partition = 'a.test', headers = {} }: { partition?: string; headers?: Record<string, string> } = {},
  ): Promise<string> => {
    const dispatcher: Dispatcher = agent.compose(
      interceptors.cache({ store: cacheStoreFor(file, partition), type: 'private' }),
    )
    const { body } = await dispatcher.request({ origin, path: address, method: 'GET', headers })
    return await body.text()
  }
  return { file, said, fetch }
}

/** undici reads the time of the machine. */
function wait(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1_000 })
}

function fresh(text: string, headers: Record<string, string> = {}): typeof answer {
  return (_request, response) => {
    response.writeHead(200, { 'cache-control': 'max-age=100', ...headers }).end(text)
  }
}

describe('the cache of our own fetches', () => {
  it('answers what is fresh, also after a restart', async () => {
    answer = fresh('first')
    const { fetch, file } = openCache()
    expect([await fetch(), await fetch()]).toEqual(['first', 'first'])
    file[Symbol.dispose]()
    expect(await openCache().fetch()).toBe('first')
    expect(asked).toHaveLength(1)
  })

  it('shares nothing between sites', async () => {
    answer = fresh('first')
    const { fetch } = openCache()
    await fetch('/one', { partition: 'a.test' })
    await fetch('/one', { partition: 'b.test' })
    expect(asked).toHaveLength(2)
  })

  it('asks whether what is stale still holds, by its tag', async () => {
    answer = (request, response) => {
      const isKnown = request.headers['if-none-match'] === '"one"'
      // With new rules in a 304 undici has the answer anew the next time, instead of renewing what it has.
      response.writeHead(isKnown ? 304 : 200, isKnown ? {} : { 'cache-control': 'max-age=10', etag: '"one"' })
      response.end(isKnown ? undefined : 'first')
    }
    const { fetch } = openCache()
    const got = [await fetch()]
    wait(15)
    got.push(await fetch(), await fetch())
    expect(got).toEqual(['first', 'first', 'first'])
    expect(asked.map(({ headers }) => headers['if-none-match'] ?? null)).toEqual([null, '"one"', '"one"'])
  })

  it('keeps what it may not keep nowhere', async () => {
    answer = fresh('secret', { 'cache-control': 'no-store' })
    const { fetch, file } = openCache()
    await fetch()
    await fetch()
    expect([asked.length, file.entries]).toEqual([2, 0])
  })

  it('tells answers apart by what they vary with', async () => {
    answer = (request, response) =>
      fresh(String(request.headers.accept), { vary: 'accept' })(request, response)
    const { fetch } = openCache()
    const both = async () => [
      await fetch('/one', { headers: { accept: 'image/png' } }),
      await fetch('/one', { headers: { accept: 'text/html' } }),
    ]
    expect([await both(), await both()]).toEqual([
      ['image/png', 'text/html'],
      ['image/png', 'text/html'],
    ])
    expect(asked).toHaveLength(2)
  })

  it('serves what is stale at once where it may, and asks behind its back', async () => {
    let round = 0
    const isAsked = Promise.withResolvers<void>()
    answer = (_request, response) => {
      round += 1
      if (round === 2) isAsked.resolve()
      response.writeHead(200, {
        'cache-control': 'max-age=10, stale-while-revalidate=1000',
        etag: '"x"',
      })
      response.end(`round ${round}`)
    }
    const { fetch } = openCache()
    const first = await fetch()
    wait(50)
    expect([first, await fetch()]).toEqual(['round 1', 'round 1'])
    await isAsked.promise
    expect(round).toBe(2)
  })

  it('serves what is stale where the server fails and that is allowed', async () => {
    let isWell = true
    answer = (_request, response) => {
      response.writeHead(isWell ? 200 : 500, {
        ...(isWell ? { 'cache-control': 'max-age=10, stale-if-error=1000', etag: '"x"' } : {}),
      })
      response.end(isWell ? 'well' : 'broken')
    }
    const { fetch } = openCache()
    await fetch()
    wait(50)
    isWell = false
    expect(await fetch()).toBe('well')
  })

  it('stays within its size, and forgets what was unused longest', async () => {
    let now = Date.now()
    answer = fresh('x'.repeat(20_000))
    const { fetch, file } = openCache({ maxBytes: 100_000, wallClock: () => now })
    for (const name of ['a', 'b', 'c', 'd']) {
      now += 1_000
      await fetch(`/${name}`)
    }
    now += 61_000
    await fetch('/a')
    now += 1_000
    await fetch('/e')
    expect(file.byteCount).toBeLessThanOrEqual(100_000)
    const before = asked.length
    await fetch('/a')
    expect(asked).toHaveLength(before)
    await fetch('/b')
    expect(asked).toHaveLength(before + 1)
  })

  it('gives memory back when it is asked, and loses nothing by it', async () => {
    answer = fresh('first')
    const { file, fetch, said } = openCache()
    await fetch()
    file.shrink()
    expect([await fetch(), asked.length, said]).toEqual(['first', 1, []])
  })

  it('sets a damaged file aside, says so, and begins anew', async () => {
    await writeFile(path.join(folder, 'cache.sqlite'), 'This is no database. '.repeat(500))
    answer = fresh('first')
    const { fetch, said } = openCache()
    expect([await fetch(), await fetch()]).toEqual(['first', 'first'])
    expect(asked).toHaveLength(1)
    expect(said).toEqual(['The cache was damaged; it was set aside, and a new one begun'])
    expect(await readdir(folder)).toContain('cache.sqlite.damaged')
  })

  it('that cannot be opened or has no room is in nobody’s way', async () => {
    answer = fresh('first')
    const nowhere = openCache({ file: path.join(folder, 'gone', 'cache.sqlite') })
    expect([await nowhere.fetch(), nowhere.file.isBroken, nowhere.said.length]).toEqual(['first', true, 1])
    const tiny = openCache({ maxBytes: 10 })
    expect([await tiny.fetch('/two'), tiny.file.entries]).toEqual(['first', 0])
  })
})
