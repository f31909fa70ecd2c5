import type { WebContents } from 'electron'
import { pageStateContract } from '../../contracts/page-state.ts'
import type { SitePermission } from '../../contracts/sites.ts'
import type { Client } from '../../ipc/client.ts'
import { systemClock } from '../../ipc/clock.ts'
import { endpointId } from '../../ipc/identity.ts'
import type { Application } from '../application.ts'
import type { BrowserContext } from '../controller/browser-model.ts'
import type { SleepingPage } from '../controller/sleeping-page.ts'
import type { TabEvent, TabId } from '../controller/tab-model.ts'
import type { WebRequests } from '../network/web-request.ts'
import type { MemoryPressure } from '../processes/pressure/memory-pressure.ts'
import { siteOfUrl } from '../sites/hosts.ts'
import type { TabView } from '../tabs/tab-view.ts'
import { knownTabs, type PageKnowledge } from './known-tabs.ts'
import { PageDownloads } from './page-downloads.ts'
import { PageFreezer } from './page-freezer.ts'
import { historyOf } from './page-history.ts'
import { SuspensionKeeper } from './suspension-keeper.ts'
import type { Circumstances, PageAnswer } from './suspension-policy.ts'
import { TypedKeys } from './typed-keys.ts'
import { Uploads } from './uploads.ts'

/**
 * Tabs that nobody looks at: which stand still, which give their processes back, and how they come back. A WebSocket keeps
 * no tab awake: pages open them again, and those that a person wants to hear from may notify them, which does.
 */
export class SuspensionPart implements Disposable {
  readonly #application: Application
  readonly #pressure: MemoryPressure
  readonly #keeper: SuspensionKeeper
  readonly #freezer = new PageFreezer()
  readonly #uploads = new Uploads(systemClock)
  readonly #downloads: PageDownloads
  readonly #keys = new TypedKeys()
  /** What is to be filled in again once its page is there. */
  readonly #waking = new Map<TabId, SleepingPage>()
  readonly #opened = new DisposableStack()
  #followed: Pick<BrowserContext, 'tabs' | 'activeTabId' | 'settings'> | null = null

  constructor(application: Application, requests: WebRequests, pressure: MemoryPressure) {
    this.#application = application
    this.#pressure = pressure
    this.#opened.use(requests.join(this.#uploads.part))
    this.#downloads = new PageDownloads(application.pageSessions)
    this.#keeper = this.#opened.use(
      new SuspensionKeeper({
        clock: systemClock,
        tabs: () => knownTabs(application.browser.getSnapshot().context, this.#knowledge()),
        circumstances: () => this.#circumstances(),
        ask: tabId => this.#ask(tabId as TabId),
        freeze: tabId => this.#tell(tabId as TabId, { type: 'freeze' }),
        discard: tabId => this.sleep(tabId as TabId),
        debug: message => application.log({ level: 'debug', message }),
      }),
    )
    this.#opened.use(pressure.onDidChange(() => this.#keeper.changed()))
  }

  /** To be told whenever anything of the window has changed. */
  follow({ tabs, activeTabId, settings }: BrowserContext): void {
    const before = this.#followed
    if (before?.tabs === tabs && before.activeTabId === activeTabId && before.settings === settings) return
    this.#followed = { tabs, activeTabId, settings }
    this.#keeper.changed()
  }

