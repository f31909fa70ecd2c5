// protocol.handle and session.webRequest.
import assert from 'node:assert/strict'
import { net, protocol, session } from 'electron'
import { collect, inPage, next, openPage, openWindow, type PageCase, until } from '../harness/page.ts'
import { chapter, it } from './registry.ts'

let partitions = 0

/** A session whose `fixture:` scheme answers with `handler`, and a window in it. */
function handled(t: PageCase, handler: (request: Request) => Response | Promise<Response>) {
  const partition = `protocol-${++partitions}`
  const own = session.fromPartition(partition)
  own.protocol.handle('fixture', handler)
  t.defer(() => own.protocol.unhandle('fixture'))
  const { webContents } = openWindow(t, { webPreferences: { partition } })
  return { own, webContents }
}

const html = (body: string, headers: Record<string, string> = {}): Response =>
  new Response(body, { headers: { 'content-type': 'text/html', ...headers } })

chapter('protocol', () => {
  it('a handled scheme serves pages, and the contents show its address', async t => {
    const urls: string[] = []
    const { webContents } = handled(t, request => {
      urls.push(request.url)
      return html('<title>served</title>')
    })
    await webContents.loadURL('fixture://app/index.html?q=1')
    assert.deepEqual(
      [webContents.getTitle(), webContents.getURL(), urls[0]],
      ['served', 'fixture://app/index.html?q=1', 'fixture://app/index.html?q=1'],
    )
  })

  it('navigation events and history have the address of the scheme', async t => {
    const { webContents } = handled(t, () => html('<p>x'))
    const navigated = next(webContents, 'did-navigate')
    await webContents.loadURL('fixture://app/one')
    assert.deepEqual((await navigated).slice(1), ['fixture://app/one', 200, 'OK'])
    assert.deepEqual(
      [
        webContents.navigationHistory.getEntryAtIndex(0)?.url,
        webContents.mainFrame.url,
        webContents.mainFrame.origin,
      ],
      ['fixture://app/one', 'fixture://app/one', 'fixture://app'],
    )
  })

  it('the page itself sees the address of the scheme', async t => {
    const { webContents } = handled(t, () => html('<p>x'))
    await webContents.loadURL('fixture://app/path#hash')
    assert.deepEqual(await inPage(webContents, '[location.href, location.protocol, document.URL, origin]'), [
      'fixture://app/path#hash',
      'fixture:',
      'fixture://app/path#hash',
      'fixture://app',
    ])
  })

  it('a standard, secure scheme is a secure context with storage', async t => {
    const { webContents } = handled(t, () => html('<p>x'))
    await webContents.loadURL('fixture://app/')
    assert.deepEqual(
      await inPage(
        webContents,
        `(localStorage.setItem('a', '1'), [isSecureContext, localStorage.getItem('a'), typeof crypto.subtle])`,
      ),
      [true, '1', 'object'],
    )
  })

  it('relative scripts, modules, styles and images resolve within the scheme', async t => {
    const { webContents } = handled(t, request => {
      switch (new URL(request.url).pathname) {
        case '/page':
          return html(`<link rel="stylesheet" href="style.css"><script src="/plain.js"></script>
            <script type="module" src="./module.js"></script>`)
        case '/style.css':
          return new Response('body { color: rgb(9, 8, 7) }', { headers: { 'content-type': 'text/css' } })
        case '/plain.js':
          return new Response('window.plain = 1', { headers: { 'content-type': 'text/javascript' } })
        case '/module.js':
          return new Response('import { x } from "./dependency.js"; window.imported = x', {
            headers: { 'content-type': 'text/javascript' },
          })
        case '/dependency.js':
          return new Response('export const x = 5', { headers: { 'content-type': 'text/javascript' } })
        default:
          return new Response('', { status: 404 })
      }
    })
    await webContents.loadURL('fixture://app/page')
    assert.deepEqual(await inPage(webContents, '[getComputedStyle(document.body).color, plain, imported]'), [
      'rgb(9, 8, 7)',
      1,
      5,
    ])
  })

  it('the page can fetch from its scheme: status, headers, body, method', async t => {
    const { webContents } = handled(t, async request => {
      if (new URL(request.url).pathname === '/') return html('<p>x')
      return new Response(`${request.method} ${await request.text()} ${request.headers.get('x-own')}`, {
        status: 202,
        headers: { 'x-answer': 'yes' },
      })
    })
    await webContents.loadURL('fixture://app/')
    assert.deepEqual(
      await inPage(
        webContents,
        `fetch('/api', { method: 'POST', body: 'posted', headers: { 'x-own': 'header' } })
          .then(async response => [response.status, response.headers.get('x-answer'), await response.text()])`,
      ),
      [202, 'yes', 'POST posted header'],
    )
  })

  it('binary bodies arrive byte for byte', async t => {
    const bytes = new Uint8Array(200_000).map((_, index) => index * 7)
    const { webContents } = handled(t, request =>
      request.url.endsWith('/bytes') ? new Response(bytes) : html('<p>x'),
    )
    await webContents.loadURL('fixture://app/')
    assert.equal(
      await inPage(
        webContents,
        `fetch('/bytes').then(response => response.bytes ? response.bytes() : response.arrayBuffer().then(b => new Uint8Array(b)))
          .then(bytes => bytes.length === 200000 && bytes.every((byte, index) => byte === (index * 7) % 256))`,
      ),
      true,
    )
  })

  it('a stream body is delivered', async t => {
    const { webContents } = handled(t, request => {
      if (!request.url.endsWith('/stream')) return html('<p>x')
      let count = 0
      return new Response(
        new ReadableStream({
          pull(controller) {
            if (++count > 5) controller.close()
            else controller.enqueue(new TextEncoder().encode(`part ${count};`))
          },
        }),
      )
    })
    await webContents.loadURL('fixture://app/')
    assert.equal(
      await inPage(webContents, `fetch('/stream').then(response => response.text())`),
      'part 1;part 2;part 3;part 4;part 5;',
    )
  })

  it('a stream body reaches the page as it comes', async t => {
    let finish = (): void => {}
    const { webContents } = handled(t, request => {
      if (!request.url.endsWith('/stream')) return html('<p>x')
      return new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode('first'))
            finish = () => {
              controller.enqueue(new TextEncoder().encode('last'))
              controller.close()
            }
          },
        }),
      )
    })
    await webContents.loadURL('fixture://app/')
    await inPage(
      webContents,
      `window.parts = []; fetch('/stream').then(async response => {
        const reader = response.body.getReader()
        for (;;) {
          const { done, value } = await reader.read()
          if (done) break
          parts.push(new TextDecoder().decode(value))
        }
      }); undefined`,
    )
    await until(async () => String(await inPage(webContents, 'parts')) === 'first', 'the first part', 2_000)
    finish()
    await until(async () => String(await inPage(webContents, 'parts')) === 'first,last', 'the last part')
  })

  it('content security policies of responses are enforced', async t => {
    const { webContents } = handled(t, () =>
      html('<title>csp</title><script>window.ran = 1</script>', {
        'content-security-policy': "default-src 'self'",
      }),
    )
    await webContents.loadURL('fixture://app/')
    assert.deepEqual(await inPage(webContents, '[document.title, typeof ran]'), ['csp', 'undefined'])
  })

  it("'self' of a policy is the scheme's own origin", async t => {
    const { webContents } = handled(t, request =>
      request.url.endsWith('.js')
        ? new Response('window.ran = 1', { headers: { 'content-type': 'text/javascript' } })
        : html('<script src="/own.js"></script>', { 'content-security-policy': "default-src 'self'" }),
    )
    await webContents.loadURL('fixture://app/')
    assert.equal(await inPage(webContents, 'ran'), 1)
  })

  it('a handler that throws or returns Response.error fails the load', async t => {
    const { webContents } = handled(t, request => {
      if (request.url.endsWith('/throws')) throw new Error('of the handler')
      return Response.error()
    })
    for (const path of ['throws', 'error']) {
      const error = await webContents.loadURL(`fixture://app/${path}`).then(
        () => assert.fail('it loaded'),
        (reason: NodeJS.ErrnoException) => reason,
      )
      assert.match(String(error.code), /^ERR_(FAILED|UNEXPECTED)$/)
    }
  })

  it('a status of 404 is shown as a page with this status', async t => {
    const { webContents } = handled(
      t,
      () => new Response('<title>lost</title>', { status: 404, headers: { 'content-type': 'text/html' } }),
    )
    const navigated = next(webContents, 'did-navigate')
    await webContents.loadURL('fixture://app/nowhere')
    assert.deepEqual([(await navigated)[2], webContents.getTitle()], [404, 'lost'])
  })

  it('a scheme that is handled in one session does not exist in another', async t => {
    handled(t, () => html('<title>secret</title>'))
    const other = await openPage(t, undefined, { webPreferences: { partition: `protocol-${++partitions}` } })
    await assert.rejects(other.webContents.loadURL('fixture://app/'))
    assert.notEqual(other.webContents.getTitle(), 'secret')
  })

  it('a web page can neither frame nor fetch a scheme of another session', async t => {
    let asked = 0
    handled(t, () => {
      asked++
      return html('<title>secret</title>')
    })
    const page = await openPage(t, `<iframe src="fixture://app/"></iframe>`)
    const outcome = await inPage(
      page.webContents,
      `fetch('fixture://app/').then(response => response.text(), () => 'refused')`,
    )
    assert.deepEqual([outcome, asked], ['refused', 0])
  })

  it('isProtocolHandled, unhandle, and a second handler', () => {
    const own = session.fromPartition(`protocol-${++partitions}`)
    assert.equal(own.protocol.isProtocolHandled('fixture'), false)
    own.protocol.handle('fixture', () => html('x'))
    assert.equal(own.protocol.isProtocolHandled('fixture'), true)
    assert.throws(() => own.protocol.handle('fixture', () => html('y')))
    own.protocol.unhandle('fixture')
    assert.equal(own.protocol.isProtocolHandled('fixture'), false)
    assert.equal(protocol.isProtocolHandled('fixture'), false)
  })

  it('protocol of the module is that of the default session', async t => {
    protocol.handle('bare', () => html('<title>default session</title>'))
    t.defer(() => protocol.unhandle('bare'))
    const { webContents } = openWindow(t)
    await webContents.loadURL('bare://host/')
    assert.equal(webContents.getTitle(), 'default session')
    assert.equal(session.defaultSession.protocol.isProtocolHandled('bare'), true)
  })

  it('ses.fetch and net.fetch reach handled schemes', async t => {
    const { own } = handled(t, request => new Response(`you asked for ${request.url}`))
    assert.equal(await (await own.fetch('fixture://app/x')).text(), 'you asked for fixture://app/x')
    protocol.handle('bare', () => new Response('by default'))
    t.defer(() => protocol.unhandle('bare'))
    assert.equal(await (await net.fetch('bare://x/')).text(), 'by default')
  })

  it('handle can intercept http for its session, and pass on with bypassCustomProtocolHandlers', async t => {
    const partition = `protocol-${++partitions}`
    const own = session.fromPartition(partition)
    const real = t.server.page('<title>of the server</title>')
    own.protocol.handle('http', request =>
      request.url === real
        ? own.fetch(request.url, { bypassCustomProtocolHandlers: true })
        : html('<title>intercepted</title>'),
    )
    t.defer(() => own.protocol.unhandle('http'))
    const { webContents } = openWindow(t, { webPreferences: { partition } })
    await webContents.loadURL('http://anything.example/')
    assert.equal(webContents.getTitle(), 'intercepted')
    await webContents.loadURL(real)
    assert.equal(webContents.getTitle(), 'of the server')
  })

  it('links and redirects within the scheme work', async t => {
    const { webContents } = handled(t, request =>
      request.url.endsWith('/from')
        ? new Response(null, { status: 302, headers: { location: 'fixture://app/to' } })
        : html(`<title>${new URL(request.url).pathname}</title><a id="link" href="/linked">x</a>`),
    )
    await webContents.loadURL('fixture://app/from')
    assert.equal(webContents.getURL(), 'fixture://app/to')
    const announced = next(webContents, 'will-navigate')
    const done = next(webContents, 'did-finish-load')
    await inPage(webContents, 'link.click()')
    assert.equal(((await announced)[0] as { url: string }).url, 'fixture://app/linked')
    await done
    assert.equal(webContents.getTitle(), '/linked')
  })
})

