import type { Session } from 'electron'
import type { ClearSpan, SiteCookie, SiteDataKind, SitesOverview, SiteUse } from '../../contracts/sites.ts'
import type { DataKind } from '../../contracts/storage-care.ts'
import { addressOfCookie, hostOfCookie, removeCookies } from './cookie-guard.ts'
import { siteOfHost, siteOfUrl } from './hosts.ts'
import { isSitePermission } from './permission-table.ts'
import { measureProfile, type ProfileFiles } from './profile-folder.ts'
import type { ProfileSites } from './profile-sites.ts'

/** What is open of a site, and what its page keeps where only the page can look. */
export interface OpenPage {
  readonly origins: readonly string[]
  /** Of the main frame's origin; null when the page did not answer. */
  readonly localStorageBytes: () => Promise<number | null>
}

export interface SiteDataOptions {
  readonly session: Session
  readonly profile: ProfileSites
  readonly pages: () => readonly OpenPage[]
  /** Hosts of a site that were visited, as far as it is known. */
  readonly visitedHosts: (site: string) => Promise<readonly string[]>
  /** About how much the storage process keeps of hosts; nothing where it does not answer. */
  readonly storedSizes: () => Promise<readonly { readonly host: string; readonly bytes: number }[]>
  /** Deletes what the storage process keeps of a host, or of all for null, not older than `since`. */
  readonly clearStored: (host: string | null, since: number, kinds: readonly DataKind[]) => Promise<void>
  /** Addresses of the scripts of service workers that run. */
  readonly runningWorkers: () => readonly string[]
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** Sites that are listed at most. */
const mostSites = 5_000
const hour = 3_600_000
const spans: Readonly<Record<Exclude<ClearSpan, 'all'>, number>> = { hour, day: 24 * hour, week: 168 * hour }

/** What the engine calls the kinds of data that it keeps. */
const engineStorages = {
  localStorage: 'localstorage',
  indexedDb: 'indexdb',
  caches: 'cachestorage',
  serviceWorkers: 'serviceworkers',
} as const
type EngineKind = keyof typeof engineStorages

/** What the storage process calls the kinds that Nexus keeps. Hosts that demand encryption were visited: they go too. */
const storedKinds = {
  history: ['history', 'readings', 'looks', 'hsts', 'closedTabs', 'crashes'],
  choices: ['choices', 'permissions'],
} as const satisfies Record<string, readonly DataKind[]>

/** What sites keep in one profile: looked at and cleared, by site, by kind, by time. */
export class SiteData {
  readonly #options: SiteDataOptions

  constructor(options: SiteDataOptions) {
    this.#options = options
  }

  /** Sites that keep something, or of which something was chosen; those that keep most first. */
  async overview(query: string): Promise<SitesOverview> {
    const { session, profile } = this.#options
    const [cookies, files, open, stored, httpCacheBytes] = await Promise.all([
      this.#cookies(),
      this.#files(),
      this.#open(),
      this.#options.storedSizes(),
      session.getCacheSize().catch(() => 0),
    ])
    const workers = this.#options.runningWorkers().map(siteOfUrl)
    const names = new Set([
      ...cookies.map(cookie => siteOfHost(hostOfCookie(cookie.domain))),
      ...files.origins.flatMap(({ origin }) => siteOfUrl(origin) ?? []),
      ...open.keys(),
      ...profile.book.sites(),
      ...stored.map(({ host }) => siteOfHost(host)),
    ])
    const wanted = query.trim().toLowerCase()
    const sites = [...names]
      .filter(site => site !== '' && site.includes(wanted))
      .map((site): SiteUse => {
        const own = cookies.filter(cookie => siteOfHost(hostOfCookie(cookie.domain)) === site)
        const origins = files.origins.filter(({ origin }) => siteOfUrl(origin) === site)
        return {
          site,
          cookies: own.length,
          cookieBytes: sum(own.map(cookie => cookie.bytes)),
          indexedDbBytes: sum(origins.map(origin => origin.indexedDbBytes)),
          cacheBytes: sum(origins.map(origin => origin.cacheBytes)),
          localStorageBytes: open.get(site) ?? null,
          storedBytes: sum(stored.filter(({ host }) => siteOfHost(host) === site).map(({ bytes }) => bytes)),
          workers: workers.filter(worker => worker === site).length,
          isOpen: open.has(site),
          choices: profile.book.choices(site),
          permissions: profile.book
            .permissions(site)
            .flatMap(({ permission, isAllowed }) =>
              isSitePermission(permission) ? [{ permission, isAllowed }] : [],
            ),
          isHsts: profile.hsts.isSecureOnly(site),
        }
      })
      .sort((one, other) => bytesOf(other) - bytesOf(one) || one.site.localeCompare(other.site))
    return {
      sites: sites.slice(0, mostSites),
      isCut: sites.length > mostSites,
      localStorageBytes: files.localStorageBytes,
      serviceWorkerBytes: files.serviceWorkerBytes,
      httpCacheBytes,
    }
  }

  async cookiesOf(site: string): Promise<SiteCookie[]> {
    const cookies = await this.#cookies()
    return cookies.filter(cookie => siteOfHost(hostOfCookie(cookie.domain)) === site).slice(0, mostSites)
  }

