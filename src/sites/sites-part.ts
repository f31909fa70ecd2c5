import { randomUUID } from 'node:crypto'
import { net, type Session, type WebContents } from 'electron'
import { areaContracts } from '../../contracts/areas.ts'
import type { PageProblem } from '../../contracts/browser.ts'
import { networkContract } from '../../contracts/network.ts'
import type { SitesState, TabSite } from '../../contracts/sites.ts'
import { systemClock } from '../../ipc/clock.ts'
import { endpointId } from '../../ipc/identity.ts'
import type { Application } from '../application.ts'
import type { TabId } from '../controller/tab-model.ts'
import { coalesce } from '../messaging/coalesce.ts'
import type { WebRequests } from '../network/web-request.ts'
import type { PageSession } from '../security/page-sessions.ts'
import { repeatLoad } from '../storage/repeat-load.ts'
import { storageClients } from '../storage/storage-client.ts'
import type { TabView } from '../tabs/tab-view.ts'
import { Connectivity } from './connectivity.ts'
import { CookieGuard, removeCookies } from './cookie-guard.ts'
import type { CookieSettings } from './cookie-policy.ts'
import { guardPermissions } from './guard-permissions.ts'
import { siteOfUrl } from './hosts.ts'
import { LoadSecurity } from './load-security.ts'
import { ordinarySiteData } from './ordinary-site-data.ts'
import { PermissionDesk } from './permission-desk.ts'
import { ProfileSites } from './profile-sites.ts'
import { retryOffline } from './retry-offline.ts'
import { serveSites } from './serve-sites.ts'
import type { SiteData } from './site-data.ts'
import { StoredSites } from './site-writer.ts'
import { applyZoom, keepZoom, type ZoomStep, zoomed } from './zoom.ts'

/** A start waits this long for what is known of sites. */
const loadWaitMs = 1_500
/** A person who quits waits this long at most for the last writes. */
const flushDeadlineMs = 2_000
/** The network process answers at once or not at all. */
const failureDeadlineMs = 500

/** What main has around sites: how they are reached, what they keep, and what they may do. */
export class SitesPart implements Disposable {
  readonly security: LoadSecurity
  readonly desk: PermissionDesk
  /** What sites keep in the profile on disk. */
  readonly data: SiteData
  readonly connectivity: Connectivity
  readonly #application: Application
  readonly #profiles = new Map<Session, ProfileSites>()
  readonly #stored: StoredSites
  /** How many cookies of other sites were kept away from the page of each contents. */
  readonly #blockedCookies = new Map<number, number>()
  readonly #announce: () => void

  constructor(application: Application, requests: WebRequests) {
    this.#application = application
    const { endpoint } = application.switchboard
    const network = endpoint.client(networkContract, endpointId('network'))
    this.#stored = new StoredSites(storageClients(endpoint).sites, application.log)
    this.#announce = coalesce(() =>
      endpoint.announce(areaContracts.sites, 'changed', this.state(), { isLatestOnly: true }),
    )
    this.connectivity = new Connectivity({
      clock: systemClock,
      isOnline: () => net.isOnline(),
      onChanged: isOnline => {
        this.#announce()
        if (isOnline) retryOffline(application.browser)
      },
    })
    this.security = new LoadSecurity({
      profileOf: session => this.#profiles.get(session) ?? null,
      lastFailure: (host, port) => network.lastFailure({ host, port }, { deadlineMs: failureDeadlineMs }),
      isOnline: () => this.connectivity.look(),
      now: () => systemClock.wallClock(),
    })
    this.desk = new PermissionDesk({
      clock: systemClock,
      makeId: randomUUID,
      onChanged: this.#announce,
      onAsked: contentsId => this.#focusQuestion(contentsId),
    })
    application.pageSessions.attach(page => this.#attach(page))
    requests.join(this.security.part)
    const guard = new CookieGuard({
      settingsOf: session => this.#cookieSettings(session),
      now: () => systemClock.wallClock(),
      onBlocked: contentsId => {
        this.#blockedCookies.set(contentsId, (this.#blockedCookies.get(contentsId) ?? 0) + 1)
        this.#announce()
      },
    })
    requests.join(guard.part)
    this.data = ordinarySiteData(application, this.ordinary)
  }

