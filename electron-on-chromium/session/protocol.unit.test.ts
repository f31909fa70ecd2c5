import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customSchemes } from './custom-schemes.ts'
import { fromEngineUrl, toEngineUrl } from './scheme-mapping.ts'
import type { Session } from './session.ts'
import { startTestBrowser, startTestServer, type TestBrowser, type TestPage } from './test-browser.ts'

describe('protocol.handle in a partition, in Chromium', () => {
  let test: TestBrowser
  let chrome: Session
  let page: TestPage
  const requests: Request[] = []

  beforeAll(async () => {
    customSchemes.registerAsPrivileged([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
    test = await startTestBrowser()
    chrome = test.engine.fromPartition('chrome')
    chrome.protocol.handle('app', request => {
      requests.push(request)
      return respond(request)
    })
    page = await test.openPage(chrome)
    await page.open(toEngineUrl('app://ui/'))
  }, 60_000)
  afterAll(() => test[Symbol.asyncDispose]())

  it('serves a page that is a secure origin of its own', async () => {
    const seen = await page.evaluate<[string, boolean, string]>(
      '[location.href, isSecureContext, document.title]',
    )
    expect([fromEngineUrl(seen[0]), seen[1], seen[2]]).toEqual(['app://ui/', true, 'served'])
  })

  it('enforces the Content-Security-Policy of the response', async () => {
    expect(await page.evaluate('window.inlineRan === undefined && window.scriptRan === true')).toBe(true)
    await expect(page.evaluate(`import('data:text/javascript,0')`)).rejects.toThrow()
  })

  it.each([
    ['a status', 'fetch("/missing").then(r => r.status)', 404],
    ['a header', 'fetch("/echo").then(r => r.headers.get("x-test"))', 'a'],
    ['a stream', 'fetch("/stream").then(r => r.text())', 'one two'],
    ['a redirect', 'fetch("/redirect").then(r => r.text())', 'stream target'],
    ['a failing handler', 'fetch("/throws").then(() => "answered", () => "failed")', 'failed'],
    ['Response.error()', 'fetch("/error").then(() => "answered", () => "failed")', 'failed'],
    ['no response', 'fetch("/nothing").then(() => "answered", () => "failed")', 'failed'],
    ['what was posted', 'fetch("/echo", {method: "POST", body: "Grüße"}).then(r => r.text())', 'Grüße'],
    [
      'posted bytes',
      'fetch("/echo", {method: "POST", body: new Uint8Array([0, 255, 128])}).then(async r => [...new Uint8Array(await r.arrayBuffer())])',
      [0, 255, 128],
    ],
    [
      'worker scripts',
      'new Promise(r => { new Worker("/worker.js").onmessage = e => r(e.data) })',
      'from worker',
    ],
  ])('hands over %s', async (_what, expression, expected) => {
    expect(await page.evaluate(expression)).toEqual(expected)
  })

  it('shows the handler URLs and origins under their own names', async () => {
    requests.length = 0
    await page.evaluate('fetch("/echo?q=1", {method: "PUT", headers: {"x-mine": "yes"}})')
    const [request] = requests
    expect({
      url: request?.url,
      method: request?.method,
      mine: request?.headers.get('x-mine'),
      origin: request?.headers.get('origin'),
      referer: request?.headers.get('referer'),
      initiatorOrigin: request && 'initiatorOrigin' in request && request.initiatorOrigin,
    }).toEqual({
      url: 'app://ui/echo?q=1',
      method: 'PUT',
      mine: 'yes',
      origin: 'app://ui',
      referer: 'app://ui/',
      initiatorOrigin: 'app://ui',
    })
  })

  it('hands over a stream piece by piece, and a large body whole', async () => {
    const first = await page.evaluate(`fetch('/slow').then(async response => {
      window.reader = response.body.getReader()
      const { value } = await reader.read()
      return [response.status, response.url, response.type, response.headers.get('x-slow'), new TextDecoder().decode(value)]
    })`)
    expect(first).toEqual([200, toEngineUrl('app://ui/slow'), 'basic', 'yes', 'first'])
    finishSlow()
    expect(await page.evaluate(`reader.read().then(({ value }) => new TextDecoder().decode(value))`)).toBe(
      'last',
    )
    expect(
      await page.evaluate(`fetch('/large').then(async r => {
        const bytes = new Uint8Array(await r.arrayBuffer())
        return [bytes.length, bytes.every(byte => byte === 7)]
      })`),
    ).toEqual([3_000_000, true])
  })

  it('cannot be reached from pages of another session, by navigation, fetch, frame, image or worker', async () => {
    await using server = await startTestServer((_request, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<p>web page</p>')
    })
    const web = await test.openPage(test.engine.defaultSession)
    await web.open(server.origin)
    requests.length = 0
    const target = JSON.stringify(toEngineUrl('app://ui/secret'))
    const attempts = await web.evaluate<string[]>(`Promise.all([
      fetch(${target}, {mode: 'no-cors'}).then(() => 'reached', () => 'refused'),
      new Promise(done => { const i = new Image(); i.onload = () => done('reached'); i.onerror = () => done('refused'); i.src = ${target} }),
      new Promise(done => {
        const f = document.createElement('iframe'); f.src = ${target}
        f.onload = () => done(f.contentDocument === null ? 'refused' : 'blank'); document.body.append(f)
      }),
      new Promise(done => {
        const w = new Worker(URL.createObjectURL(new Blob(['fetch(' + JSON.stringify(${target}) + ', {mode: "no-cors"}).then(() => postMessage("reached"), () => postMessage("refused"))'])))
        w.onmessage = e => done(e.data)
      }),
    ])`)
    expect(attempts).toEqual(['refused', 'refused', 'refused', 'refused'])
    expect(await web.open(toEngineUrl('app://ui/'))).toMatch(/^net::ERR_/)
    expect(requests).toEqual([])
  })

  it('serves files with net.fetch, in the page and in the main process', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'standin-protocol-'))
    const file = path.join(folder, 'a b.json')
    writeFileSync(file, '{"ok":true}')
    try {
      const direct = await chrome.fetch(pathToFileURL(file).href)
      expect([direct.headers.get('content-type'), await direct.json()]).toEqual([
        'application/json',
        { ok: true },
      ])
      await expect(chrome.fetch(`${pathToFileURL(file).href}x`)).rejects.toThrow('net::ERR_FILE_NOT_FOUND')
      expect(await page.evaluate(`fetch('/file?${encodeURIComponent(file)}').then(r => r.json())`)).toEqual({
        ok: true,
      })
      expect(await (await chrome.fetch('app://ui/stream')).text()).toBe('one two')
      await expect(test.engine.defaultSession.fetch('app://ui/stream')).rejects.toThrow(
        'net::ERR_UNKNOWN_URL_SCHEME',
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('handles a scheme once, until it is unhandled', async () => {
    expect(() => chrome.protocol.handle('app', () => new Response())).toThrow(
      'Failed to register protocol: app',
    )
    expect(test.engine.defaultSession.protocol.isProtocolHandled('app')).toBe(false)
    chrome.protocol.handle('other', () => new Response('other'))
    expect(chrome.protocol.isProtocolHandled('other')).toBe(true)
    chrome.protocol.unhandle('other')
    expect(() => chrome.protocol.unhandle('other')).toThrow('Failed to unhandle protocol: other')
  })

  it('intercepts http for one session only, with a way around the handler', async () => {
    await using server = await startTestServer((_request, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('from the server')
    })
    const intercepted = test.engine.fromPartition('intercepted')
    intercepted.protocol.handle('http', async request => {
      const original = await intercepted.fetch(request, { bypassCustomProtocolHandlers: true })
      return new Response(`intercepted ${await original.text()}`, {
        headers: { 'content-type': 'text/html' },
      })
    })
    const inside = await test.openPage(intercepted)
    const outside = await test.openPage(test.engine.defaultSession)
    await inside.open(server.origin)
    await outside.open(server.origin)
    expect(await inside.evaluate('document.body.textContent')).toBe('intercepted from the server')
    expect(await outside.evaluate('document.body.textContent')).toBe('from the server')
    intercepted.protocol.unhandle('http')
    await inside.open(server.origin)
    expect(await inside.evaluate('document.body.textContent')).toBe('from the server')
  })
})

let finishSlow = (): void => {}

async function respond(request: Request): Promise<Response> {
  const url = new URL(request.url)
  const html = { 'content-type': 'text/html' }
  switch (url.pathname) {
    case '/':
      return new Response(
        '<title>served</title><script>window.inlineRan = true</script><script src="/script.js"></script>',
        { headers: { ...html, 'content-security-policy': "default-src 'self'; script-src 'self' app://ui" } },
      )
    case '/script.js':
      return new Response('window.scriptRan = true', { headers: { 'content-type': 'text/javascript' } })
    case '/worker.js':
      return new Response('postMessage("from worker")', { headers: { 'content-type': 'text/javascript' } })
    case '/echo':
      return new Response(request.body, { headers: { 'x-test': 'a' }, status: 200 })
    case '/stream':
      return new Response(
        new ReadableStream({
          async start(controller) {
            controller.enqueue(new TextEncoder().encode('one '))
            await new Promise(resolve => setImmediate(resolve))
            controller.enqueue(new TextEncoder().encode('two'))
            controller.close()
          },
        }),
      )
    case '/slow':
      return new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode('first'))
            finishSlow = () => {
              controller.enqueue(new TextEncoder().encode('last'))
              controller.close()
            }
          },
        }),
        { headers: { 'x-slow': 'yes' } },
      )
    case '/large':
      return new Response(Buffer.alloc(3_000_000, 7))
    case '/redirect':
      return new Response(null, { status: 302, headers: { location: 'app://ui/target' } })
    case '/target':
      return new Response('stream target')
    case '/throws':
      return Promise.reject(new Error('the handler of the test throws, on purpose'))
    case '/error':
      return Response.error()
    case '/nothing':
      return undefined as unknown as Response
    case '/file':
      return fetchOfChrome(decodeURIComponent(url.search.slice(1)))
    default:
      return new Response('not found', { status: 404 })
  }
}

async function fetchOfChrome(file: string): Promise<Response> {
  const { session } = await import('./index.ts')
  return session.fromPartition('chrome').fetch(pathToFileURL(file).href)
}