chapter('webRequest', () => {
  const withSession = (t: PageCase) => {
    const partition = `web-request-${++partitions}`
    const own = session.fromPartition(partition)
    const { webContents } = openWindow(t, { webPreferences: { partition } })
    return { own, webContents }
  }

  it('onBeforeRequest sees requests with their type, and can cancel', async t => {
    const { own, webContents } = withSession(t)
    const script = t.server.page('window.ran = 1')
    const page = t.server.page(`<title>page</title><script src="${script}"></script>`)
    const seen: unknown[] = []
    own.webRequest.onBeforeRequest((details, callback) => {
      seen.push([details.url, details.method, details.resourceType, details.webContentsId])
      callback({ cancel: details.resourceType === 'script' })
    })
    await webContents.loadURL(page)
    assert.deepEqual(seen.slice(0, 2), [
      [page, 'GET', 'mainFrame', webContents.id],
      [script, 'GET', 'script', webContents.id],
    ])
    assert.equal(await inPage(webContents, 'typeof ran'), 'undefined')
    assert.equal(t.server.requestsTo(script).length, 0)
  })

  it('a navigation begins before its page is asked for, also while the page before it is still coming', async t => {
    const { own, webContents } = withSession(t)
    const heard: string[] = []
    webContents.on('did-start-navigation', ({ url }) => heard.push(`start ${url}`))
    own.webRequest.onBeforeRequest(({ url, resourceType }, callback) => {
      if (resourceType === 'mainFrame') heard.push(`request ${url}`)
      callback({})
    })
    const pages = Array.from({ length: 12 }, (_, index) => t.server.page(`<title>${index}</title>`))
    for (const page of pages) {
      webContents.loadURL(page).catch(() => {})
      await until(() => t.server.requestsTo(page).length > 0, 'its request')
    }
    for (const page of pages) {
      const [start, request] = [`start ${page}`, `request ${page}`].map(one => heard.indexOf(one))
      assert.ok((start ?? -1) >= 0 && (start ?? -1) < (request ?? -1), heard.join('\n'))
    }
  })

  it('a cancelled page fails with ERR_BLOCKED_BY_CLIENT', async t => {
    const { own, webContents } = withSession(t)
    own.webRequest.onBeforeRequest((_, callback) => callback({ cancel: true }))
    const error = await webContents.loadURL(t.server.page('x')).then(
      () => assert.fail('it loaded'),
      (reason: NodeJS.ErrnoException) => reason,
    )
    assert.deepEqual([error.code, error.errno], ['ERR_BLOCKED_BY_CLIENT', -20])
  })

  it('onBeforeRequest can redirect', async t => {
    const { own, webContents } = withSession(t)
    const [from, to] = [t.server.page('<title>from</title>'), t.server.page('<title>to</title>')]
    own.webRequest.onBeforeRequest((details, callback) =>
      callback(details.url === from ? { redirectURL: to } : {}),
    )
    await webContents.loadURL(from)
    assert.equal(webContents.getTitle(), 'to')
  })

  it('onBeforeRequest can redirect to a data address', async t => {
    const { own, webContents } = withSession(t)
    const script = t.server.page('window.ran = "server"', 'b')
    own.webRequest.onBeforeRequest((details, callback) =>
      callback(
        details.url === script ? { redirectURL: 'data:text/javascript;base64,d2luZG93LnJhbiA9ICJhcHAi' } : {},
      ),
    )
    await webContents.loadURL(t.server.page(`<script src="${script}"></script>`, 'a'))
    assert.equal(await inPage(webContents, 'ran'), 'app')
    assert.equal(t.server.requestsTo(script).length, 0)
  })

  it('a filter restricts a listener to its addresses and types', async t => {
    const { own, webContents } = withSession(t)
    const seen: string[] = []
    own.webRequest.onBeforeRequest({ urls: ['*://b.localhost/*'] }, (details, callback) => {
      seen.push(details.url)
      callback({})
    })
    const inB = t.server.page('<p>b', 'b')
    await webContents.loadURL(t.server.page(`<iframe src="${inB}"></iframe>`, 'a'))
    assert.deepEqual(seen, [inB])
  })

  it('onBeforeSendHeaders changes what the server gets', async t => {
    const { own, webContents } = withSession(t)
    own.webRequest.onBeforeSendHeaders((details, callback) => {
      callback({ requestHeaders: { ...details.requestHeaders, 'X-Added': 'yes', 'User-Agent': 'changed' } })
    })
    const url = t.server.page('<p>x')
    await webContents.loadURL(url)
    const headers = t.server.requestsTo(url)[0]?.headers
    assert.deepEqual([headers?.['x-added'], headers?.['user-agent']], ['yes', 'changed'])
  })

  it('onHeadersReceived changes what the page gets', async t => {
    const { own, webContents } = withSession(t)
    own.webRequest.onHeadersReceived((details, callback) => {
      callback({
        responseHeaders: { ...details.responseHeaders, 'Content-Security-Policy': ["script-src 'none'"] },
      })
    })
    const statuses = collect(t, webContents, 'did-navigate', (_, __, status) => status)
    await webContents.loadURL(t.server.page('<title>x</title><script>window.ran = 1</script>'))
    assert.deepEqual([await inPage(webContents, 'typeof ran'), statuses.items], ['undefined', [200]])
  })

  it('onHeadersReceived sees status and headers of the response', async t => {
    const { own, webContents } = withSession(t)
    const seen: unknown[] = []
    own.webRequest.onHeadersReceived((details, callback) => {
      const headers = Object.entries(details.responseHeaders ?? {}).map(([name, value]) => [
        name.toLowerCase(),
        value,
      ])
      seen.push([details.statusCode, Object.fromEntries(headers)['x-own']])
      callback({})
    })
    await webContents.loadURL(t.server.page({ body: '<p>x', headers: { 'x-own': 'value' }, status: 203 }))
    assert.deepEqual(seen[0], [203, ['value']])
  })

  it('the listeners of one request come in the documented order', async t => {
    const { own, webContents } = withSession(t)
    const url = t.server.page('<p>x')
    const order: string[] = []
    const note = (name: string, details: { url: string }): void => {
      if (details.url === url) order.push(name)
    }
    own.webRequest.onBeforeRequest((details, callback) => {
      note('onBeforeRequest', details)
      callback({})
    })
    own.webRequest.onBeforeSendHeaders((details, callback) => {
      note('onBeforeSendHeaders', details)
      callback({})
    })
    own.webRequest.onSendHeaders(details => note('onSendHeaders', details))
    own.webRequest.onHeadersReceived((details, callback) => {
      note('onHeadersReceived', details)
      callback({})
    })
    own.webRequest.onResponseStarted(details => note('onResponseStarted', details))
    own.webRequest.onCompleted(details => note('onCompleted', details))
    await webContents.loadURL(url)
    await until(() => order.includes('onCompleted'), 'onCompleted')
    assert.deepEqual(order, [
      'onBeforeRequest',
      'onBeforeSendHeaders',
      'onSendHeaders',
      'onHeadersReceived',
      'onResponseStarted',
      'onCompleted',
    ])
  })

  it('onBeforeRedirect and onErrorOccurred tell of redirects and failures', async t => {
    const { own, webContents } = withSession(t)
    const end = t.server.page('<p>end')
    const begin = t.server.route((_, response) => void response.writeHead(302, { location: end }).end())
    const broken = t.server.route(request => void request.socket.destroy())
    const seen: unknown[] = []
    own.webRequest.onBeforeRedirect(details => seen.push([details.url, details.redirectURL]))
    own.webRequest.onErrorOccurred(details => {
      if (details.url === broken) seen.push([details.url, details.error.startsWith('net::ERR_')])
    })
    await webContents.loadURL(begin)
    await webContents.loadURL(broken).catch(() => {})
    await until(() => seen.length >= 2, 'both')
    assert.deepEqual(seen.slice(0, 2), [
      [begin, end],
      [broken, true],
    ])
  })

  it('a listener set to null is gone, and a later one replaces an earlier one', async t => {
    const { own, webContents } = withSession(t)
    let first = 0
    let second = 0
    own.webRequest.onBeforeRequest((_, callback) => {
      first++
      callback({})
    })
    own.webRequest.onBeforeRequest((_, callback) => {
      second++
      callback({})
    })
    await webContents.loadURL(t.server.page('<p>x'))
    const counted = second
    assert.ok(first === 0 && counted > 0)
    own.webRequest.onBeforeRequest(null)
    await webContents.loadURL(t.server.page('<p>x'))
    assert.equal(second, counted)
  })

  it('a listener sees requests of frames, workers and fetch', async t => {
    const { own, webContents } = withSession(t)
    const worker = t.server.route((_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/javascript' })
        .end(`fetch('/from-worker').then(() => postMessage(1))`)
    })
    const seen: string[] = []
    own.webRequest.onBeforeRequest((details, callback) => {
      seen.push(new URL(details.url).pathname)
      callback({})
    })
    await webContents.loadURL(t.server.page('<p>x'))
    await inPage(
      webContents,
      `(async () => {
        await fetch('/from-page')
        await new Promise(resolve => { new Worker(${JSON.stringify(worker)}).onmessage = resolve })
      })()`,
    )
    assert.ok(
      ['/from-page', '/from-worker', new URL(worker).pathname].every(path => seen.includes(path)),
      String(seen),
    )
  })
})
