import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DownloadItem } from './download-item.ts'
import type { Session } from './session.ts'
import { startTestBrowser, startTestServer, type TestBrowser, type TestPage } from './test-browser.ts'

describe('a session in Chromium', () => {
  let test: TestBrowser
  let server: AsyncDisposable & { readonly origin: string }
  let origin = ''
  const hits: string[] = []
  let partitionCount = 0
  const freshSession = () => test.engine.fromPartition(`fresh-${++partitionCount}`)
  const openIn = async (session: Session, url = `${origin}/`): Promise<TestPage> => {
    const page = await test.openPage(session)
    await page.open(url)
    return page
  }

  beforeAll(async () => {
    server = await startTestServer((request, response) => {
      hits.push(request.url ?? '')
      const url = new URL(request.url ?? '', 'http://x')
      if (url.pathname === '/download') {
        response.setHeader('content-disposition', "attachment; filename*=UTF-8''r%C3%A9sum%C3%A9.bin")
        response.end(Buffer.alloc(100_000, 7))
        return
      }
      if (url.pathname === '/slow-download') {
        response.setHeader('content-disposition', 'attachment; filename=slow.bin')
        response.setHeader('content-length', '1000000')
        response.write(Buffer.alloc(1000))
        return
      }
      if (url.pathname === '/set-cookie') response.setHeader('set-cookie', 'fromServer=1; Path=/; HttpOnly')
      if (url.pathname === '/redirect') {
        response.writeHead(302, { location: '/landed' }).end()
        return
      }
      response.setHeader('content-type', 'text/html')
      response.end(
        url.pathname === '/echo-headers'
          ? JSON.stringify(request.headers)
          : `<title>t</title><link rel="icon" href="data:,"><script>window.ran = true</script><p>${url.pathname}</p>`,
      )
    })
    // Permissions need a secure context that is not an IP address.
    origin = server.origin.replace('127.0.0.1', 'localhost')
    test = await startTestBrowser()
  }, 60_000)
  afterAll(async () => {
    await test[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
  })

  describe('webRequest', () => {
    it('cancels what matches the filter, and nothing else, in this session only', async () => {
      const session = freshSession()
      const errors: string[] = []
      session.webRequest.onErrorOccurred(details => errors.push(`${details.url} ${details.error}`))
      session.webRequest.onBeforeRequest({ urls: ['*://localhost/blocked*'] }, (_details, callback) =>
        callback({ cancel: true }),
      )
      const page = await openIn(session)
      const other = await openIn(freshSession())
      hits.length = 0
      const attempt = `fetch('/blocked?1').then(() => 'reached', () => 'refused')`
      expect(await page.evaluate(attempt)).toBe('refused')
      expect(await page.evaluate(`fetch('/free').then(() => 'reached', () => 'refused')`)).toBe('reached')
      expect(hits).toEqual(['/free'])
      expect(errors).toEqual([`${origin}/blocked?1 net::ERR_BLOCKED_BY_CLIENT`])
      expect(await other.evaluate(attempt)).toBe('reached')
      session.webRequest.onBeforeRequest(null)
      expect(await page.evaluate(attempt)).toBe('reached')
    })

    it('redirects, changes headers both ways and tells of every stage in order', async () => {
      const session = freshSession()
      const stages: string[] = []
      const note = (stage: string, url: string) => stages.push(`${stage} ${new URL(url).pathname}`)
      const { webRequest } = session
      webRequest.onBeforeRequest((details, callback) => {
        note('beforeRequest', details.url)
        callback(details.url.endsWith('/from') ? { redirectURL: `${origin}/echo-headers` } : {})
      })
      webRequest.onBeforeSendHeaders((details, callback) => {
        note('beforeSendHeaders', details.url)
        callback({ requestHeaders: { ...details.requestHeaders, 'X-Added': 'yes', 'User-Agent': 'changed' } })
      })
      webRequest.onSendHeaders(details => note('sendHeaders', details.url))
      webRequest.onHeadersReceived((details, callback) => {
        note('headersReceived', details.url)
        callback({ responseHeaders: { ...details.responseHeaders, 'x-given': ['1'] } })
      })
      webRequest.onBeforeRedirect(details => note('beforeRedirect', details.url))
      webRequest.onResponseStarted(details => note('responseStarted', details.url))
      webRequest.onCompleted(details => note('completed', details.url))
      const page = await openIn(session)
      stages.length = 0
      const [sent, given] = await page.evaluate<[Record<string, string>, string]>(
        `fetch('/from').then(async r => [await r.json(), r.headers.get('x-given')])`,
      )
      expect([sent['x-added'], sent['user-agent'], given]).toEqual(['yes', 'changed', '1'])
      expect(stages).toEqual([
        'beforeRequest /from',
        'beforeRedirect /from',
        'beforeRequest /echo-headers',
        'beforeSendHeaders /echo-headers',
        'sendHeaders /echo-headers',
        'headersReceived /echo-headers',
        'responseStarted /echo-headers',
        'completed /echo-headers',
      ])
    })

    it('makes Chromium enforce a Content-Security-Policy that it added', async () => {
      const session = freshSession()
      const seen: unknown[] = []
      session.webRequest.onHeadersReceived(
        { urls: ['<all_urls>'], types: ['mainFrame'] },
        (details, callback) => {
          seen.push([
            details.resourceType,
            details.statusCode,
            details.webContents?.id === details.webContentsId,
          ])
          callback({
            responseHeaders: { ...details.responseHeaders, 'Content-Security-Policy': ["script-src 'none'"] },
          })
        },
      )
      const page = await openIn(session)
      expect(await page.evaluate('window.ran === undefined')).toBe(true)
      expect(seen).toEqual([['mainFrame', 200, true]])
    })

    it('costs nothing once nobody listens', async () => {
      const session = freshSession()
      session.webRequest.onBeforeRequest((_details, callback) => callback({}))
      expect(session.pipeline.interceptionNeeds.requestPatterns).toEqual(['*'])
      session.webRequest.onBeforeRequest(null)
      expect(session.pipeline.interceptionNeeds).toEqual({ requestPatterns: [], responsePatterns: [] })
    })
  })

  describe('permissions', () => {
    const state = (name: string) =>
      `navigator.permissions.query({ name: ${JSON.stringify(name)} }).then(s => s.state)`

    it('are granted without handlers', async () => {
      const page = await openIn(freshSession())
      expect(await page.evaluate(state('geolocation'))).toBe('granted')
      expect(await page.evaluate(state('notifications'))).toBe('granted')
    })

    it('are denied where the handlers say no, whatever the page tries', async () => {
      const session = freshSession()
      session.setPermissionRequestHandler((_webContents, _permission, callback) => callback(false))
      session.setPermissionCheckHandler(() => false)
      const page = await openIn(session)
      expect(
        await page.evaluate(`Promise.all([
          'geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi', 'storage-access',
        ].map(name => navigator.permissions.query({ name }).then(s => s.state)))`),
      ).not.toContain('granted')
      expect(
        await page.evaluate(
          `Promise.all([
          new Promise(r => navigator.geolocation.getCurrentPosition(() => r('got'), e => r(e.code))),
          Notification.requestPermission(),
          navigator.requestMIDIAccess().then(() => 'got', e => e.name),
          navigator.clipboard.readText().then(() => 'got', e => e.name),
          document.documentElement.requestFullscreen().then(() => 'got', e => e.name),
          document.documentElement.requestPointerLock().then(() => 'got', e => e.name),
        ])`,
          true,
        ),
      ).toEqual([
        1,
        'denied',
        expect.stringMatching(/Error$/),
        'NotAllowedError',
        'TypeError',
        expect.stringMatching(/Error$/),
      ])
      // A pristine function from a frame gets around our half of the page, but not around Chromium.
      expect(
        await page.evaluate(`new Promise(r => {
          const frame = document.body.appendChild(document.createElement('iframe'))
          const { getCurrentPosition } = frame.contentWindow.Geolocation.prototype
          getCurrentPosition.call(navigator.geolocation, () => r('got'), e => r(e.code))
        })`),
      ).toBe(1)
    })

    it('are opened to one origin when the request handler says yes', async () => {
      const session = freshSession()
      const asked: unknown[] = []
      session.setPermissionRequestHandler((webContents, permission, callback, details) => {
        asked.push([webContents.id, permission, details.isMainFrame, details.requestingUrl])
        callback(permission === 'persistent-storage')
      })
      const page = await openIn(session)
      const result = await page.evaluate(`Promise.all([
        navigator.storage.persist(),
        Notification.requestPermission(),
      ])`)
      expect(result).toEqual([true, 'denied'])
      expect(asked).toEqual([
        [page.webContents.id, 'persistent-storage', true, `${origin}/`],
        [page.webContents.id, 'notifications', true, `${origin}/`],
      ])
      const other = await openIn(session, `${server.origin}/`)
      expect(await other.evaluate(state('persistent-storage'))).not.toBe('granted')
    })

    it('follow the check handler before the page asks', async () => {
      const session = freshSession()
      session.setPermissionCheckHandler(
        (_webContents, permission, requestingOrigin) =>
          permission === 'geolocation' && requestingOrigin === `${origin}/`,
      )
      const page = await openIn(session)
      expect([
        await page.evaluate(state('geolocation')),
        await page.evaluate(state('notifications')),
      ]).toEqual(['granted', 'denied'])
      session.setPermissionCheckHandler(null)
      expect(await page.evaluate(state('notifications'))).toBe('granted')
    })
  })

  describe('cookies', () => {
    it('are set, found, announced and removed, apart from those of other sessions', async () => {
      const session = freshSession()
      const changes: unknown[] = []
      session.cookies.on('changed', (_event, cookie, cause, isRemoved) =>
        changes.push([cookie.name, cause, isRemoved]),
      )
      await session.cookies.set({ url: origin, name: 'a', value: '1', expirationDate: 4_000_000_000 })
      const [cookie] = await session.cookies.get({ url: origin, name: 'a' })
      expect(cookie).toMatchObject({
        name: 'a',
        value: '1',
        domain: 'localhost',
        path: '/',
        hostOnly: true,
        session: false,
        sameSite: 'lax',
      })
      const page = await openIn(session, `${origin}/set-cookie`)
      expect(await page.evaluate('document.cookie')).toBe('a=1')
      expect((await session.cookies.get({ domain: 'localhost' })).map(({ name }) => name).sort()).toEqual([
        'a',
        'fromServer',
      ])
      expect(await test.engine.defaultSession.cookies.get({})).toEqual([])
      await session.cookies.remove(origin, 'a')
      expect(await page.evaluate('document.cookie')).toBe('')
      expect(changes).toContainEqual(['a', 'explicit', false])
      expect(changes).toContainEqual(['a', 'explicit', true])
      await expect(
        session.cookies.set({ url: origin, name: 'a', value: '1', domain: 'other.example' }),
      ).rejects.toThrow(/Domain/)
      await session.clearStorageData({ storages: ['cookies'] })
      expect(await session.cookies.get({})).toEqual([])
      session.cookies.removeAllListeners()
    })

    it('go with session.fetch, and come back from it', async () => {
      const session = freshSession()
      await (await session.fetch(`${origin}/set-cookie`)).text()
      const headers = (await (await session.fetch(`${origin}/echo-headers`)).json()) as Record<string, string>
      expect(headers.cookie).toBe('fromServer=1')
      expect(headers['user-agent']).toBe(session.getUserAgent())
      const bare = await session.fetch(`${origin}/echo-headers`, { credentials: 'omit' })
      expect(await bare.json()).not.toHaveProperty('cookie')
      // A name that only Chromium knows for this machine.
      const named = origin.replace('localhost', 'a.localhost')
      expect((await session.fetch(`${named}/echo-headers`)).status).toBe(200)
      const landed = await session.fetch(`${origin}/redirect`)
      expect([landed.url, landed.redirected]).toEqual([`${origin}/landed`, true])
    })
  })

  describe('downloads', () => {
    it('are announced, saved where the application says and counted', async () => {
      const session = freshSession()
      const target = path.join(test.downloadsPath, 'sub', 'chosen.bin')
      const announced = once(session, 'will-download')
      session.once('will-download', (_event, item: DownloadItem) => item.setSavePath(target))
      const page = await openIn(session)
      await page.open(`${origin}/download`)
      const [, item, webContents] = (await announced) as [unknown, DownloadItem, unknown]
      const [, state] = await once(item, 'done')
      expect({
        state,
        url: item.getURL(),
        name: item.getFilename(),
        bytes: item.getReceivedBytes(),
        saved: readFileSync(target).length,
        webContents: webContents === page.webContents,
      }).toEqual({
        state: 'completed',
        url: `${origin}/download`,
        name: 'résumé.bin',
        bytes: 100_000,
        saved: 100_000,
        webContents: true,
      })
    })

    it('are refused by preventDefault, and cancelled', async () => {
      const session = freshSession()
      session.once('will-download', event => event.preventDefault())
      const refused = once(session, 'will-download')
      const page = await openIn(session)
      await page.open(`${origin}/slow-download`)
      const [, item] = (await refused) as [unknown, DownloadItem]
      expect(item.getState()).toBe('cancelled')
      const second = once(session, 'will-download')
      await page.open(`${origin}/slow-download`)
      const [, running] = (await second) as [unknown, DownloadItem]
      running.setSavePath(path.join(test.downloadsPath, 'never.bin'))
      running.cancel()
      expect([running.getState(), existsSync(running.getSavePath())]).toEqual(['cancelled', false])
    })

    it('can be started by the main process, paused and resumed', async () => {
      const session = freshSession()
      session.setDownloadPath(test.downloadsPath)
      const announced = once(session, 'will-download')
      session.once('will-download', (_event, item: DownloadItem) => {
        item.pause()
        setImmediate(() => item.resume())
      })
      session.downloadURL(`${origin}/download`)
      const [, item] = (await announced) as [unknown, DownloadItem]
      const [, state] = await once(item, 'done')
      expect([state, readFileSync(item.getSavePath()).length]).toEqual(['completed', 100_000])
    })
  })

  it('clears what sites stored', async () => {
    const session = freshSession()
    const page = await openIn(session)
    await page.evaluate(`localStorage.setItem('a', '1')`)
    await session.clearStorageData({ storages: ['localstorage'] })
    const again = await openIn(session)
    expect(await again.evaluate(`localStorage.getItem('a')`)).toBe(null)
    await session.clearData({ dataTypes: ['cache', 'indexedDB'] })
  })

  it('names what it does not make when that is used', () => {
    const { defaultSession } = test.engine
    expect(() => Reflect.get(defaultSession, 'netLog')).toThrow(/session\.netLog/)
    expect(() => Reflect.get(defaultSession.protocol, 'registerFileProtocol')).toThrow(
      /protocol\.registerFileProtocol/,
    )
  })

  it('refuses a proxy it cannot have, and never goes around one', async () => {
    const session = freshSession()
    await session.setProxy({
      proxyRules: 'http=127.0.0.1:9;socks5://127.0.0.1:9',
      proxyBypassRules: '*.local',
    })
    expect(await session.resolveProxy('http://example.com/')).toBe('PROXY 127.0.0.1:9')
    expect(await session.resolveProxy('https://example.com/')).toBe('SOCKS5 127.0.0.1:9')
    expect(await session.resolveProxy('http://a.local/')).toBe('DIRECT')
    expect(await session.resolveProxy(origin)).toBe('DIRECT')
    await expect(session.fetch('http://example.com/')).rejects.toThrow(/ERR_CONNECTION_REFUSED/)
    await expect(session.fetch('https://example.com/')).rejects.toThrow(/cannot use SOCKS5/)
    const page = await test.openPage(session)
    expect(await page.open('http://example.com/')).toBe('net::ERR_PROXY_CONNECTION_FAILED')
    await expect(session.setProxy({ mode: 'direct' })).rejects.toThrow(/before the first page/)
  })
})