  /** What the profile on disk knows and allows. */
  get ordinary(): ProfileSites {
    return this.profile(this.#application.pageSessions.obtain(false).session)
  }

  /** Reads what earlier runs learned; what is slow to come is taken when it comes. Without it the browser works. */
  load(): Promise<void> {
    return noLonger(loadWaitMs, this.#load())
  }

  async #load(): Promise<void> {
    const { ordinary } = this
    try {
      const { records, hsts } = await repeatLoad(() => this.#stored.load())
      ordinary.book.load(records)
      ordinary.hsts.load(hsts)
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown error'
      this.#application.log({ level: 'warning', message: `What is known of sites was not read: ${reason}` })
    }
  }

  /** Follows a tab's view from before its first load. */
  follow(view: TabView): void {
    const { contents } = view
    const { id, session } = contents
    contents.on('did-start-navigation', details => {
      if (details.isMainFrame && !details.isSameDocument) this.security.started(contents)
    })
    contents.on('did-navigate', (_event, url) => {
      this.desk.navigated(id, url)
      this.#blockedCookies.delete(id)
      applyZoom(contents, this.profile(session).book)
      this.#announce()
    })
    contents.on('zoom-changed', (_event, direction) => this.zoom(view.tabId, direction))
    contents.once('destroyed', () => {
      this.security.closed(id, session)
      this.desk.closed(id)
      this.#blockedCookies.delete(id)
      this.#announce()
    })
    this.#announce()
  }

  /** An address without a scheme was typed for a tab of this profile. */
  typed(url: string, isPrivate: boolean): void {
    this.profile(this.#application.pageSessions.obtain(isPrivate).session).secureFirst.typed(url)
  }

  explain(contents: WebContents, problem: PageProblem | null): Promise<PageProblem | null> {
    return this.security.explain(contents, problem)
  }

  /** Whether what a tab shows comes from a site whose certificate a person let pass. */
  isUnproven(tabId: string): boolean {
    const contents = this.#application.tabs.find(tabId as TabId)?.contents
    if (contents === undefined || contents.isDestroyed()) return false
    return this.profile(contents.session).exceptions.covers(contents.getURL())
  }

  /** Throws for a session that is not for pages. */
  profile(session: Session): ProfileSites {
    const profile = this.#profiles.get(session)
    if (profile === undefined) throw new Error('No page uses this session')
    return profile
  }

  state(): SitesState {
    return {
      isOnline: this.connectivity.isOnline,
      tabs: this.#application.tabs.all().map(view => this.#tabSite(view)),
    }
  }

  /** Shows the page of a tab larger or smaller, and every page of its site, now and later. */
  zoom(tabId: string, to: ZoomStep): void {
    const contents = this.#application.tabs.find(tabId as TabId)?.contents
    if (contents === undefined || contents.isDestroyed()) return
    this.setZoom(contents, zoomed(contents.getZoomFactor(), to))
  }

  setZoom(contents: WebContents, factor: number): void {
    keepZoom(contents, this.profile(contents.session).book, factor)
  }

  /**
   * Removes cookies that are to end with the browser: those of these sites, and of sites of which that was chosen. At the
   * start too, for the last end may have been sudden.
   */
  async removeEndedCookies(sites: readonly string[]): Promise<void> {
    const { ordinary } = this
    const ended = new Set([
      ...sites,
      ...ordinary.book.sites().filter(site => ordinary.book.choices(site).cookies === 'sessionOnly'),
    ])
    if (ended.size === 0) return
    const { session } = this.#application.pageSessions.obtain(false)
    await removeCookies(session.cookies, site => ended.has(site)).catch(() => 0)
  }

  /** Waits until what was chosen is on disk, but not for ever: storage may be gone for good. */
  flush(): Promise<void> {
    return noLonger(flushDeadlineMs, this.#stored.drained())
  }

  serve(): void {
    serveSites(this.#application.switchboard.endpoint, this.#application, this)
  }

  changed(): void {
    this.#announce()
  }

  [Symbol.dispose](): void {
    this.connectivity[Symbol.dispose]()
    for (const profile of this.#profiles.values()) profile[Symbol.dispose]()
    this.#stored[Symbol.dispose]()
  }

  #attach({ session, isPrivate, ended }: PageSession): undefined {
    const profile = new ProfileSites({
      clock: systemClock,
      isPrivate,
      writer: isPrivate ? null : this.#stored,
      isSecureFirst: () => this.#application.browser.getSnapshot().context.settings.securesFirst,
      onTooSlow: contentsId => this.#askInsteadOfWaiting(contentsId),
    })
    this.#profiles.set(session, profile)
    profile.book.onChanged(site => this.#siteChanged(session, site))
    guardPermissions(session, profile, this.desk, contents => this.#isSeen(contents))
    ended.addEventListener('abort', () => {
      this.#profiles.delete(session)
      profile[Symbol.dispose]()
    })
    // -3 leaves the decision to the engine: all that is wanted is to have seen what was proven.
    session.setCertificateVerifyProc((request, answer) => {
      if (request.errorCode === 0) this.security.noteProven(request.hostname, request.certificate)
      answer(-3)
    })
  }

  #tabSite(view: TabView): TabSite {
    const { contents, tabId } = view
    const url = contents.isDestroyed() ? '' : contents.getURL()
    const profile = this.profile(contents.session)
    return {
      tabId,
      site: siteOfUrl(url),
      isPrivate: profile.isPrivate,
      zoomPercent: contents.isDestroyed() ? 100 : Math.round(contents.getZoomFactor() * 100),
      isUnproven: profile.exceptions.covers(url),
      question: this.desk.question(contents.id),
      granted: this.desk.granted(contents.id),
      blockedCookies: this.#blockedCookies.get(contents.id) ?? 0,
    }
  }

  /** A question of the page in view gets the keys: Escape and Enter refuse it. */
  #focusQuestion(contentsId: number): void {
    const view = this.#application.tabs.all().find(one => one.contents.id === contentsId)
    const { activeTabId } = this.#application.browser.getSnapshot().context
    if (view !== undefined && view.tabId === activeTabId) this.#application.window.focusChrome()
  }

  /** Tabs of the command line have no place in the window. */
  #isSeen(contents: WebContents): boolean {
    const view = this.#application.tabs.all().find(one => one.contents === contents)
    const { tabs } = this.#application.browser.getSnapshot().context
    return tabs.some(tab => tab.id === view?.tabId && !tab.isEphemeral)
  }

  #siteChanged(session: Session, site: string): void {
    for (const { contents } of this.#application.tabs.all()) {
      if (contents.isDestroyed() || contents.session !== session) continue
      if (siteOfUrl(contents.getURL()) === site) applyZoom(contents, this.profile(session).book)
    }
    this.#announce()
  }

  #cookieSettings(session: Session): CookieSettings | null {
    const profile = this.#profiles.get(session)
    if (profile === undefined) return null
    const { settings } = this.#application.browser.getSnapshot().context
    return {
      blocksThirdParty: settings.blocksThirdPartyCookies,
      choiceOf: site => profile.book.choices(site).cookies,
      isSessionOnly: site => settings.sessionOnlyCookieSites.includes(site),
    }
  }

  /** Encryption was waited for long enough: the load is broken off, and the person asked. */
  #askInsteadOfWaiting(contentsId: number): void {
    const view = this.#application.tabs.all().find(one => one.contents.id === contentsId)
    if (view === undefined || view.contents.isDestroyed()) return
    view.stop()
    void this.security.explain(view.contents, null).then(problem => {
      if (problem === null) return
      this.#application.browser.send({
        type: 'tab.tell',
        tabId: view.tabId,
        event: { type: 'page.failed', problem },
      })
    })
  }
}

/** Waits for the work, but not for ever. */
function noLonger(deadlineMs: number, work: Promise<void>): Promise<void> {
  return Promise.race([work, new Promise<void>(resolve => systemClock.after(deadlineMs, resolve))])
}
