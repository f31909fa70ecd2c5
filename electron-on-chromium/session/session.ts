import { EventEmitter } from 'node:events'
import { connect } from 'node:net'
import path from 'node:path'
import type { Duplex } from 'node:stream'
import { isDeepStrictEqual } from 'node:util'
import type {
  ClearDataOptions,
  ClearStorageDataOptions,
  PreloadScript,
  PreloadScriptRegistration,
  ProxyConfig,
} from 'electron'
import type { AttachedTarget } from '../chromium/browser.ts'
import type { DevToolsSession } from '../chromium/devtools.ts'
import { UnsupportedApiError } from '../platform/unsupported.ts'
import { Certificates, type CertificateVerifyProc } from './certificates.ts'
import { Cookies } from './cookies.ts'
import type { DownloadItem } from './download-item.ts'
import { Downloads } from './downloads.ts'
import { evaluateIn, withEnginePage } from './engine-page.ts'
import { askForLogin } from './login.ts'
import { type FetchContext, type FetchInit, fetchInContext } from './net-fetch.ts'
import { type PermissionCheckHandler, type PermissionRequestHandler, Permissions } from './permissions.ts'
import { PreloadScripts } from './preload-scripts.ts'
import { preventableEvent } from './preventable-event.ts'
import { Protocol } from './protocol.ts'
import { openTunnel, type WebProxy } from './proxied-fetch.ts'
import {
  contextProxyOf,
  type ProxySettings,
  proxyPreferenceOf,
  proxySettingsOf,
  resolveWith,
} from './proxy.ts'
import { logInToProxy } from './proxy-login.ts'
import { RequestPipeline } from './request-pipeline.ts'
import { resolveHost } from './resolve-host.ts'
import { ServiceWorkers } from './service-workers.ts'
import type { SessionEngine } from './session-engine.ts'
import { SiteData, type StorageName } from './site-data.ts'
import { defineUnmade, unmadeSessionMembers } from './unmade-members.ts'
import { WebRequest } from './web-request.ts'

const preloadsPrefix = 'setPreloads:'

/** The data types of `clearData` that sites store, as `clearStorageData` names them. */
const clearableData: ReadonlyMap<string, StorageName[]> = new Map<string, StorageName[]>([
  ['backgroundFetch', []],
  ['cache', ['cachestorage', 'shadercache']],
  ['cookies', ['cookies']],
  ['downloads', []],
  ['fileSystems', ['filesystem']],
  ['indexedDB', ['indexdb']],
  ['localStorage', ['localstorage']],
  ['serviceWorkers', ['serviceworkers']],
  ['webSQL', []],
])

/**
 * A browsing session: cookies, storage, permissions, protocols and requests of the pages that live in it. The default
 * one is Chromium's own profile; the others are DevTools browser contexts, which live in memory only. A partition
 * with `persist:` would need a Chromium process of its own: it is in memory too, says so once, and reports itself as
 * not persistent.
 */
export class Session extends EventEmitter {
  readonly protocol: Protocol
  readonly webRequest: WebRequest
  readonly cookies: Cookies
  readonly serviceWorkers: ServiceWorkers
  /** @internal */
  readonly pipeline: RequestPipeline
  /** @internal */
  readonly downloads: Downloads
  /** @internal */
  readonly certificates: Certificates
  readonly #engine: SessionEngine
  readonly #partition: string
  readonly #permissions: Permissions
  readonly #siteData: SiteData
  readonly #preloadScripts = new PreloadScripts()
  readonly #pages = new Set<DevToolsSession>()
  readonly #origins = new Set<string>()
  #verifyProc: CertificateVerifyProc | null = null
  #proxy: ProxySettings | null = null
  /** For requests of the main process, by the proxy's address. */
  readonly #webProxies = new Map<string, WebProxy>()
  #downloadPath: string | null = null
  #userAgent: { readonly userAgent: string; readonly acceptLanguage?: string } | null = null
  #browserContext: Promise<string | null> | null = null
  /** undefined: not made yet. */
  #browserContextId: string | null | undefined

