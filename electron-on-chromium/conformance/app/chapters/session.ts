// session: partitions, cookies, storage, permissions, downloads, proxies, preload scripts, fetch.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { app, type DownloadItem, net, type Session, session } from 'electron'
import {
  collect,
  inPage,
  next,
  openPage,
  openWindow,
  type PageCase,
  preloadPath,
  until,
} from '../harness/page.ts'
import { assertSame } from '../harness/same.ts'
import { chapter, it } from './registry.ts'

let partitions = 0
const freshPartition = (): string => `conformance-${++partitions}`

const portOf = (server: Server): number => (server.address() as AddressInfo).port

const openIn = async (t: PageCase, partition: string, document?: string) =>
  (await openPage(t, document, { webPreferences: { partition } })).webContents

chapter('session', () => {
  it('the default session is that of contents without a partition, and persists', async t => {
    const { webContents } = await openPage(t)
    assertSame(webContents.session, session.defaultSession)
    assert.deepEqual(
      [session.defaultSession.isPersistent(), session.defaultSession.getStoragePath()],
      [true, app.getPath('userData')],
    )
  })

  it('one partition name is one session; without persist: it is in memory', () => {
    const name = freshPartition()
    const one = session.fromPartition(name)
    assertSame(session.fromPartition(name), one)
    assert.ok(session.fromPartition(freshPartition()) !== one)
    assert.deepEqual([one.isPersistent(), one.getStoragePath()], [false, null])
    assertSame(session.fromPartition(''), session.defaultSession)
  })

  it('of service workers none runs where none was started, and an unknown one is an error', () => {
    const { serviceWorkers } = session.fromPartition(freshPartition())
    assert.deepEqual(serviceWorkers.getAllRunning(), {})
    assert.throws(() => serviceWorkers.getInfoFromVersionID(999_999))
  })

  it('contents get the session of their partition', async t => {
    const name = freshPartition()
    const contents = await openIn(t, name)
    assertSame(contents.session, session.fromPartition(name))
  })

  it('contents get the session they are given', async t => {
    const own = session.fromPartition(freshPartition())
    const { webContents } = openWindow(t, { webPreferences: { session: own } })
    assertSame(webContents.session, own)
  })

  it('cookies and storage of one partition are not seen in another', async t => {
    const page = t.server.page('<p>x')
    const [one, two] = [await openIn(t, freshPartition(), page), await openIn(t, freshPartition(), page)]
    await inPage(one, `document.cookie = 'a=1'; localStorage.setItem('b', '2')`)
    assert.deepEqual(await inPage(one, `[document.cookie, localStorage.getItem('b')]`), ['a=1', '2'])
    assert.deepEqual(await inPage(two, `[document.cookie, localStorage.getItem('b')]`), ['', null])
  })

  it('two pages of one partition share cookies and storage', async t => {
    const [name, page] = [freshPartition(), t.server.page('<p>x')]
    const [one, two] = [await openIn(t, name, page), await openIn(t, name, page)]
    await inPage(one, `document.cookie = 'a=1'; localStorage.setItem('b', '2')`)
    await until(async () => (await inPage(two, `localStorage.getItem('b')`)) === '2', 'shared storage')
    assert.equal(await inPage(two, 'document.cookie'), 'a=1')
  })

  it('cookies can be set, read with a filter, and removed', async () => {
    const { cookies } = session.fromPartition(freshPartition())
    const url = 'http://a.localhost/'
    await cookies.set({ url, name: 'plain', value: '1' })
    await cookies.set({ url, name: 'full', value: '2', httpOnly: true, path: '/sub', sameSite: 'strict' })
    await cookies.set({
      url: 'http://b.localhost/',
      name: 'other',
      value: '3',
      expirationDate: Date.now() / 1000 + 999,
    })
    const names = async (filter: Parameters<typeof cookies.get>[0]): Promise<string[]> =>
      (await cookies.get(filter)).map(({ name }) => name).sort()
    assert.deepEqual(await names({}), ['full', 'other', 'plain'])
    assert.deepEqual(await names({ url }), ['plain'])
    assert.deepEqual(await names({ name: 'full' }), ['full'])
    assert.deepEqual(await names({ session: false }), ['other'])
    const [full] = await cookies.get({ name: 'full' })
    assert.deepEqual(
      [full?.value, full?.httpOnly, full?.path, full?.sameSite, full?.hostOnly, full?.domain, full?.session],
      ['2', true, '/sub', 'strict', true, 'a.localhost', true],
    )
    await cookies.remove(url, 'plain')
    assert.deepEqual(await names({}), ['full', 'other'])
    await cookies.flushStore()
  })

  it('a cookie that is set is sent, and a cookie of the server is read', async t => {
    const name = freshPartition()
    const { cookies } = session.fromPartition(name)
    await cookies.set({ url: t.server.origin(), name: 'ours', value: 'yes' })
    const url = t.server.page({ body: '<p>x', headers: { 'set-cookie': 'theirs=1; HttpOnly' } })
    await openIn(t, name, url)
    assert.equal(t.server.requestsTo(url)[0]?.headers.cookie, 'ours=yes')
    assert.equal((await cookies.get({ name: 'theirs' }))[0]?.value, '1')
  })

  it('an invalid cookie is refused', async () => {
    const { cookies } = session.fromPartition(freshPartition())
    await assert.rejects(cookies.set({ url: '', name: 'a', value: '1' }))
    await assert.rejects(
      cookies.set({ url: 'http://a.localhost', name: 'a', value: '1', domain: 'other.example' }),
    )
  })

  it('changed is emitted with the cookie, the cause and whether it was removed', async t => {
    const { cookies } = session.fromPartition(freshPartition())
    const changes = collect(t, cookies, 'changed', (_, cookie, cause, removed) => [
      (cookie as { name: string; value: string }).value,
      cause,
      removed,
    ])
    const url = 'http://a.localhost/'
    await cookies.set({ url, name: 'watched', value: 'one' })
    await changes.count(1)
    await cookies.remove(url, 'watched')
    await changes.count(2)
    assert.equal(changes.items[0]?.[0], 'one')
    assert.equal(changes.items[0]?.[2], false)
    assert.deepEqual(changes.items[1], ['one', 'explicit', true])
  })

  it('clearStorageData clears cookies and storage', async t => {
    const name = freshPartition()
    const contents = await openIn(t, name)
    await inPage(contents, `document.cookie = 'a=1'; localStorage.setItem('b', '2')`)
    await session.fromPartition(name).clearStorageData()
    assert.deepEqual(await session.fromPartition(name).cookies.get({}), [])
    const loaded = next(contents, 'did-finish-load')
    contents.reload()
    await loaded
    assert.deepEqual(await inPage(contents, `[document.cookie, localStorage.getItem('b')]`), ['', null])
  })

  it('clearStorageData clears only the storages and the origin it is told', async t => {
    const name = freshPartition()
    const own = session.fromPartition(name)
    const [a, b] = [
      await openIn(t, name, t.server.page('a', 'a')),
      await openIn(t, name, t.server.page('b', 'b')),
    ]
    for (const contents of [a, b])
      await inPage(contents, `document.cookie = 'c=1'; localStorage.setItem('s', '1')`)
    await own.clearStorageData({ origin: t.server.origin('a'), storages: ['localstorage'] })
    assert.equal((await own.cookies.get({})).length, 2)
    for (const contents of [a, b]) {
      const loaded = next(contents, 'did-finish-load')
      contents.reload()
      await loaded
    }
    assert.deepEqual(
      [await inPage(a, `localStorage.getItem('s')`), await inPage(b, `localStorage.getItem('s')`)],
      [null, '1'],
    )
  })

  it('the permission request handler decides, and is told who asks for what', async t => {
    const name = freshPartition()
    const own = session.fromPartition(name)
    const asked: unknown[] = []
    own.setPermissionRequestHandler((contents, permission, callback, details) => {
      asked.push([contents.id, permission, new URL(details.requestingUrl).origin, details.isMainFrame])
      callback(asked.length > 1)
    })
    const contents = await openIn(t, name)
    const request = (): Promise<unknown> => inPage(contents, 'Notification.requestPermission()')
    assert.equal(await request(), 'denied')
    assert.deepEqual(asked, [[contents.id, 'notifications', t.server.origin(), true]])
  })

  it('a permission that the request handler grants is granted to the page', async t => {
    const name = freshPartition()
    const own = session.fromPartition(name)
    own.setPermissionRequestHandler((_, __, callback) => callback(true))
    const contents = await openIn(t, name)
    assert.equal(await inPage(contents, 'Notification.requestPermission()'), 'granted')
  })

  it('a denied geolocation request fails in the page', async t => {
    const name = freshPartition()
    const asked: string[] = []
    session.fromPartition(name).setPermissionRequestHandler((_, permission, callback) => {
      asked.push(permission)
      callback(false)
    })
    const contents = await openIn(t, name)
    const code = await inPage(
      contents,
      `new Promise(resolve => navigator.geolocation.getCurrentPosition(() => resolve('granted'), error => resolve(error.code)))`,
    )
    assert.deepEqual([asked, code], [['geolocation'], 1])
  })

  it('the permission check handler answers navigator.permissions.query', async t => {
    const name = freshPartition()
    const checked: string[] = []
    session.fromPartition(name).setPermissionCheckHandler((_, permission) => {
      checked.push(permission)
      return permission !== 'geolocation'
    })
    const contents = await openIn(t, name)
    const state = (permission: string): Promise<unknown> =>
      inPage(contents, `navigator.permissions.query({ name: '${permission}' }).then(({ state }) => state)`)
    assert.notEqual(await state('geolocation'), 'granted')
    assert.equal(await state('notifications'), 'granted')
    assert.ok(checked.includes('geolocation') && checked.includes('notifications'), String(checked))
  })

  it('a handler set to null is gone', async t => {
    const own = session.fromPartition(freshPartition())
    own.setPermissionRequestHandler(() => assert.fail('called'))
    own.setPermissionRequestHandler(null)
    own.setPermissionCheckHandler(() => false)
    own.setPermissionCheckHandler(null)
    const { webContents } = await openPage(t, undefined, { webPreferences: { session: own } })
    await inPage(
      webContents,
      `navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)`,
    )
  })

  it('ses.fetch uses the cookies of its session', async t => {
    const own = session.fromPartition(freshPartition())
    await own.cookies.set({ url: t.server.origin(), name: 'fetched', value: 'with' })
    const url = t.server.page('fetched')
    const response = await own.fetch(url)
    assert.deepEqual([response.status, await response.text()], [200, 'fetched'])
    assert.equal(t.server.requestsTo(url)[0]?.headers.cookie, 'fetched=with')
  })

  it('setUserAgent of a session counts for new contents', async t => {
    const name = freshPartition()
    session.fromPartition(name).setUserAgent('Conformance/3.0')
    assert.equal(session.fromPartition(name).getUserAgent(), 'Conformance/3.0')
    const contents = await openIn(t, name)
    assert.equal(await inPage(contents, 'navigator.userAgent'), 'Conformance/3.0')
  })

  it('will-download announces a download, which is saved where it is told', async t => {
    const name = freshPartition()
    const path = join(app.getPath('userData'), `${name}.bin`)
    const bytes = Buffer.from('the contents of the file')
    const url = t.server.route((_, response) => {
      response
        .writeHead(200, {
          'content-type': 'application/octet-stream',
          'content-disposition': 'attachment; filename="offered.bin"',
          'content-length': bytes.length,
        })
        .end(bytes)
    })
    const contents = await openIn(t, name)
    const before = contents.getURL()
    const announced = next(session.fromPartition(name), 'will-download')
    session.fromPartition(name).once('will-download', (_, item) => item.setSavePath(path))
    await inPage(contents, `location.href = ${JSON.stringify(url)}; undefined`)
    const [, item, by] = (await announced) as [unknown, DownloadItem, unknown]
    assert.equal((await next(item, 'done'))[1], 'completed')
    assert.deepEqual(
      [
        item.getFilename(),
        item.getURL(),
        item.getMimeType(),
        item.getState(),
        item.getReceivedBytes(),
        by === contents,
      ],
      ['offered.bin', url, 'application/octet-stream', 'completed', bytes.length, true],
    )
    assert.deepEqual([item.getSavePath(), readFileSync(path, 'utf8')], [path, bytes.toString()])
    assert.equal(contents.getURL(), before)
  })

  it('will-download can be prevented', async t => {
    const name = freshPartition()
    const url = t.server.page({ body: 'x', headers: { 'content-disposition': 'attachment' } })
    const contents = await openIn(t, name)
    const announced = next(session.fromPartition(name), 'will-download')
    session.fromPartition(name).on('will-download', event => event.preventDefault())
    await inPage(contents, `location.href = ${JSON.stringify(url)}; undefined`)
    const item = (await announced)[1] as DownloadItem
    await until(() => {
      try {
        return item.getState() !== 'progressing'
      } catch {
        return true // Electron destroys the item of a prevented download.
      }
    }, 'the download to be cancelled')
  })

  it('ses.downloadURL starts a download that can be cancelled', async t => {
    const name = freshPartition()
    const own = session.fromPartition(name)
    const url = t.server.route((_, response) => {
      response
        .writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': 1_000_000 })
        .write('begin')
    })
    const path = join(app.getPath('userData'), `${name}.part`)
    const announced = next(own, 'will-download')
    own.once('will-download', (_, item) => item.setSavePath(path))
    own.downloadURL(url)
    const item = (await announced)[1] as DownloadItem
    const done = next(item, 'done')
    item.cancel()
    assert.deepEqual([(await done)[1], item.getState(), existsSync(path)], ['cancelled', 'cancelled', false])
  })

  it('setProxy sends requests to the proxy, and direct takes them back', async t => {
    const asked: string[] = []
    const proxy = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>by the proxy</title>')
    })
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
    t.defer(() => proxy.close())
    const { port } = proxy.address() as AddressInfo
    const name = freshPartition()
    const own = session.fromPartition(name)
    await own.setProxy({ proxyRules: `http=127.0.0.1:${port}`, proxyBypassRules: '<-loopback>' })
    assert.equal(await own.resolveProxy('http://example.test/'), `PROXY 127.0.0.1:${port}`)
    const { webContents } = openWindow(t, { webPreferences: { partition: name } })
    await webContents.loadURL('http://example.test/path')
    assert.deepEqual([webContents.getTitle(), asked[0]], ['by the proxy', 'http://example.test/path'])
    await own.setProxy({ mode: 'direct' })
    assert.equal(await own.resolveProxy('http://example.test/'), 'DIRECT')
  })

  it('registerPreloadScript runs a script before the preload of the page, in every page of the session', async t => {
    const name = freshPartition()
    const own = session.fromPartition(name)
    const id = own.registerPreloadScript({ type: 'frame', filePath: preloadPath('registered') })
    assert.ok(own.getPreloadScripts().some(script => script.id === id))
    const { webContents } = await openPage(t, undefined, {
      preload: null,
      webPreferences: { partition: name },
    })
    assert.equal(await inPage(webContents, 'registered.value'), 'from the session')
    own.unregisterPreloadScript(id)
    assert.ok(!own.getPreloadScripts().some(script => script.id === id))
  })

  it('getCacheSize resolves to a number', async () => {
    assert.equal(typeof (await session.fromPartition(freshPartition()).getCacheSize()), 'number')
  })

  it('closeAllConnections closes the connections that a session keeps', async t => {
    let open = 0
    const server = createServer((_request, response) => response.end('<title>kept</title>'))
    server.on('connection', socket => {
      open += 1
      socket.once('close', () => {
        open -= 1
      })
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    t.defer(() => server.closeAllConnections())
    t.defer(() => server.close())
    const contents = await openIn(t, freshPartition(), `http://127.0.0.1:${portOf(server)}/`)
    assert.ok(open > 0)
    await contents.session.closeAllConnections()
    await until(() => open === 0, 'the connections to be closed')
  })

  it('the default session takes a proxy while it runs, which asks app for its credentials by login', async t => {
    const expected = `Basic ${Buffer.from('name:secret').toString('base64')}`
    const asked: string[] = []
    const proxy = createServer((request, response) => {
      if (request.headers['proxy-authorization'] !== expected) {
        response.writeHead(407, { 'proxy-authenticate': 'Basic realm="door"' }).end()
        return
      }
      asked.push(request.url ?? '')
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>by the proxy</title>')
    })
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
    t.defer(() => proxy.close())
    const port = portOf(proxy)
    const direct = t.server.page('<title>straight</title>')
    const { webContents } = openWindow(t)
    await webContents.loadURL(direct)
    const login = next(app, 'login')
    const answer = (
      event: Electron.Event,
      _contents: unknown,
      _details: unknown,
      info: Electron.AuthInfo,
      callback: (name?: string, password?: string) => void,
    ): void => {
      if (!info.isProxy) return
      event.preventDefault()
      callback('name', 'secret')
    }
    app.on('login', answer)
    t.defer(() => app.removeListener('login', answer))
    t.defer(() => session.defaultSession.setProxy({ mode: 'direct' }))
    await session.defaultSession.setProxy({
      proxyRules: `127.0.0.1:${port}`,
      proxyBypassRules: '<-loopback>',
    })
    await webContents.loadURL('http://example.test/path')
    const info = (await login)[3] as { isProxy: boolean; host: string; port: number; realm: string }
    assert.deepEqual(
      [info.isProxy, info.host, info.port, info.realm, webContents.getTitle()],
      [true, '127.0.0.1', port, 'door', 'by the proxy'],
    )
    await webContents.loadURL(direct)
    assert.equal(webContents.getTitle(), 'by the proxy')
    assert.equal((await session.defaultSession.fetch('http://fetched.test/')).status, 200)
    assert.ok(['http://example.test/path', direct, 'http://fetched.test/'].every(url => asked.includes(url)))
    await session.defaultSession.setProxy({ mode: 'direct' })
    await webContents.loadURL(direct)
    assert.equal(webContents.getTitle(), 'straight')
  })

  it('a proxy of the default session is not that of a partition', async t => {
    const direct = t.server.page('<title>straight</title>')
    t.defer(() => session.defaultSession.setProxy({ mode: 'direct' }))
    await session.defaultSession.setProxy({ proxyRules: '127.0.0.1:9', proxyBypassRules: '<-loopback>' })
    const contents = await openIn(t, freshPartition(), direct)
    assert.equal(contents.getTitle(), 'straight')
    const { webContents } = openWindow(t)
    await assert.rejects(webContents.loadURL(direct), /ERR_PROXY_CONNECTION_FAILED/)
  })

  it('caches can be cleared', async t => {
    const own: Session = session.fromPartition(freshPartition())
    await own.clearCache()
    await own.clearHostResolverCache()
    await own.clearAuthCache()
    t.defer(() => own.clearData())
  })

  it('login: app is asked for the credentials of basic authentication', async t => {
    const url = t.server.route((request, response) => {
      if (request.headers.authorization === `Basic ${Buffer.from('user:secret').toString('base64')}`) {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<title>let in</title>')
      } else response.writeHead(401, { 'www-authenticate': 'Basic realm="here"' }).end('no')
    })
    const { webContents } = openWindow(t, { webPreferences: { partition: freshPartition() } })
    const asked = next(app, 'login')
    app.once('login', (event, _contents, _details, _info, callback) => {
      event.preventDefault()
      callback('user', 'secret')
    })
    await webContents.loadURL(url)
    const [, by, , info] = (await asked) as [unknown, unknown, unknown, { realm: string; isProxy: boolean }]
    assertSame(by, webContents)
    assert.deepEqual([info.realm, info.isProxy, webContents.getTitle()], ['here', false, 'let in'])
  })
})

