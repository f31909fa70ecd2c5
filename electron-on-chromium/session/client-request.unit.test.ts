import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ClientRequest, type IncomingMessage } from './client-request.ts'
import { fetchInContext } from './net-fetch.ts'
import { startTestServer } from './test-browser.ts'

const session = {
  fetch: (url: string, init = {}) =>
    fetchInContext(
      {
        userAgent: 'test',
        respond: async () => null,
        cookieHeader: async () => 'a=1',
        storeCookies: async () => {},
        proxyFor: () => null,
      },
      url,
      init,
    ),
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

describe('net.request', () => {
  let server: AsyncDisposable & { readonly origin: string }
  beforeAll(async () => {
    server = await startTestServer((request, response) => {
      if (request.url === '/redirect') return void response.writeHead(302, { location: '/landed' }).end()
      if (request.url === '/hang') return
      response.writeHead(request.url === '/missing' ? 404 : 200, { 'x-a': '1' })
      response.write(
        `${request.method} ${request.url} ${request.headers['x-mine'] ?? ''} ${request.headers.cookie ?? ''}|`,
      )
      request.pipe(response)
    })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('sends its headers and body, and gives the response as a stream', async () => {
    const request = new ClientRequest(session, { method: 'POST', url: `${server.origin}/post` })
    request.setHeader('X-Mine', 'yes')
    request.write('one ')
    request.end('two')
    const [message] = (await once(request, 'response')) as [IncomingMessage]
    expect([message.statusCode, message.headers['x-a'], await textOf(message)]).toEqual([
      200,
      '1',
      'POST /post yes |one two',
    ])
    expect(() => request.setHeader('late', '1')).toThrow(/after they are sent/)
  })

  it('sends the cookies of the session when told to', async () => {
    const request = new ClientRequest(session, { url: `${server.origin}/`, useSessionCookies: true })
    request.end()
    const [message] = (await once(request, 'response')) as [IncomingMessage]
    expect(await textOf(message)).toBe('GET /  a=1|')
  })

  it('follows a redirect, and stops at one that is not followed', async () => {
    const request = new ClientRequest(session, `${server.origin}/redirect`)
    request.end()
    const [message] = (await once(request, 'response')) as [IncomingMessage]
    expect(await textOf(message)).toBe('GET /landed  |')
    const manual = new ClientRequest(session, { url: `${server.origin}/redirect`, redirect: 'manual' })
    manual.end()
    const [error] = await once(manual, 'error').catch(error => [error])
    expect(String(error)).toMatch(/Redirect was cancelled/)
  })

  it('reports a server that is not there, and can be aborted', async () => {
    const request = new ClientRequest(session, 'http://127.0.0.1:9/')
    request.end()
    const [error] = await once(request, 'error')
    expect(String(error)).toMatch(/net::ERR_/)
    const hanging = new ClientRequest(session, `${server.origin}/hang`)
    hanging.end()
    const aborted = once(hanging, 'abort')
    hanging.abort()
    await aborted
  })
})