  async deleteCookie(cookie: Pick<SiteCookie, 'name' | 'domain' | 'path' | 'isSecure'>): Promise<void> {
    await this.#options.session.cookies.remove(addressOfCookie(cookie), cookie.name)
  }

  /** Under every scheme and port that is known of the site. */
  async clearSite(site: string, kinds: readonly SiteDataKind[]): Promise<void> {
    const { session, profile } = this.#options
    if (kinds.includes('cookies')) await removeCookies(session.cookies, one => one === site)
    const storages = kinds.filter(isEngineKind).map(kind => engineStorages[kind])
    const hosts = await this.#hostsOf(site)
    if (storages.length > 0) {
      const origins = await this.#originsOf(site, hosts)
      await Promise.all(origins.map(origin => session.clearStorageData({ origin, storages })))
    }
    if (kinds.includes('history')) {
      profile.hsts.forget(({ host }) => siteOfHost(host) === site)
      for (const host of hosts) await this.#options.clearStored(host, 0, storedKinds.history)
    }
    if (kinds.includes('choices')) profile.book.forget(site)
  }

  /**
   * The engine keeps no time of what pages put down, so that less than everything cannot be cleared of its kinds: they are
   * left, and the answer says which.
   */
  async clearSpan(
    span: ClearSpan,
    kinds: readonly SiteDataKind[],
  ): Promise<{ readonly cleared: SiteDataKind[]; readonly left: SiteDataKind[] }> {
    const { session, profile, now } = this.#options
    const since = span === 'all' ? 0 : now() - spans[span]
    const left: SiteDataKind[] =
      span === 'all' ? [] : kinds.filter(kind => kind === 'cookies' || isEngineKind(kind))
    const cleared = kinds.filter(kind => !left.includes(kind))
    const storages = cleared.flatMap(kind =>
      kind === 'cookies' ? ['cookies' as const] : isEngineKind(kind) ? [engineStorages[kind]] : [],
    )
    if (storages.length > 0) await session.clearStorageData({ storages })
    if (cleared.includes('caches')) await session.clearCache()
    if (cleared.includes('history')) {
      profile.hsts.forget(({ seenAt }) => seenAt >= since)
      await this.#options.clearStored(null, since, storedKinds.history)
    }
    if (cleared.includes('choices')) {
      for (const site of profile.book.changedSince(since)) profile.book.forget(site)
    }
    return { cleared, left }
  }

  async #cookies(): Promise<SiteCookie[]> {
    const cookies = await this.#options.session.cookies.get({})
    return cookies.map(({ name, value, domain, path, secure, httpOnly, expirationDate }) => ({
      name: name.slice(0, 4_096),
      domain: (domain ?? '').slice(0, 300),
      path: (path ?? '/').slice(0, 4_096),
      bytes: Buffer.byteLength(name) + Buffer.byteLength(value),
      isSecure: secure === true,
      isHttpOnly: httpOnly === true,
      expiresAt: expirationDate === undefined ? null : Math.max(0, Math.trunc(expirationDate * 1_000)),
    }))
  }

  #files(): Promise<ProfileFiles> {
    const folder = this.#options.session.getStoragePath()
    return folder === null
      ? Promise.resolve({ origins: [], localStorageBytes: 0, serviceWorkerBytes: 0 })
      : measureProfile(folder)
  }

  /** Sites with an open page, and what their local storage holds where a page said so. */
  async #open(): Promise<Map<string, number | null>> {
    const open = new Map<string, number | null>()
    const measured = new Set<string>()
    for (const page of this.#options.pages()) {
      const [origin] = page.origins
      const site = origin === undefined ? null : siteOfUrl(origin)
      if (origin === undefined || site === null) continue
      const bytes = measured.has(origin) ? 0 : await page.localStorageBytes()
      if (bytes !== null) measured.add(origin)
      const before = open.get(site) ?? null
      open.set(site, before === null ? bytes : before + (bytes ?? 0))
    }
    return open
  }

  async #hostsOf(site: string): Promise<readonly string[]> {
    const cookies = await this.#cookies()
    const visited = await this.#options.visitedHosts(site)
    const known = [...cookies.map(cookie => hostOfCookie(cookie.domain)), ...visited]
    return [...new Set([site, `www.${site}`, ...known.filter(host => siteOfHost(host) === site)])]
  }

  async #originsOf(site: string, hosts: readonly string[]): Promise<readonly string[]> {
    const files = await this.#files()
    const known = [
      ...files.origins.map(({ origin }) => origin),
      ...this.#options.pages().flatMap(page => page.origins),
    ].filter(origin => siteOfUrl(origin) === site)
    const made = hosts.flatMap(host => [`https://${host}`, `http://${host}`])
    return [...new Set([...known, ...made.filter(origin => URL.canParse(origin))])]
  }
}

function isEngineKind(kind: SiteDataKind): kind is EngineKind {
  return Object.hasOwn(engineStorages, kind)
}

function bytesOf(use: SiteUse): number {
  return use.cookieBytes + use.indexedDbBytes + use.cacheBytes + (use.localStorageBytes ?? 0)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
