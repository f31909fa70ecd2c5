// webContents: loading and navigation, with the order and the arguments of the events.
import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { pathToFileURL } from 'node:url'
import type { WebContents } from 'electron'
import {
  collect,
  emitterOf,
  inPage,
  next,
  openPage,
  openWindow,
  type PageCase,
  until,
} from '../harness/page.ts'
import { chapter, it } from './registry.ts'

/** Records the names of these events, in order. */
function recordOrder(t: PageCase, contents: WebContents, ...names: string[]): string[] {
  const order: string[] = []
  for (const name of names) {
    const listener = (): void => void order.push(name)
    emitterOf(contents).on(name, listener)
    t.defer(() => emitterOf(contents).removeListener(name, listener))
  }
  return order
}

/** A page that is not answered until `release` is called. */
function heldPage(
  t: PageCase,
  host?: string,
): { url: string; asked: Promise<void>; release: (body: string) => void } {
  let held: ServerResponse | undefined
  let arrived: () => void = () => {}
  const asked = new Promise<void>(resolve => {
    arrived = resolve
  })
  const url = t.server.route((_, response) => {
    held = response
    arrived()
  }, host)
  t.defer(() => held?.destroy())
  return { url, asked, release: body => held?.writeHead(200, { 'content-type': 'text/html' }).end(body) }
}

const loadError = (contents: WebContents, url: string): Promise<NodeJS.ErrnoException & { url?: string }> =>
  contents.loadURL(url).then(
    () => assert.fail('it loaded'),
    error => error,
  )

