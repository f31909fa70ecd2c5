import { areaContracts } from '../../contracts/areas.ts'
import type { WindowState } from '../../contracts/browser.ts'
import type { Surface } from '../../contracts/compositor.ts'
import type { ProcessRow, ProcessTree } from '../../contracts/processes.ts'
import { systemClock } from '../../ipc/clock.ts'
import type { Application } from '../application.ts'
import type { OpenTab } from '../controller/browser-model.ts'
import type { PageFact, TabId, TabIntent } from '../controller/tab-model.ts'
import { FrameTaker } from './frame-taker.ts'
import { MapMaker } from './map-maker.ts'
import { pointId } from './meaning-map.ts'
import { overviewTabs } from './overview-tabs.ts'
import { takeFrame } from './take-frame.ts'

/** Results of a search that are shown on a surface. */
const mostMatches = 50
/** In CSS pixels. */
const previewSize = { width: 288, height: 232 }
/** The name by which costs are asked for. */
const watcher = 'overview'

/** What main has around the overview and the map: what is told to the compositor, and what comes of the person's wishes. */
export class OverviewPart implements Disposable {
  readonly #application: Application
  readonly #frames: FrameTaker
  readonly #map: MapMaker
  readonly #usedAt = new Map<string, number>()
  #activeTabId: string | null = null
  #processes: readonly ProcessRow[] = []
  #tabCount = 0
  /** Of the latest query of a surface, and of the map that is being made. */
  #asking = new AbortController()
  #opening = new AbortController()