  /** Follows a tab's view from before its first load. */
  followView(view: TabView): void {
    const { contents, tabId } = view
    this.#keys.follow(contents)
    contents.on('dom-ready', () => void this.#restore(view))
    contents.on('did-stop-loading', () => void this.#restore(view).finally(() => this.#waking.delete(tabId)))
    contents.once('destroyed', () => this.#waking.delete(tabId))
  }

  /** The page of a tab is about to be loaded, with what was kept of it while it slept. */
  waking(tabId: TabId, sleeping: SleepingPage | null | undefined): void {
    if (sleeping === null || sleeping === undefined) this.#waking.delete(tabId)
    else this.#waking.set(tabId, sleeping)
  }

  /** Somebody wants something of a page in the background: it is to go on for a while. */
  used(tabId: string): void {
    const { tabs } = this.#application.browser.getSnapshot().context
    const tab = tabs.find(({ id }) => id === tabId)
    // Told to a tab that moves, it would be followed by everybody for nothing.
    if (tab?.ref.getSnapshot().context.isFrozen === true) this.#tell(tab.id, { type: 'unfreeze' })
    this.#keeper.used(tabId)
  }

  /** Lets the page of a tab stand still; its machine has decided so. */
  freeze(tabId: TabId): void {
    this.#say(tabId, contents => this.#freezer.freeze(contents))
  }

  thaw(tabId: TabId): void {
    this.#say(tabId, contents => this.#freezer.thaw(contents))
  }

  /** Keeps what a person would miss of a page, and gives its process back. The tab in view stays. */
  async sleep(tabId: TabId): Promise<void> {
    const view = this.#application.tabs.find(tabId)
    if (view === null || view.contents.isDestroyed()) return
    const url = view.contents.getURL()
    const kept = await this.#page(tabId)
      ?.capture({})
      .catch(() => null)
    // Meanwhile it may have gone elsewhere, or away.
    if (view.contents.isDestroyed() || view.contents.getURL() !== url) return
    if (this.#isInView(tabId)) return
    this.#noteEnd(view)
    if (kept === null || kept === undefined) {
      this.#tell(tabId, { type: 'sleep' })
      return
    }
    this.#tell(tabId, { type: 'page.scrolled', scroll: { x: Math.round(kept.x), y: Math.round(kept.y) } })
    const { fields, session } = kept
    const sleeping = { url, fields, session, history: historyOf(view.contents) }
    this.#tell(tabId, { type: 'sleep', sleeping })
  }

  [Symbol.dispose](): void {
    this.#opened.dispose()
    this.#waking.clear()
  }

  #tell(tabId: TabId, event: TabEvent): void {
    this.#application.browser.send({ type: 'tab.tell', tabId, event })
  }

  #say(tabId: TabId, say: (contents: WebContents) => Promise<void>): void {
    const contents = this.#application.tabs.find(tabId)?.contents
    if (contents !== undefined && !contents.isDestroyed()) void say(contents)
  }

  #isInView(tabId: TabId): boolean {
    return this.#application.browser.getSnapshot().context.activeTabId === tabId
  }

  /** A process that other tabs share does not end. */
  #noteEnd({ pid, tabId }: TabView): void {
    const { tabs, parts } = this.#application
    if (pid === null || tabs.all().some(other => other.tabId !== tabId && other.pid === pid)) return
    parts.processes.book.noteEnd(pid, { kind: 'rest' })
  }

  #page(tabId: TabId): Client<typeof pageStateContract> | null {
    if (!this.#application.connectTab(tabId)) return null
    return this.#application.switchboard.endpoint.client(pageStateContract, endpointId(`tab:${tabId}`))
  }

  async #ask(tabId: TabId): Promise<PageAnswer> {
    const holds = await this.#page(tabId)
      ?.holds({})
      .catch(() => null)
    const contents = this.#application.tabs.find(tabId)?.contents
    if (holds === null || holds === undefined || contents === undefined) return 'silent'
    const { hasUnsavedInput, wasUsed, isInFrame, storesTooMuch } = holds
    return {
      // What is typed into a frame of another site only its own process sees.
      hasUnsavedInput: hasUnsavedInput || (isInFrame && this.#keys.has(contents)),
      isGuarded: wasUsed && (await this.#freezer.isGuarded(contents)),
      storesTooMuch,
    }
  }

  /** Fills in what was kept, as often as the page may have grown more fields. */
  async #restore({ tabId, contents }: TabView): Promise<void> {
    const sleeping = this.#waking.get(tabId)
    if (sleeping === undefined || sleeping.fields.length === 0 || contents.isDestroyed()) return
    if (contents.getURL() !== sleeping.url) return
    await this.#page(tabId)
      ?.restore({ fields: [...sleeping.fields] })
      .catch(() => {})
  }

  #knowledge(): PageKnowledge {
    const { parts, tabs } = this.#application
    const granted = (contents: WebContents): readonly SitePermission[] =>
      parts.sites.desk.granted(contents.id)
    return {
      contentsOf: tabId => {
        const contents = tabs.find(tabId as TabId)?.contents
        return contents === undefined || contents.isDestroyed() ? null : contents
      },
      playing: new Set(parts.media.keeper.tabs().flatMap(media => (media.isPlaying ? media.tabId : []))),
      isCapturing: contents => granted(contents).some(one => one === 'camera' || one === 'microphone'),
      isUploading: contents => this.#uploads.isUploading(contents.id),
      isDownloading: contents => this.#downloads.isDownloading(contents.id),
      mayNotify: contents => {
        const site = siteOfUrl(contents.getURL())
        const { book } = parts.sites.profile(contents.session)
        if (granted(contents).includes('notifications')) return true
        return site !== null && book.permission(site, 'notifications') === true
      },
    }
  }

  #circumstances(): Circumstances {
    const { sleepsTabs, sleepAfterMinutes } = this.#application.browser.getSnapshot().context.settings
    const { level, isOnBattery } = this.#pressure
    return { isOn: sleepsTabs, sleepAfterMs: sleepAfterMinutes * 60_000, pressure: level, isOnBattery }
  }
}
