import type { OnBeforeRequestListenerDetails } from 'electron'
import type { TabBlocking } from '../../contracts/network-for-chrome.ts'
import type { RequestFiltering } from '../../contracts/request-log.ts'
import type { Settings } from '../../contracts/storage.ts'
import { siteOf } from '../tabs/site.ts'
import type { FilterDecisions, TimelyDecision } from './filter-decisions.ts'
import type { RequestPart, RequestSource, RequestVerdict } from './web-request.ts'

/** Hosts that are counted by themselves on one page. */
const mostHosts = 100

/** What is filtered: nothing of a page's own or the engine's schemes. */
const filtered = /^(?:https?|wss?):/i

export interface RequestBlockerOptions {
  readonly decisions: FilterDecisions
  readonly settings: () => Pick<Settings, 'blocksTrackers' | 'unblockedSites'>
  readonly tabOf: (webContentsId: number) => string | null
  readonly note: (source: RequestSource, id: number, filtering: RequestFiltering) => void
  readonly onCount: (tabId: string) => void
}

/** The page of a tab, as far as it is known from its requests. */
interface BlockedPage {
  readonly url: string
  readonly site: string | null
  count: number
  readonly hosts: Map<string, { readonly list: string; count: number }>
}

/** Stops what filter lists stop on the pages of tabs, unless the person said otherwise, and counts it by tab. */
export class RequestBlocker {
  readonly part: RequestPart
  readonly #options: RequestBlockerOptions
  readonly #pages = new Map<string, BlockedPage>()

  constructor(options: RequestBlockerOptions) {
    this.#options = options
    this.part = {
      name: 'filter lists',
      decide: (request, source) => this.#decide(request, source),
      // Until its head has come, the page before it is still there and may go on loading.
      onStarted: ({ resourceType, webContentsId, url }) => {
        if (resourceType !== 'mainFrame' || webContentsId === undefined) return
        const tabId = this.#options.tabOf(webContentsId)
        if (tabId !== null) this.begin(tabId, url)
      },
    }
  }

  /** To be called when a tab shows another document: what was counted for the one before it is over. */
  begin(tabId: string, url: string): void {
    const before = this.#pages.get(tabId)
    this.#pages.set(tabId, { url, site: siteOf(url), count: 0, hosts: new Map() })
    if (before !== undefined && before.count > 0) this.#options.onCount(tabId)
  }

  /** The address of the page of which it is counted; null before there is one. */
  pageOf(tabId: string): string | null {
    return this.#pages.get(tabId)?.url ?? null
  }

  forget(tabId: string): void {
    this.#pages.delete(tabId)
  }

  /** Whether anything is blocked on the pages of a site. */
  isOn(site: string | null): boolean {
    const { blocksTrackers, unblockedSites } = this.#options.settings()
    return blocksTrackers && (site === null || !unblockedSites.includes(site))
  }

  count(tabId: string): number {
    return this.#pages.get(tabId)?.count ?? 0
  }

  /** Those tabs on whose pages something was blocked. */
  counts(): { tabId: string; count: number }[] {
    return [...this.#pages].flatMap(([tabId, { count }]) => (count > 0 ? [{ tabId, count }] : []))
  }

  /** What was blocked on the page of a tab. */
  blocking(tabId: string): TabBlocking {
    const page = this.#pages.get(tabId)
    const site = page?.site ?? null
    return {
      site: site?.slice(0, 300) ?? null,
      isOn: this.isOn(site),
      count: page?.count ?? 0,
      hosts: [...(page?.hosts ?? [])]
        .map(([host, { list, count }]) => ({ host: host.slice(0, 300), list, count }))
        .toSorted((one, other) => other.count - one.count),
    }
  }

  #decide(
    request: OnBeforeRequestListenerDetails,
    source: RequestSource,
  ): RequestVerdict | null | Promise<RequestVerdict | null> {
    // What a person goes to is theirs to judge; lists stop what pages ask for.
    if (request.resourceType === 'mainFrame' || !filtered.test(request.url)) return null
    const tabId = request.webContentsId === undefined ? null : this.#options.tabOf(request.webContentsId)
    const page = tabId === null ? undefined : this.#pages.get(tabId)
    const asking = request.initiatorOrigin === 'null' ? undefined : request.initiatorOrigin
    const pageUrl = page?.url ?? asking
    // Without a page it is the browser's own, such as the icon of a site.
    if (pageUrl === undefined || !this.isOn(page === undefined ? siteOf(pageUrl) : page.site)) return null
    const decision = this.#options.decisions.decide({
      url: request.url,
      kind: request.resourceType,
      source: asking ?? pageUrl,
      page: pageUrl,
    })
    const settle = (settled: TimelyDecision) => this.#settle(settled, request, source, tabId, page)
    return decision instanceof Promise ? decision.then(settle) : settle(decision)
  }

  #settle(
    decision: TimelyDecision,
    request: OnBeforeRequestListenerDetails,
    source: RequestSource,
    tabId: string | null,
    page: BlockedPage | undefined,
  ): RequestVerdict | null {
    switch (decision.kind) {
      case 'allow':
        return null
      case 'late':
      case 'except':
        this.#options.note(source, request.id, decision)
        return null
      case 'block':
      case 'redirect': {
        const { kind, rule, list } = decision
        this.#options.note(source, request.id, { kind, rule, list })
        if (tabId !== null && page !== undefined) this.#countOn(tabId, page, request.url, list)
        return kind === 'block' ? { kind: 'cancel' } : { kind: 'redirect', url: decision.to }
      }
    }
  }

  #countOn(tabId: string, page: BlockedPage, url: string, list: string): void {
    page.count += 1
    const host = URL.parse(url)?.hostname ?? ''
    const known = page.hosts.get(host)
    if (known !== undefined) known.count += 1
    else if (page.hosts.size < mostHosts) page.hosts.set(host, { list, count: 1 })
    if (this.#pages.get(tabId) === page) this.#options.onCount(tabId)
  }
}