  /** @internal */
  constructor(options: { readonly engine: SessionEngine; readonly partition: string }) {
    super()
    const { engine } = options
    const { root } = engine.browser
    this.#engine = engine
    this.#partition = options.partition
    const update = () => engine.interceptor.update()
    const webContentsOfFrame = (frameId: string) => engine.webContentsOfFrame(frameId)
    const openBrowserContext = () => this.openBrowserContext()
    this.protocol = new Protocol(update)
    this.webRequest = new WebRequest(update)
    this.cookies = new Cookies(root, openBrowserContext)
    // Those of the default session carry the id of the default context, or none.
    this.serviceWorkers = new ServiceWorkers(() =>
      engine.frames.workers.filter(
        ({ browserContextId }) => engine.sessionOfBrowserContext(browserContextId) === this,
      ),
    )
    this.pipeline = new RequestPipeline({
      protocol: this.protocol,
      webRequest: this.webRequest,
      webContentsOfFrame,
      isMainFrame: frameId => engine.frames.pageTargetOf(frameId) === frameId,
      streams: engine.streams,
      now: Date.now,
    })
    this.#permissions = new Permissions({ root, context: () => this.#browserContextId, webContentsOfFrame })
    const getVerifyProc = () => this.#verifyProc
    this.certificates = new Certificates({
      get verifyProc() {
        return getVerifyProc()
      },
      isListening: () => engine.host.isListenedOnApp('certificate-error'),
      report: report => engine.reportCertificateError(report),
      webContentsOfFrame,
      wayTo: (url, signal) => this.#wayTo(url, signal),
    })
    this.downloads = new Downloads(engine.browser, {
      announce: (item, frameId) => this.#announceDownload(item, frameId),
      fetch: (url, init) => this.fetch(url, init),
      directory: () => this.#downloadPath ?? engine.host.downloadsPath(),
      now: Date.now,
    })
    this.#siteData = new SiteData({
      browser: engine.browser,
      context: openBrowserContext,
      page: () => this.#pages.values().next().value ?? null,
      origins: this.#origins,
    })
    if (options.partition.startsWith('persist:'))
      process.emitWarning(
        `The partition "${options.partition}" lives in memory: electron-on-chromium keeps only the default session.`,
      )
  }

  /** The DevTools browser context of this session; null for the default one, and before `openBrowserContext`. */
  get browserContextId(): string | null {
    return this.#browserContextId ?? null
  }

  /**
   * Makes the session's browser context when it does not exist yet, and waits until the interception that was asked
   * for is in force. To be awaited before a page is created in the session. null: the default context.
   */
  async openBrowserContext(): Promise<string | null> {
    this.#browserContext ??= this.#createBrowserContext()
    const browserContextId = await this.#browserContext
    await this.#engine.interceptor.settled
    await this.#permissions.applied
    return browserContextId
  }

  /** @internal A page or frame of this session, before its first script. Sends without waiting. */
  attach(target: AttachedTarget): void {
    const { session, info } = target
    this.#permissions.attach(target)
    this.certificates.attach(target)
    session.on('Page.frameNavigated', ({ frame }) => {
      if (/^https?:/.test(frame.securityOrigin)) this.#origins.add(frame.securityOrigin)
    })
    if (info.type === 'page') {
      this.#pages.add(session)
      session.onDetached(() => this.#pages.delete(session))
    }
    if (this.#userAgent) session.send('Emulation.setUserAgentOverride', this.#userAgent).catch(() => {})
  }

  fetch(input: string | Request | URL, init?: FetchInit): Promise<Response> {
    return fetchInContext(this.#fetchContext(), input, init)
  }

  getUserAgent(): string {
    return this.#userAgent?.userAgent ?? this.#engine.defaultUserAgent
  }

  /** For pages that are made from now on. */
  setUserAgent(userAgent: string, acceptLanguages?: string): void {
    this.#userAgent = { userAgent, ...(acceptLanguages ? { acceptLanguage: acceptLanguages } : {}) }
  }

  isPersistent(): boolean {
    return this.#partition === ''
  }

  get storagePath(): string | null {
    return this.isPersistent() ? this.#engine.host.userDataPath() : null
  }

  getStoragePath(): string | null {
    return this.storagePath
  }

  setPermissionRequestHandler(handler: PermissionRequestHandler | null): void {
    this.#permissions.setRequestHandler(handler)
  }

  setPermissionCheckHandler(handler: PermissionCheckHandler | null): void {
    this.#permissions.setCheckHandler(handler)
  }

  /**
   * Never asked: Chromium shows no device chooser here, so that a page is never given a device, whatever the handler
   * would say.
   */
  setDevicePermissionHandler(_handler: ((details: never) => boolean) | null): void {}

  /** Asked about certificates that Chromium rejects; those it accepts it accepts without asking. */
  setCertificateVerifyProc(proc: CertificateVerifyProc | null): void {
    this.#verifyProc = proc
  }

  async setProxy(config: ProxyConfig): Promise<void> {
    let settings: ProxySettings | null
    try {
      settings = proxySettingsOf(config)
    } catch (error) {
      throw new UnsupportedApiError(
        'session.setProxy',
        error instanceof Error ? error.message : String(error),
      )
    }
    if (JSON.stringify(settings) === JSON.stringify(this.#proxy)) return
    if (this.#partition !== '' && this.#browserContext)
      throw new UnsupportedApiError(
        'session.setProxy',
        'of sessions in memory Chromium takes a proxy only before the first page',
      )
    this.#proxy = settings
    this.#webProxies.clear()
    if (this.#partition === '') await this.#applyToProfile(settings)
  }

  async resolveProxy(url: string): Promise<string> {
    return resolveWith(this.#proxy, url)
  }

  /** The proxy is read anew by nobody: it cannot change. Kept for applications that call it after setProxy. */
  async forceReloadProxyConfig(): Promise<void> {}

  resolveHost = resolveHost

  async clearStorageData(options: ClearStorageDataOptions = {}): Promise<void> {
    const storages: readonly StorageName[] | null = options.storages ?? null
    const origin = options.origin ?? null
    if (!storages || storages.includes('cookies'))
      await this.cookies.clear(origin === null ? null : (URL.parse(origin)?.hostname ?? null))
    await this.#siteData.clear(storages, origin)
  }

  /** Cookies count for the whole site of an origin, here for its host and the hosts below it. */
  async clearData(options: ClearDataOptions = {}): Promise<void> {
    if (options.excludeOrigins)
      throw new UnsupportedApiError('session.clearData', 'DevTools cannot leave origins out')
    const types = new Set<string>(options.dataTypes ?? clearableData.keys())
    if (types.has('cache')) await this.clearCache()
    const storages = [...types].flatMap(type => clearableData.get(type) ?? [])
    if (storages.length === 0) return
    for (const origin of options.origins ?? [null])
      await this.clearStorageData({ storages, ...(origin === null ? {} : { origin }) })
  }

  /** Chromium writes the storage of sites within seconds, and at its end; nothing can hurry it. */
  flushStorageData(): void {}

  clearCache(): Promise<void> {
    return this.#siteData.clearCache()
  }

  getCacheSize(): Promise<number> {
    return this.#siteData.cacheSize()
  }

  /** Chromium's host cache lives for a minute at most; there is no way to empty it, and no need to wait for it. */
  async clearHostResolverCache(): Promise<void> {}

  /** Chromium keeps the credentials of proxies until its end; those that the main process knows are forgotten. */
  async clearAuthCache(): Promise<void> {
    this.#webProxies.clear()
  }

  async closeAllConnections(): Promise<void> {
    const browserContextId = await this.openBrowserContext()
    await withEnginePage(this.#engine.browser, 'network', browserContextId, async page => {
      await evaluateIn(page, "chrome.send('flushSocketPools')")
      await evaluateIn(page, "chrome.send('closeIdleSockets')")
    })
  }

  /** A hint that Chromium may ignore; here it does. */
  preconnect(_options: { readonly url: string; readonly numSockets?: number }): void {}

  downloadURL(url: string, options: { readonly headers?: Record<string, string> } = {}): void {
    this.downloads.downloadUrl(url, options.headers ?? {})
  }

  setDownloadPath(downloadPath: string): void {
    if (!path.isAbsolute(downloadPath)) throw new TypeError('The path must be absolute')
    this.#downloadPath = downloadPath
  }

  registerPreloadScript(script: PreloadScriptRegistration): string {
    return this.#preloadScripts.register(script)
  }

  /** Deprecated in Electron: the files given so, instead of those given so before. */
  setPreloads(preloads: readonly string[]): void {
    for (const { id } of this.#preloadScripts.all)
      if (id.startsWith(preloadsPrefix)) this.#preloadScripts.unregister(id)
    for (const [index, filePath] of preloads.entries())
      this.#preloadScripts.register({ type: 'frame', filePath, id: `${preloadsPrefix}${index}` })
  }

  getPreloads(): string[] {
    return this.#preloadScripts.all
      .filter(({ id }) => id.startsWith(preloadsPrefix))
      .map(({ filePath }) => filePath)
  }

  unregisterPreloadScript(id: string): void {
    this.#preloadScripts.unregister(id)
  }

  getPreloadScripts(): PreloadScript[] {
    return this.#preloadScripts.all
  }

  isSpellCheckerEnabled(): boolean {
    return false
  }

  /** @internal */
  dispose(): void {
    this.cookies.dispose()
    this.removeAllListeners()
  }

  async #createBrowserContext(): Promise<string | null> {
    const browserContextId =
      this.#partition === ''
        ? null
        : (
            await this.#engine.browser.root.send('Target.createBrowserContext', {
              ...contextProxyOf(this.#proxy),
            })
          ).browserContextId
    this.#browserContextId = browserContextId
    if (browserContextId !== null) {
      this.#engine.browserContextCreated(browserContextId, this)
      if (this.#asksForLogin)
        await withEnginePage(this.#engine.browser, 'network', browserContextId, page =>
          logInToProxy(page, this.#engine.host),
        )
    }
    await Promise.all([this.#permissions.start(browserContextId), this.downloads.start(browserContextId)])
    return browserContextId
  }

  /** The default session is Chromium's own profile, whose proxy is a preference. */
  async #applyToProfile(settings: ProxySettings | null): Promise<void> {
    await withEnginePage(this.#engine.browser, 'settings', null, async page => {
      const wanted = JSON.stringify(proxyPreferenceOf(settings))
      await evaluateIn(page, `chrome.settingsPrivate.setPref('proxy', ${wanted}, '')`)
      const found = await evaluateIn(page, `chrome.settingsPrivate.getPref('proxy').then(pref => pref.value)`)
      if (!isDeepStrictEqual(found, JSON.parse(wanted)))
        throw new UnsupportedApiError('session.setProxy', 'the proxy of the command line cannot be changed')
      if (this.#asksForLogin) await logInToProxy(page, this.#engine.host)
    })
  }

  /** Whether the proxy is one that may ask who we are, and somebody would answer. */
  get #asksForLogin(): boolean {
    const isDirect = this.#proxy === null || this.#proxy.proxyServer === 'direct://'
    return !isDirect && this.#engine.host.isListenedOnApp('login')
  }

  #announceDownload(item: DownloadItem, frameId: string | null): boolean {
    const event = preventableEvent()
    const webContents = frameId === null ? null : this.#engine.webContentsOfFrame(frameId)
    this.emit('will-download', event, item, webContents ?? undefined)
    return event.defaultPrevented
  }

  #fetchContext(): FetchContext {
    return {
      userAgent: this.getUserAgent(),
      respond: (scheme, request) => this.protocol.respond(scheme, request),
      cookieHeader: url => this.cookies.header(url),
      storeCookies: (url, headers) => this.cookies.store(url, headers),
      proxyFor: url => this.#webProxyFor(url),
    }
  }

  /** As the pages of the session would go: through its proxy where it has one. */
  async #wayTo(url: string, signal: AbortSignal): Promise<Duplex> {
    const { hostname, port } = new URL(url)
    const proxy = this.#webProxyFor(url)
    if (proxy !== null) return openTunnel(`${hostname}:${port || '443'}`, proxy, signal)
    return connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 443) })
  }

  #webProxyFor(url: string): WebProxy | null {
    const [entry = 'DIRECT'] = resolveWith(this.#proxy, url).split(';')
    if (entry === 'DIRECT') return null
    const known = this.#webProxies.get(entry)
    if (known) return known
    const [, host, port] = /^PROXY (.*):(\d+)$/.exec(entry) ?? []
    // The main process must not go around a proxy that it cannot use.
    if (host === undefined)
      throw new UnsupportedApiError('session.fetch', `requests of the main process cannot use ${entry}`)
    const { host: sessionHost } = this.#engine
    const proxy: WebProxy = {
      host: host.replace(/^\[|\]$/g, ''),
      port: Number(port),
      credentials: null,
      login: authInfo => askForLogin(sessionHost, null, url, authInfo),
    }
    this.#webProxies.set(entry, proxy)
    return proxy
  }
}

defineUnmade(Session.prototype, 'session', unmadeSessionMembers)
