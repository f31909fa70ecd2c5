import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { WebProxy } from './proxied-fetch.ts'
import { startTestServer } from './test-browser.ts'
import { fetchOnce } from './web-fetch.ts'

const init = {
  method: 'GET',
  headers: new Headers(),
  body: null,
  signal: new AbortController().signal,
  proxy: null,
}
const encoders: Record<string, (data: Buffer) => Buffer> = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
  identity: data => data,
}

it.each(Object.keys(encoders))('reads a body in the coding %s', async coding => {
  await using server = await startTestServer((_request, response) => {
    response.setHeader('content-encoding', coding)
    response.end(encoders[coding]?.(Buffer.from('the body')))
  })
  expect(await (await fetchOnce(server.origin, init)).text()).toBe('the body')
})

it('fails in the reader when a body breaks off', async () => {
  await using server = await startTestServer((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' })
    response.write(gzipSync(Buffer.alloc(1000, 'x')).subarray(0, 15))
    setImmediate(() => response.destroy())
  })
  await expect(fetchOnce(server.origin, init).then(response => response.text())).rejects.toThrow()
})

it('has no body for HEAD and for 204', async () => {
  await using server = await startTestServer((request, response) =>
    response.writeHead(request.method === 'HEAD' ? 200 : 204).end(),
  )
  expect((await fetchOnce(server.origin, { ...init, method: 'HEAD' })).body).toBe(null)
  expect((await fetchOnce(server.origin, init)).status).toBe(204)
})

describe('by a proxy', () => {
  const expected = `Basic ${Buffer.from('name:secret').toString('base64')}`
  const proxyAt = (origin: string): WebProxy => ({
    host: '127.0.0.1',
    port: Number(new URL(origin).port),
    credentials: null,
    login: async ({ isProxy, realm }) =>
      isProxy && realm === 'door' ? { username: 'name', password: 'secret' } : null,
  })

  it('is fetched with the credentials that the application gives when the proxy asks', async () => {
    const asked: string[] = []
    await using server = await startTestServer((request, response) => {
      asked.push(
        `${request.url} ${request.headers.host} ${request.headers['proxy-authorization'] === expected}`,
      )
      if (request.headers['proxy-authorization'] === expected) response.end('by the proxy')
      else response.writeHead(407, { 'proxy-authenticate': 'Basic realm="door"' }).end()
    })
    const proxy = proxyAt(server.origin)
    for (let fetches = 0; fetches < 2; fetches += 1)
      expect(await (await fetchOnce('http://a.test/x', { ...init, proxy })).text()).toBe('by the proxy')
    expect(asked).toEqual([
      'http://a.test/x a.test false',
      'http://a.test/x a.test true',
      'http://a.test/x a.test true',
    ])
  })

  it('is refused where the application gives none, and never fetched straight', async () => {
    await using server = await startTestServer((_request, response) =>
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="other door"' }).end(),
    )
    const proxy = proxyAt(server.origin)
    expect((await fetchOnce(server.origin, { ...init, proxy })).status).toBe(407)
    await expect(fetchOnce('https://127.0.0.1:1/', { ...init, proxy })).rejects.toThrow()
  })
})
