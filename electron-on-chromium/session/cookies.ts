import { EventEmitter } from 'node:events'
import type { Cookie, CookiesGetFilter, CookiesSetDetails } from 'electron'
import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'
import { fromEngineUrl, toEngineUrl } from './scheme-mapping.ts'
import { parseSetCookie } from './set-cookie.ts'

type ChangeCause = 'explicit' | 'inserted' | 'overwrite' | 'expired'

/** How often the jar is compared with what it was, while somebody listens to `changed`. */
const pollIntervalMs = 500

/** `session.cookies`. DevTools tells of no changes: `changed` comes from our own writes and from comparing. */
export class Cookies extends EventEmitter {
  readonly #root: DevToolsSession
  readonly #context: () => Promise<string | null>
  #known: Map<string, Cookie> | null = null
  #timer: NodeJS.Timeout | null = null

  /** @internal */
  constructor(root: DevToolsSession, context: () => Promise<string | null>) {
    super()
    this.#root = root
    this.#context = context
    this.on('newListener', event => {
      if (event === 'changed') this.#startWatching()
    })
    this.on('removeListener', () => {
      if (this.listenerCount('changed') === 0) this.dispose()
    })
  }

  async get(filter: CookiesGetFilter): Promise<Cookie[]> {
    const cookies = await this.#all()
    return cookies.filter(cookie => matches(cookie, filter))
  }