chapter('net', () => {
  it('net.fetch returns a Response with status, headers and body', async t => {
    const response = await net.fetch(
      t.server.page({ body: 'hello', headers: { 'x-own': 'value' }, status: 201 }),
    )
    assert.deepEqual([response.status, response.ok, response.headers.get('x-own')], [201, true, 'value'])
    assert.equal(await response.text(), 'hello')
  })

  it('net.fetch posts bodies and headers', async t => {
    const url = t.server.route((request, response) => {
      let body = ''
      request.on('data', chunk => {
        body += chunk
      })
      request.on('end', () => response.end(JSON.stringify([request.method, request.headers['x-own'], body])))
    })
    const response = await net.fetch(url, { method: 'POST', body: 'the body', headers: { 'x-own': 'sent' } })
    assert.deepEqual(await response.json(), ['POST', 'sent', 'the body'])
  })

  it('net.fetch follows redirects, unless told not to', async t => {
    const end = t.server.page('the end')
    const begin = t.server.route((_, response) => void response.writeHead(302, { location: end }).end())
    assert.equal(await (await net.fetch(begin)).text(), 'the end')
    await assert.rejects(net.fetch(begin, { redirect: 'error' }))
  })

  it('net.fetch rejects when nobody answers', async t => {
    const url = t.server.route(request => void request.socket.destroy())
    await assert.rejects(net.fetch(url), /ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/)
  })

  it('net.fetch can be aborted', async t => {
    const url = t.server.route(() => {})
    const controller = new AbortController()
    const pending = net.fetch(url, { signal: controller.signal })
    setTimeout(() => controller.abort(), 20)
    await assert.rejects(pending, { name: 'AbortError' })
  })

  it('net.fetch streams the body', async t => {
    let finish = (): void => {}
    const url = t.server.route((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).write('first ')
      finish = () => response.end('second')
    })
    const response = await net.fetch(url)
    const reader = response.body?.getReader()
    const first = await reader?.read()
    assert.equal(Buffer.from(first?.value ?? []).toString(), 'first ')
    finish()
    const second = await reader?.read()
    assert.equal(Buffer.from(second?.value ?? []).toString(), 'second')
  })

  it('net.fetch reads file URLs', async () => {
    const response = await net.fetch(new URL('../fixtures/page.html', import.meta.url).href)
    assert.match(await response.text(), /a page from a file/)
  })

  it('net.request gives a response with its events', async t => {
    const request = net.request(t.server.page('the body'))
    const arrived = next(request, 'response')
    request.end()
    const [response] = (await arrived) as [NodeJS.ReadableStream & { statusCode: number }]
    let body = ''
    response.on('data', (chunk: Buffer) => {
      body += chunk
    })
    await next(response, 'end')
    assert.deepEqual([response.statusCode, body], [200, 'the body'])
  })

  it('net.isOnline and net.online are booleans', () => {
    assert.deepEqual([typeof net.isOnline(), typeof net.online], ['boolean', 'boolean'])
  })
})
