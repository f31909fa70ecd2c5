import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { Agent } from 'undici'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fetchSmall, type SmallFetch } from './fetch-small.ts'

let server: Server
let origin: string
let answer: (request: IncomingMessage, response: ServerResponse) => void
let asked: IncomingMessage[]
const dispatcher = new Agent()

beforeEach(async () => {
  asked = []
  server = createServer((request, response) => {
    asked.push(request)
    answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
})

const names: Readonly<Record<string, string[]>> = {
  'public.test': ['93.184.216.34'],
  'intranet.test': ['10.0.0.7'],
  'rebound.test': ['93.184.216.34', '127.0.0.1'],
}

async function get(
  changes: Partial<SmallFetch> = {},
  signal = new AbortController().signal,
): Promise<string> {
  const fetched = await fetchSmall(
    {
      url: `${origin}/icon.png`,
      pageUrl: 'http://localhost/',
      userAgent: 'Nexus',
      accept: 'image/*',
      contentTypes: new Set(['image/png']),
      maxBytes: 1_000,
      ...changes,
    },
    {
      dispatcher,
      store: null,
      signal,
      resolve: async host => names[host] ?? Promise.reject(new Error('no such host')),
    },
  )
  let text = ''
  for await (const chunk of fetched.body) text += Buffer.from(chunk).toString()
  return text
}

function png(text: string, headers: Record<string, string> = {}): typeof answer {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'image/png; x=y', ...headers }).end(text)
  }
}

describe('a small fetch', () => {
  it('sends nothing that tells who asks', async () => {
    answer = png('icon')
    expect(await get()).toBe('icon')
    expect(Object.keys(asked[0]?.headers ?? {}).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ])
  })

  it('unpacks what comes packed, and counts what it becomes', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-encoding': 'gzip' })
      response.end(gzipSync('x'.repeat(900)))
    }
    expect(await get()).toHaveLength(900)
    await expect(get({ maxBytes: 500 })).rejects.toMatchObject({ code: 'FETCH_TOO_LARGE' })
  })

  it.each<[string, Partial<SmallFetch>, string, typeof answer]>([
    ['what is of another kind', {}, 'FETCH_TYPE', png('x', { 'content-type': 'text/html' })],
    ['what says that it is too large', {}, 'FETCH_TOO_LARGE', png('x'.repeat(2_000))],
    [
      'what is too large and does not say so',
      {},
      'FETCH_TOO_LARGE',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'image/png' })
        response.write('x'.repeat(900))
        response.end('x'.repeat(900))
      },
    ],
    ['what the server refuses', {}, 'FETCH_FAILED', (_request, response) => response.writeHead(404).end()],
    [
      'what leads in circles',
      {},
      'FETCH_FAILED',
      (_request, response) => response.writeHead(302, { location: '/' }).end(),
    ],
    ['a file of this machine', { url: 'file:///etc/passwd' }, 'FETCH_REFUSED', png('x')],
    [
      'what leads to a file of this machine',
      {},
      'FETCH_REFUSED',
      (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    ],
    ['this machine for a public page', { pageUrl: 'https://public.test/' }, 'FETCH_REFUSED', png('x')],
    [
      'this machine for a page without a known address',
      { pageUrl: 'https://gone.test/' },
      'FETCH_REFUSED',
      png('x'),
    ],
    [
      'a private name for a public page',
      { url: 'http://intranet.test/x.png', pageUrl: 'https://public.test/' },
      'FETCH_REFUSED',
      png('x'),
    ],
    [
      'a name with a private address among public ones',
      { url: 'http://rebound.test/x.png', pageUrl: 'https://public.test/' },
      'FETCH_REFUSED',
      png('x'),
    ],
    [
      'this machine by its other names',
      { url: 'http://[::ffff:127.0.0.1]/', pageUrl: 'https://public.test/' },
      'FETCH_REFUSED',
      png('x'),
    ],
  ])('never gives %s', async (_what, changes, code, how) => {
    answer = how
    await expect(get(changes)).rejects.toMatchObject({ code })
  })

  it('for a public page is refused also where a redirect leads inside', async () => {
    // The first hop is private here too; the page is what makes it fetched at all.
    answer = (request, response) => {
      if (request.url === '/inside') response.writeHead(200, { 'content-type': 'image/png' }).end('secret')
      else response.writeHead(302, { location: '/inside' }).end()
    }
    expect(await get({ pageUrl: 'http://intranet.test/' })).toBe('secret')
    await expect(get({ pageUrl: 'http://public.test/' })).rejects.toMatchObject({ code: 'FETCH_REFUSED' })
    expect(asked).toHaveLength(2)
  })

  it('gives the beginning where that is enough', async () => {
    answer = png('x'.repeat(2_000))
    expect(await get({ isCut: true })).toHaveLength(1_000)
  })

  it('ends when it is called off', async () => {
    answer = () => {}
    const stop = new AbortController()
    const fetching = get({}, stop.signal)
    stop.abort()
    await expect(fetching).rejects.toThrow()
  })
})