chapter('navigation', () => {
  it('the events of a load come in the documented order', async t => {
    const { webContents } = openWindow(t)
    const order = recordOrder(
      t,
      webContents,
      'did-start-navigation',
      'did-frame-navigate',
      'did-navigate',
      'dom-ready',
      'did-finish-load',
      'did-stop-loading',
    )
    const stopped = next(webContents, 'did-stop-loading')
    await webContents.loadURL(t.server.page('<title>order</title>'))
    await stopped
    assert.deepEqual(order, [
      'did-start-navigation',
      'did-frame-navigate',
      'did-navigate',
      'dom-ready',
      'did-finish-load',
      'did-stop-loading',
    ])
  })

  it('did-start-loading comes first and did-stop-loading last, and isLoading agrees', async t => {
    const { webContents } = openWindow(t)
    const states: unknown[] = []
    webContents.on('did-start-loading', () => states.push(['start', webContents.isLoading()]))
    webContents.on('did-finish-load', () => states.push('finish'))
    webContents.on('did-stop-loading', () => states.push(['stop', webContents.isLoading()]))
    const stopped = next(webContents, 'did-stop-loading')
    await webContents.loadURL(t.server.page('<p>x'))
    await stopped
    assert.deepEqual(states, [['start', true], 'finish', ['stop', false]])
  })

  it('did-start-navigation describes the navigation', async t => {
    const { webContents } = openWindow(t)
    const url = t.server.page('<p>x')
    const started = next(webContents, 'did-start-navigation')
    await webContents.loadURL(url)
    const [details] = (await started) as [{ url: string; isSameDocument: boolean; isMainFrame: boolean }]
    assert.deepEqual([details.url, details.isSameDocument, details.isMainFrame], [url, false, true])
  })

  it('did-navigate has the url, the status and its text', async t => {
    const { webContents } = openWindow(t)
    const url = t.server.page({ body: '<p>teapot', status: 404 })
    const navigated = next(webContents, 'did-navigate')
    await webContents.loadURL(url)
    assert.deepEqual((await navigated).slice(1), [url, 404, 'Not Found'])
    assert.equal(webContents.getURL(), url)
  })

  it('did-frame-navigate has the arguments for the main frame and for a subframe', async t => {
    const { webContents } = openWindow(t)
    const inner = t.server.page('<p>inner', 'b')
    const outer = t.server.page(`<iframe src="${inner}"></iframe>`)
    const frames = collect(t, webContents, 'did-frame-navigate', (_, url, status, text, isMain) => [
      url,
      status,
      text,
      isMain,
    ])
    await webContents.loadURL(outer)
    assert.deepEqual(await frames.count(2), [
      [outer, 200, 'OK', true],
      [inner, 200, 'OK', false],
    ])
  })

  it('loadURL resolves when the page has finished loading, subresources included', async t => {
    const { webContents } = openWindow(t)
    const script = t.server.route((_, response) => {
      setTimeout(
        () => response.writeHead(200, { 'content-type': 'text/javascript' }).end('window.late = 1'),
        100,
      )
    })
    await webContents.loadURL(t.server.page(`<script async src="${script}"></script>`))
    assert.equal(await inPage(webContents, 'window.late'), 1)
  })

  it('loadURL sends extra headers, a referrer and a user agent', async t => {
    const { webContents } = openWindow(t)
    const url = t.server.page('<p>x')
    await webContents.loadURL(url, {
      extraHeaders: 'x-conformance: yes\nx-second: also',
      httpReferrer: `${t.server.origin()}/came-from`,
      userAgent: 'Conformance/1.0',
    })
    const [request] = t.server.requestsTo(url)
    assert.deepEqual(
      [request?.headers['x-conformance'], request?.headers['x-second'], request?.headers.referer],
      ['yes', 'also', `${t.server.origin()}/came-from`],
    )
    assert.equal(request?.headers['user-agent'], 'Conformance/1.0')
    assert.equal(await inPage(webContents, 'navigator.userAgent'), 'Conformance/1.0')
  })

  it('loadURL can post data', async t => {
    const { webContents } = openWindow(t)
    let body = ''
    const url = t.server.route((request, response) => {
      request.on('data', chunk => {
        body += chunk
      })
      request.on('end', () => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>posted'))
    })
    await webContents.loadURL(url, {
      postData: [{ type: 'rawData', bytes: Buffer.from('a=1&b=2') }],
      extraHeaders: 'content-type: application/x-www-form-urlencoded',
    })
    assert.deepEqual([t.server.requestsTo(url)[0]?.method, body], ['POST', 'a=1&b=2'])
  })

  it('data: and about:blank load', async t => {
    const { webContents } = openWindow(t)
    await webContents.loadURL('data:text/html,<title>data page</title>')
    assert.equal(await inPage(webContents, 'document.title'), 'data page')
    await webContents.loadURL('about:blank')
    assert.equal(webContents.getURL(), 'about:blank')
  })

  it('loadFile loads a file, with query and hash', async t => {
    const { webContents } = openWindow(t)
    const file = new URL('../fixtures/page.html', import.meta.url)
    await webContents.loadFile(file.pathname, { query: { q: 'a b' }, hash: 'there' })
    const url = new URL(webContents.getURL())
    assert.deepEqual(
      [url.protocol, url.pathname, url.searchParams.get('q'), url.hash],
      ['file:', pathToFileURL(file.pathname).pathname, 'a b', '#there'],
    )
    assert.equal(await inPage(webContents, 'document.title'), 'a page from a file')
  })

  it('an unreachable port fails with ERR_CONNECTION_REFUSED', async t => {
    const { webContents } = openWindow(t)
    const url = 'http://127.0.0.1:1/nothing'
    const failed = next(webContents, 'did-fail-load')
    const error = await loadError(webContents, url)
    const [, code, description, failedUrl, isMainFrame] = await failed
    assert.ok(code === -102 || code === -312, `code ${String(code)}`)
    assert.match(String(description), /ERR_CONNECTION_REFUSED|ERR_UNSAFE_PORT/)
    assert.deepEqual([failedUrl, isMainFrame], [url, true])
    assert.deepEqual([error.code, error.errno, error.url], [description, code, url])
  })

  it('a port that nobody listens to fails with -102', async t => {
    const { webContents } = openWindow(t)
    const url = `http://127.0.0.1:${await freePort()}/`
    const failed = next(webContents, 'did-fail-load')
    const error = await loadError(webContents, url)
    assert.deepEqual((await failed).slice(1, 5), [-102, 'ERR_CONNECTION_REFUSED', url, true])
    assert.equal(error.message, `ERR_CONNECTION_REFUSED (-102) loading '${url}'`)
  })

  it('a name that does not resolve fails with ERR_NAME_NOT_RESOLVED', async t => {
    const { webContents } = openWindow(t)
    const error = await loadError(webContents, 'http://does-not-exist.invalid/')
    assert.deepEqual([error.code, error.errno], ['ERR_NAME_NOT_RESOLVED', -105])
  })

  it('an address that is none fails with ERR_INVALID_URL', async t => {
    const { webContents } = openWindow(t)
    const error = await loadError(webContents, 'not an address')
    assert.deepEqual([error.code, error.errno], ['ERR_INVALID_URL', -300])
  })

  it('a file that does not exist fails with ERR_FILE_NOT_FOUND', async t => {
    const { webContents } = openWindow(t)
    const error = await loadError(webContents, 'file:///there/is/no/such/file.html')
    assert.deepEqual([error.code, error.errno], ['ERR_FILE_NOT_FOUND', -6])
  })

  it('a server that breaks off the connection fails the load', async t => {
    const { webContents } = openWindow(t)
    const url = t.server.route(request => void request.socket.destroy())
    const error = await loadError(webContents, url)
    assert.ok(['ERR_EMPTY_RESPONSE', 'ERR_CONNECTION_RESET'].includes(String(error.code)), String(error.code))
  })

  it('a failed subframe is reported with isMainFrame false and does not fail the page', async t => {
    const { webContents } = openWindow(t)
    const inner = `http://127.0.0.1:${await freePort()}/`
    const failed = next(webContents, 'did-fail-load')
    await webContents.loadURL(t.server.page(`<iframe src="${inner}"></iframe>`))
    const [, code, , url, isMainFrame] = await failed
    assert.deepEqual([code, url, isMainFrame], [-102, inner, false])
  })

  it('after a failed load the contents can load again', async t => {
    const { webContents } = openWindow(t)
    await loadError(webContents, `http://127.0.0.1:${await freePort()}/`)
    await webContents.loadURL(t.server.page('<title>recovered</title>'))
    assert.equal(webContents.getTitle(), 'recovered')
  })

  it('a load that another one replaces is rejected with ERR_ABORTED', async t => {
    const { webContents } = openWindow(t)
    const held = heldPage(t)
    const first = loadError(webContents, held.url)
    await held.asked
    await webContents.loadURL(t.server.page('<title>second</title>'))
    assert.deepEqual([(await first).code, (await first).errno], ['ERR_ABORTED', -3])
    assert.equal(webContents.getTitle(), 'second')
  })

  it('stop ends a pending load, and the page before stays', async t => {
    const { webContents } = await openPage(t, '<title>before</title>')
    const before = webContents.getURL()
    const held = heldPage(t)
    const pending = loadError(webContents, held.url)
    await held.asked
    assert.deepEqual([webContents.isLoading(), webContents.isWaitingForResponse()], [true, true])
    const stopped = next(webContents, 'did-stop-loading')
    webContents.stop()
    assert.equal((await pending).code, 'ERR_ABORTED')
    await stopped
    assert.deepEqual([webContents.getURL(), webContents.isLoading()], [before, false])
  })

  it('isLoadingMainFrame is false while only a subframe loads', async t => {
    const held = heldPage(t, 'b')
    const { webContents } = await openPage(t)
    await until(() => !webContents.isLoading(), 'the page to be done')
    await inPage(
      webContents,
      `document.body.append(Object.assign(document.createElement('iframe'), { src: ${JSON.stringify(held.url)} }))`,
    )
    await held.asked
    await until(() => webContents.isLoading(), 'the subframe to load')
    assert.equal(webContents.isLoadingMainFrame(), false)
    const stopped = next(webContents, 'did-stop-loading')
    held.release('<p>inner')
    await stopped
    assert.equal(webContents.isLoading(), false)
  })

  it('a redirect is announced by will-redirect, then did-redirect-navigation, and did-navigate has its end', async t => {
    const { webContents } = openWindow(t)
    const end = t.server.page('<p>end', 'b')
    const begin = t.server.route((_, response) => void response.writeHead(302, { location: end }).end())
    const seen: unknown[] = []
    webContents.on('will-redirect', details => seen.push(['will-redirect', details.url, details.isMainFrame]))
    webContents.on('did-redirect-navigation', details => seen.push(['did-redirect-navigation', details.url]))
    webContents.on('did-navigate', (_, url) => seen.push(['did-navigate', url]))
    await webContents.loadURL(begin)
    assert.deepEqual(seen, [
      ['will-redirect', end, true],
      ['did-redirect-navigation', end],
      ['did-navigate', end],
    ])
  })

  it('will-redirect can prevent the navigation', async t => {
    const { webContents } = await openPage(t, '<title>before</title>')
    const before = webContents.getURL()
    const end = t.server.page('<p>end')
    const begin = t.server.route((_, response) => void response.writeHead(302, { location: end }).end())
    webContents.on('will-redirect', details => details.preventDefault())
    await loadError(webContents, begin)
    assert.equal(webContents.getURL(), before)
    assert.equal(t.server.requestsTo(end).length, 0)
  })

  it('a navigation of the page is announced by will-frame-navigate and will-navigate; loadURL is not', async t => {
    const { webContents } = await openPage(t)
    const target = t.server.page('<p>target', 'b')
    const order: unknown[] = []
    webContents.on('will-frame-navigate', details =>
      order.push(['will-frame-navigate', details.url, details.isMainFrame]),
    )
    webContents.on('will-navigate', details =>
      order.push(['will-navigate', details.url, details.isMainFrame]),
    )
    webContents.on('did-navigate', () => order.push('did-navigate'))
    const loaded = next(webContents, 'did-finish-load')
    await inPage(webContents, `location.href = ${JSON.stringify(target)}; undefined`)
    await loaded
    await webContents.loadURL(t.server.page('<p>programmatic'))
    assert.deepEqual(order, [
      ['will-frame-navigate', target, true],
      ['will-navigate', target, true],
      'did-navigate',
      'did-navigate',
    ])
  })

  it('will-navigate can prevent a link, a script and a form from navigating', async t => {
    const target = t.server.page('<p>target')
    const { webContents } = await openPage(
      t,
      `<a id="link" href="${target}">link</a><form id="form" action="${target}"></form>`,
    )
    const before = webContents.getURL()
    const prevented = collect(t, webContents, 'will-navigate', event => {
      const details = event as { preventDefault(): void; url: string }
      details.preventDefault()
      return details.url.replace('?', '')
    })
    for (const [index, attempt] of [
      'document.getElementById("link").click()',
      `location.assign(${JSON.stringify(target)})`,
      'document.getElementById("form").submit()',
    ].entries()) {
      await inPage(webContents, `${attempt}; undefined`)
      await prevented.count(index + 1)
    }
    assert.deepEqual(prevented.items, [target, target, target])
    assert.equal(await inPage(webContents, 'location.href'), before)
    assert.equal(t.server.requestsTo(target).length, 0)
  })

  it('will-frame-navigate covers subframes and can prevent them', async t => {
    const target = t.server.page('<p>target', 'c')
    const inner = t.server.page(
      `<script>onmessage = () => { location.href = ${JSON.stringify(target)} }</script>`,
      'b',
    )
    const { webContents } = await openPage(t, `<iframe src="${inner}"></iframe>`)
    const announced = next(webContents, 'will-frame-navigate')
    const mainFrameEvents = collect(t, webContents, 'will-navigate', () => 'will-navigate')
    emitterOf(webContents).on('will-frame-navigate', details => (details as Event).preventDefault())
    await inPage(webContents, `frames[0].postMessage('go', '*')`)
    const [details] = (await announced) as [{ url: string; isMainFrame: boolean }]
    assert.deepEqual([details.url, details.isMainFrame, mainFrameEvents.items], [target, false, []])
    await inPage(webContents, '1')
    assert.equal(t.server.requestsTo(target).length, 0)
  })

  it('hash and pushState are in-page navigations: did-navigate-in-page, no will-navigate, no did-navigate', async t => {
    const { webContents } = await openPage(t)
    const url = webContents.getURL()
    const others = collect(t, webContents, 'will-navigate', () => 'will-navigate')
    const navigated = collect(t, webContents, 'did-navigate', () => 'did-navigate')
    const inPageEvents = collect(t, webContents, 'did-navigate-in-page', (_, to, isMain) => [to, isMain])
    await inPage(webContents, `location.hash = 'there'; undefined`)
    await inPageEvents.count(1)
    await inPage(webContents, `history.pushState({}, '', '?pushed'); undefined`)
    await inPageEvents.count(2)
    assert.deepEqual(inPageEvents.items, [
      [`${url}#there`, true],
      [`${url}?pushed`, true],
    ])
    assert.deepEqual([others.items, navigated.items, webContents.getURL()], [[], [], `${url}?pushed`])
  })

  it('did-start-navigation of an in-page navigation says isSameDocument', async t => {
    const { webContents } = await openPage(t)
    const started = next(webContents, 'did-start-navigation')
    await inPage(webContents, `location.hash = 'x'; undefined`)
    assert.equal(((await started)[0] as { isSameDocument: boolean }).isSameDocument, true)
  })

  it('page-title-updated has the title, and getTitle returns it', async t => {
    const { webContents } = openWindow(t)
    const titles = collect(t, webContents, 'page-title-updated', (_, title, explicit) => [title, explicit])
    await webContents.loadURL(t.server.page('<title>first</title>'))
    await titles.count(1)
    await inPage(webContents, `document.title = 'second'; undefined`)
    await titles.count(2)
    assert.deepEqual(titles.items, [
      ['first', true],
      ['second', true],
    ])
    assert.equal(webContents.getTitle(), 'second')
  })

  it('page-favicon-updated has the addresses of the icons', async t => {
    const { webContents } = openWindow(t)
    const icon = t.server.route(
      (_, response) => void response.writeHead(200, { 'content-type': 'image/png' }).end(),
    )
    const updated = next(webContents, 'page-favicon-updated')
    await webContents.loadURL(t.server.page(`<link rel="icon" href="${icon}">`))
    assert.deepEqual((await updated)[1], [icon])
  })

  it('reload loads the page again, reloadIgnoringCache past the cache', async t => {
    let count = 0
    const url = t.server.route((_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html', 'cache-control': 'max-age=3600' })
        .end(`${++count}`)
    })
    const { webContents } = await openPage(t, url)
    for (const reload of ['reload', 'reloadIgnoringCache'] as const) {
      const loaded = next(webContents, 'did-finish-load')
      webContents[reload]()
      await loaded
    }
    const requests = t.server.requestsTo(url)
    assert.equal(requests.at(-1)?.headers['cache-control'], 'no-cache')
    assert.equal(await inPage(webContents, 'document.body.textContent'), String(requests.length))
  })

  it('navigationHistory goes back and forward and lists its entries', async t => {
    const urls = ['one', 'two', 'three'].map(name => t.server.page(`<title>${name}</title>`))
    const { webContents } = openWindow(t)
    const { navigationHistory } = webContents
    for (const url of urls) await webContents.loadURL(url)
    assert.deepEqual([navigationHistory.length(), navigationHistory.getActiveIndex()], [3, 2])
    assert.deepEqual(
      navigationHistory.getAllEntries().map(({ url, title }) => ({ url, title })),
      urls.map((url, index) => ({ url, title: ['one', 'two', 'three'][index] })),
    )
    assert.deepEqual([navigationHistory.canGoBack(), navigationHistory.canGoForward()], [true, false])
    const back = next(webContents, 'did-navigate')
    navigationHistory.goBack()
    assert.equal((await back)[1], urls[1])
    assert.equal(navigationHistory.getActiveIndex(), 1)
    const forward = next(webContents, 'did-navigate')
    navigationHistory.goForward()
    assert.equal((await forward)[1], urls[2])
  })

  it('navigationHistory goes to an index and to an offset', async t => {
    const urls = ['one', 'two', 'three', 'four'].map(name => t.server.page(`<title>${name}</title>`))
    const { webContents } = openWindow(t)
    const { navigationHistory } = webContents
    for (const url of urls) await webContents.loadURL(url)
    const first = next(webContents, 'did-navigate')
    navigationHistory.goToIndex(0)
    assert.equal((await first)[1], urls[0])
    const third = next(webContents, 'did-navigate')
    navigationHistory.goToOffset(2)
    assert.equal((await third)[1], urls[2])
    assert.deepEqual(
      [-2, 1, 2, -3].map(offset => navigationHistory.canGoToOffset(offset)),
      [true, true, false, false],
    )
    assert.equal(navigationHistory.getEntryAtIndex(1)?.url, urls[1])
    assert.equal(navigationHistory.getEntryAtIndex(9), null)
  })

  it('going back does not emit will-navigate', async t => {
    const { webContents } = await openPage(t)
    await webContents.loadURL(t.server.page('<p>two'))
    const announced = collect(t, webContents, 'will-navigate', () => 1)
    const done = next(webContents, 'did-finish-load')
    webContents.navigationHistory.goBack()
    await done
    assert.deepEqual(announced.items, [])
  })

  it('in-page entries are in the history, and history.back of the page moves in it', async t => {
    const { webContents } = await openPage(t)
    const url = webContents.getURL()
    await inPage(webContents, `history.pushState(null, '', '?one'); history.pushState(null, '', '?two')`)
    await until(() => webContents.navigationHistory.length() === 3, 'three entries')
    const moved = next(webContents, 'did-navigate-in-page')
    await inPage(webContents, 'history.back()')
    assert.equal((await moved)[1], `${url}?one`)
    assert.equal(webContents.navigationHistory.getActiveIndex(), 1)
  })

  it('navigationHistory.clear leaves the current page only', async t => {
    const { webContents } = await openPage(t)
    const url = t.server.page('<p>two')
    await webContents.loadURL(url)
    webContents.navigationHistory.clear()
    await until(() => webContents.navigationHistory.length() === 1, 'one entry')
    assert.deepEqual(
      webContents.navigationHistory.getAllEntries().map(entry => entry.url),
      [url],
    )
    assert.equal(webContents.navigationHistory.canGoBack(), false)
  })

  it('removeEntryAtIndex removes an entry but not the active one', async t => {
    const urls = ['one', 'two'].map(name => t.server.page(`<title>${name}</title>`))
    const { webContents } = openWindow(t)
    for (const url of urls) await webContents.loadURL(url)
    const { navigationHistory } = webContents
    assert.equal(navigationHistory.removeEntryAtIndex(1), false)
    assert.equal(navigationHistory.removeEntryAtIndex(0), true)
    assert.deepEqual(
      navigationHistory.getAllEntries().map(({ url }) => url),
      [urls[1]],
    )
  })

  it('navigationHistory.restore brings entries back and loads the chosen one', async t => {
    const urls = ['one', 'two', 'three'].map(name => t.server.page(`<title>${name}</title>`))
    const { webContents } = openWindow(t)
    await webContents.navigationHistory.restore({
      index: 1,
      entries: urls.map((url, index) => ({ url, title: `title ${index}` })),
    })
    assert.equal(webContents.getURL(), urls[1])
    assert.deepEqual(
      [webContents.navigationHistory.length(), webContents.navigationHistory.canGoForward()],
      [3, true],
    )
    const back = next(webContents, 'did-navigate')
    webContents.navigationHistory.goBack()
    assert.equal((await back)[1], urls[0])
  })

  it('each site has a process of its own', async t => {
    const one = await openPage(t, t.server.page('<p>a', 'a'))
    const two = await openPage(t, t.server.page('<p>b', 'b'))
    const pids = [one, two].map(({ webContents }) => webContents.getOSProcessId())
    assert.ok(pids.every(pid => Number.isInteger(pid) && pid > 0) && pids[0] !== pids[1], String(pids))
    for (const pid of pids) process.kill(pid, 0)
    await one.webContents.loadURL(t.server.page('<p>c', 'c'))
    assert.notEqual(one.webContents.getOSProcessId(), pids[1])
  })

  it('a page that never stops loading can be left', async t => {
    const { webContents } = openWindow(t)
    const endless = t.server.route((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).write('<title>endless</title><p>still coming')
    })
    const pending = webContents.loadURL(endless)
    pending.catch(() => {})
    await until(() => webContents.getTitle() === 'endless', 'the beginning of the page')
    assert.equal(webContents.isLoading(), true)
    await webContents.loadURL(t.server.page('<title>left</title>'))
    assert.equal(webContents.getTitle(), 'left')
  })
})

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>(resolve => server.close(() => resolve()))
  return typeof address === 'object' && address ? address.port : 1
}
