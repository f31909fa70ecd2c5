import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, it } from 'vitest'
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