  constructor(application: Application) {
    this.#application = application
    const debug = (message: string): void => application.log({ level: 'debug', message })
    this.#frames = new FrameTaker({
      take: tabId => takeFrame(tabId, application.tabs.find(tabId as TabId)),
      put: frame => this.#compositor.putFrame(frame),
      tabs: () => this.#seenTabs(),
      activeTabId: () => this.#activeTabId,
      isViewLoading: () => this.#tabInView()?.ref.getSnapshot().context.isLoading === true,
      clock: systemClock,
      debug,
    })
    this.#map = new MapMaker({
      storage: application.storage,
      ai: { run: (work, asking) => application.understanding.ai.run(work, asking) },
      tabs: () => new Map(application.state().tabs.map(tab => [tab.url, tab.id])),
    })
  }

  /** Begins to hear what a person does on a surface, and serves the chrome UI. */
  serve(): void {
    const { client } = this.#compositor
    client.on('tabChosen', ({ tabId }) => {
      this.#application.browser.send({ type: 'tab.activate', tabId: tabId as TabId })
      void this.close()
    })
    client.on('closeAsked', ({ tabId }) =>
      this.#application.browser.send({ type: 'tab.close', tabId: tabId as TabId }),
    )
    client.on('restartAsked', ({ tabId }) => this.#tell(tabId, { type: 'reload' }))
    client.on('sleepGroupAsked', ({ group }) => {
      for (const tab of this.#application.state().tabs)
        if (tab.group === group && tab.id !== this.#activeTabId)
          void this.#application.parts.suspension.sleep(tab.id as TabId)
    })
    client.on('groupByTopicAsked', () => void this.#groupByTopic())
    client.on('pointChosen', ({ id }) => this.#goTo(id))
    client.on('dismissed', () => void this.close())
    client.on('queryChanged', ({ surface, query }) => void this.#answer(surface, query))
    this.#compositor.onFramesMissing(tabIds => {
      for (const tabId of tabIds) this.#frames.want(tabId)
    })
    this.#application.switchboard.endpoint.serve(areaContracts.overview, {
      open: async ({ surface }) => {
        await this.open(surface)
        return {}
      },
      close: async () => {
        await this.close()
        return {}
      },
      preview: async ({ tab }) => {
        await this.#preview(tab)
        return {}
      },
      graphics: () => this.#compositor.report(),
    })
  }

  /** To be told whenever a tab, or which one is shown, has changed. */
  follow(activeTabId: string | null, tabCount: number): void {
    if (activeTabId !== this.#activeTabId) {
      if (this.#activeTabId !== null) this.#frames.settled(this.#activeTabId)
      this.#activeTabId = activeTabId
      if (activeTabId !== null) this.#usedAt.set(activeTabId, systemClock.wallClock())
    }
    // A hidden overview is told when it opens; only what is gone must not be kept until then.
    if (this.#compositor.surface !== null || tabCount < this.#tabCount)
      this.#compositor.setTabs(this.#scene(this.#application.state()))
    this.#tabCount = tabCount
  }

  /** What the page of a tab does. */
  noteFact(tabId: string, fact: PageFact): void {
    if (fact.type === 'page.finished') this.#frames.settled(tabId)
    if (fact.type === 'page.started' || fact.type === 'page.gone') this.#frames.forget(tabId)
  }

  /** What the processes cost, while somebody looks. */
  sampled({ rows }: ProcessTree): void {
    this.#processes = rows
    if (this.#compositor.surface === 'overview')
      this.#compositor.setTabs(this.#scene(this.#application.state()))
  }

  async open(surface: Surface): Promise<void> {
    const { window } = this.#application
    this.#compositor.setTabs(this.#scene(this.#application.state()))
    this.#announce(surface)
    this.#frames.setLive(surface === 'overview')
    this.#application.sampler.watch(watcher)
    if (this.#activeTabId !== null) this.#frames.want(this.#activeTabId)
    const making = surface === 'map' ? this.#makeMap() : null
    await this.#compositor.open(surface)
    if (making !== null) await making
    if (this.#compositor.surface === null) window.focusPage()
  }

  async close(): Promise<void> {
    this.#opening.abort()
    this.#asking.abort()
    this.#frames.setLive(false)
    this.#application.sampler.unwatch(watcher)
    await this.#compositor.close()
    this.#announce(this.#compositor.surface)
  }

  [Symbol.dispose](): void {
    this.#opening.abort()
    this.#asking.abort()
    this.#frames[Symbol.dispose]()
  }

  async #preview(wanted: { tabId: string; left: number; top: number } | null): Promise<void> {
    const { tabs, settings } = this.#application.state()
    const tab = tabs.find(one => one.id === wanted?.tabId)
    const isShown = settings.showsPreviews && tab !== undefined && this.#compositor.hasFrame(tab.id)
    if (wanted === null || !isShown) {
      await this.#compositor.preview(null, null)
      return
    }
    const { width: windowWidth } = this.#application.window.window.getContentBounds()
    const x = Math.max(0, Math.min(wanted.left, windowWidth - previewSize.width))
    await this.#compositor.preview(
      { id: tab.id, title: tab.title, detail: tab.site ?? tab.url },
      { x, y: wanted.top, ...previewSize },
    )
  }

  #tabInView(): OpenTab | null {
    const { tabs, activeTabId } = this.#application.browser.getSnapshot().context
    return tabs.find(tab => tab.id === activeTabId) ?? null
  }

  get #compositor(): Application['parts']['compositor'] {
    return this.#application.parts.compositor
  }

  #scene(state: WindowState): ReturnType<typeof overviewTabs> {
    const { parts } = this.#application
    return overviewTabs({
      state,
      media: parts.media.keeper.tabs(),
      processes: this.#processes,
      usedAt: this.#usedAt,
    })
  }

  /** Those with a page that can be seen, the one used last first. */
  #seenTabs(): readonly string[] {
    const shown = this.#application
      .state()
      // To be pictured a page must be drawn, and one that stands still would go on for it.
      .tabs.filter(tab => tab.content.kind === 'page' && tab.pid !== null && !tab.isFrozen)
    const usedAt = (tabId: string): number => this.#usedAt.get(tabId) ?? 0
    return shown.map(({ id }) => id).toSorted((one, other) => usedAt(other) - usedAt(one))
  }

  #tell(tabId: string, event: TabIntent): void {
    this.#application.browser.send({ type: 'tab.tell', tabId: tabId as TabId, event })
  }

  #announce(surface: Surface | null): void {
    this.#application.switchboard.endpoint.announce(areaContracts.overview, 'surfaceChanged', { surface })
  }

  async #groupByTopic(): Promise<void> {
    try {
      const { groups } = await this.#application.understanding.conversation.organise({
        signal: AbortSignal.timeout(30_000),
      })
      this.#application.browser.send({ type: 'tabs.group', groups })
    } catch (error) {
      this.#say('The tabs could not be grouped', error)
    }
  }

  async #makeMap(): Promise<void> {
    this.#opening.abort()
    this.#opening = new AbortController()
    const { signal } = this.#opening
    try {
      this.#compositor.setMap(await this.#map.make(signal))
    } catch (error) {
      if (!signal.aborted) this.#say('The map could not be made', error)
    }
  }

  #goTo(id: string): void {
    const url = this.#map.urlOf(id)
    if (url === null) return
    const tab = this.#application.state().tabs.find(one => one.url === url)
    if (tab === undefined)
      this.#application.browser.send({ type: 'tab.open', url, isInBackground: false, afterTabId: null })
    else this.#application.browser.send({ type: 'tab.activate', tabId: tab.id as TabId })
    void this.close()
  }

  /** Finds by meaning what the words of titles do not tell. */
  async #answer(surface: Surface, query: string): Promise<void> {
    this.#asking.abort()
    this.#asking = new AbortController()
    const { signal } = this.#asking
    if (query.trim() === '') return
    try {
      const { pages } = await this.#application.understanding.memory.search(query, mostMatches, { signal })
      if (signal.aborted) return
      this.#compositor.setMatches(
        surface,
        query,
        this.#idsOf(
          surface,
          pages.map(({ url }) => url),
        ),
      )
    } catch {
      // The surface has found by titles already, and says nothing of meaning.
    }
  }

  #idsOf(surface: Surface, urls: readonly string[]): readonly string[] {
    switch (surface) {
      case 'map':
        return this.#map.placesOf(urls).map(pointId)
      case 'overview': {
        const { tabs } = this.#application.state()
        return urls.flatMap(url => tabs.filter(tab => tab.url === url).map(({ id }) => id))
      }
    }
  }

  #say(what: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : 'unknown error'
    this.#application.notify({ id: 'overview', tone: 'warning', message: `${what}: ${reason}` })
  }
}