  async set(details: CookiesSetDetails): Promise<void> {
    const url = URL.parse(toEngineUrl(details.url))
    if (!url) throw new Error('Failed to parse URL')
    if (details.url !== fromEngineUrl(details.url)) throw new Error('Failed to parse URL')
    const domain = details.domain?.replace(/^\./, '').toLowerCase()
    if (domain && !isDomainWithin(url.hostname, domain))
      throw new Error('Failed to set cookie - The cookie was set with an invalid Domain attribute.')
    const before = this.#known ?? (this.listenerCount('changed') > 0 ? await this.#snapshot() : null)
    const isSecure = details.secure ?? details.sameSite === 'no_restriction'
    await this.#root
      .send('Storage.setCookies', {
        ...(await this.#contextParameter()),
        cookies: [
          {
            name: details.name ?? '',
            value: details.value ?? '',
            url: url.href,
            ...(details.domain ? { domain: details.domain } : {}),
            path: details.path ?? '/',
            secure: isSecure,
            httpOnly: details.httpOnly ?? false,
            ...(details.expirationDate === undefined ? {} : { expires: details.expirationDate }),
            ...sameSiteToEngine(details.sameSite ?? 'lax'),
          },
        ],
      })
      .catch(cause => {
        throw new Error('Failed to set cookie - The cookie was set with an invalid attribute', { cause })
      })
    if (before) await this.#compare('explicit')
  }

  async remove(url: string, name: string): Promise<void> {
    const cookies = await this.get({ url, name })
    await this.#delete(cookies)
    if (this.#known) await this.#compare('explicit')
  }

  /** Chromium writes its cookies by itself; DevTools cannot hurry it. Resolves when commands before it are done. */
  async flushStore(): Promise<void> {
    await this.#root.send('Browser.getVersion')
  }

  /** @internal Removes the cookies of a host and its subdomains; all without one. */
  async clear(host: string | null): Promise<void> {
    if (host === null) await this.#root.send('Storage.clearCookies', await this.#contextParameter())
    else await this.#delete((await this.#all()).filter(cookie => isDomainWithin(bareDomain(cookie), host)))
    if (this.#known) await this.#compare('explicit')
  }

  /** @internal The Cookie header for a request of the main process. */
  async header(url: string): Promise<string> {
    const cookies = await this.get({ url })
    return cookies.map(({ name, value }) => (name ? `${name}=${value}` : value)).join('; ')
  }

  /** @internal Stores what a server set in an answer to the main process. */
  async store(url: string, setCookieHeaders: readonly string[]): Promise<void> {
    const cookies = setCookieHeaders.flatMap(header => parseSetCookie(header, url, Date.now()) ?? [])
    // A cookie that Chromium refuses (for another host, say) is dropped, as it is when a page loads.
    for (const cookie of cookies)
      await this.#root
        .send('Storage.setCookies', { ...(await this.#contextParameter()), cookies: [cookie] })
        .catch(() => {})
  }

  /** @internal */
  dispose(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
    this.#known = null
  }

  async #contextParameter(): Promise<{ browserContextId?: string }> {
    const browserContextId = await this.#context()
    return browserContextId === null ? {} : { browserContextId }
  }

  async #all(): Promise<Cookie[]> {
    const { cookies } = await this.#root.send('Storage.getCookies', await this.#contextParameter())
    return cookies.map(fromEngine)
  }

  async #delete(cookies: readonly Cookie[]): Promise<void> {
    if (cookies.length === 0) return
    await this.#root.send('Storage.setCookies', {
      ...(await this.#contextParameter()),
      cookies: cookies.map(cookie => ({
        name: cookie.name,
        value: '',
        url: `${cookie.secure ? 'https' : 'http'}://${bareDomain(cookie)}${cookie.path ?? '/'}`,
        ...(cookie.hostOnly || !cookie.domain ? {} : { domain: cookie.domain }),
        path: cookie.path ?? '/',
        secure: cookie.secure ?? false,
        expires: 1,
      })),
    })
  }

  async #snapshot(): Promise<Map<string, Cookie>> {
    return new Map((await this.#all()).map(cookie => [keyOf(cookie), cookie]))
  }

  #startWatching(): void {
    if (this.#timer) return
    this.#timer = setInterval(() => this.#compare('inserted').catch(() => this.dispose()), pollIntervalMs)
    this.#timer.unref()
    this.#compare('inserted').catch(() => {})
  }

  async #compare(cause: ChangeCause): Promise<void> {
    const now = await this.#snapshot()
    const before = this.#known
    this.#known = now
    if (!before) return
    for (const [key, cookie] of before) {
      const current = now.get(key)
      if (!current) this.emit('changed', {}, cookie, cause === 'inserted' ? 'expired' : cause, true)
      else if (JSON.stringify(current) !== JSON.stringify(cookie)) {
        this.emit('changed', {}, cookie, 'overwrite', true)
        this.emit('changed', {}, current, cause, false)
      }
    }
    for (const [key, cookie] of now) if (!before.has(key)) this.emit('changed', {}, cookie, cause, false)
  }
}

function keyOf({ name, domain, path }: Cookie): string {
  return JSON.stringify([name, domain, path])
}

function bareDomain({ domain }: Cookie): string {
  return (domain ?? '').replace(/^\./, '')
}

function isDomainWithin(domain: string, host: string): boolean {
  return domain === host || domain.endsWith(`.${host}`)
}

function fromEngine(cookie: Protocol.Network.Cookie): Cookie {
  return {
    name: cookie.name,
    value: cookie.value,
    domain: cookie.domain,
    hostOnly: !cookie.domain.startsWith('.'),
    path: cookie.path,
    secure: cookie.secure,
    httpOnly: cookie.httpOnly,
    session: cookie.session,
    ...(cookie.session ? {} : { expirationDate: cookie.expires }),
    sameSite: sameSiteFromEngine(cookie.sameSite),
  }
}

function sameSiteFromEngine(sameSite: Protocol.Network.CookieSameSite | undefined): Cookie['sameSite'] {
  switch (sameSite) {
    case 'Strict':
      return 'strict'
    case 'Lax':
      return 'lax'
    case 'None':
      return 'no_restriction'
    case undefined:
      return 'unspecified'
  }
}

function sameSiteToEngine(sameSite: Cookie['sameSite']): { sameSite?: Protocol.Network.CookieSameSite } {
  switch (sameSite) {
    case 'strict':
      return { sameSite: 'Strict' }
    case 'lax':
      return { sameSite: 'Lax' }
    case 'no_restriction':
      return { sameSite: 'None' }
    case 'unspecified':
      return {}
  }
}

function matches(cookie: Cookie, filter: CookiesGetFilter): boolean {
  if (filter.name !== undefined && cookie.name !== filter.name) return false
  if (filter.path !== undefined && cookie.path !== filter.path) return false
  if (filter.secure !== undefined && cookie.secure !== filter.secure) return false
  if (filter.session !== undefined && cookie.session !== filter.session) return false
  if (filter.httpOnly !== undefined && cookie.httpOnly !== filter.httpOnly) return false
  if (filter.domain !== undefined && !isDomainWithin(bareDomain(cookie), filter.domain.replace(/^\./, '')))
    return false
  return filter.url === undefined || isSentTo(cookie, filter.url)
}

function isSentTo(cookie: Cookie, url: string): boolean {
  const { protocol, hostname, pathname } = URL.parse(toEngineUrl(url)) ?? {}
  if (hostname === undefined || pathname === undefined) return false
  const isHostRight = cookie.hostOnly
    ? hostname === cookie.domain
    : isDomainWithin(hostname, bareDomain(cookie))
  const path = cookie.path ?? '/'
  const isPathRight =
    path === '/' || pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)
  const isTrustworthy = protocol === 'https:' || /(^|\.)localhost$/.test(hostname)
  return isHostRight && isPathRight && (!cookie.secure || isTrustworthy)
}
