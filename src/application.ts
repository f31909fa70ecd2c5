import { randomUUID } from 'node:crypto'
import { type Actor, createActor, fromPromise, waitFor } from 'xstate'
import { browserContract, type Notice, type WindowState } from '../contracts/browser.ts'
import { controlContract } from '../contracts/control.ts'
import type { Judgement } from '../contracts/judgement.ts'
import type { PageAnalysis, PassageIndex } from '../contracts/page-analysis.ts'
import type { ProcessTree } from '../contracts/processes.ts'
import type { Settings } from '../contracts/storage.ts'
import { systemClock } from '../ipc/clock.ts'
import { ProcessTerminatedError } from '../ipc/errors.ts'
import type { Log } from '../ipc/log.ts'
import { analysisWorker } from './analysis/analysis-worker.ts'
import { commandHands } from './commands/command-hands.ts'
import { CommandRunner } from './commands/command-runner.ts'
import { type BrowserSnapshot, browserMachine } from './controller/browser-machine.ts'
import type { OpenTab } from './controller/browser-model.ts'
import { pageAnalysisMachine } from './controller/page-analysis-machine.ts'
import { tabMachine } from './controller/tab-machine.ts'
import type { PageFact, PageToJudge, TabId } from './controller/tab-model.ts'
import { windowState } from './controller/window-state.ts'
import type { SeenTab } from './memory/background-reader.ts'
import { mayRemember, type TabToRemember } from './memory/may-remember.ts'
import { serveBrowser } from './messaging/browser-service.ts'
import { connectChrome } from './messaging/chrome-connection.ts'
import { coalesce } from './messaging/coalesce.ts'
import { Diagnostics } from './messaging/diagnostics.ts'
import type { MessageMonitor } from './messaging/message-traffic.ts'
import { monitorMessages } from './messaging/monitor-messages.ts'
import { serveAreas } from './messaging/serve-areas.ts'
import { createSwitchboard, type Switchboard } from './messaging/switchboard.ts'
import { TabConnections } from './messaging/tab-connections.ts'
import { WatchedSampler } from './messaging/watched-sampler.ts'
import { Parts } from './parts.ts'
import { sampleProcesses } from './processes/sample-processes.ts'
import type { ServiceName } from './processes/service-definitions.ts'
import type { ChromeSupervisor } from './processes/supervision/chrome-supervisor.ts'
import { givenUpWords } from './processes/supervision/policies.ts'
import type { ServiceSupervisor } from './processes/supervision/service-supervisor.ts'
import { superviseServices } from './processes/supervision/supervise-services.ts'
import type { PageSessions } from './security/page-sessions.ts'
import { ownSession, pageSessions } from './security/sessions.ts'
import { SessionKeeper } from './storage/session-keeper.ts'
import { type StorageClient, storageClient, storageClients } from './storage/storage-client.ts'
import { restoreSession } from './suspension/page-session.ts'
import { type OmniboxTarget, readOmniboxInput } from './tabs/omnibox-input.ts'
import { warmTabs } from './tabs/warm-tabs.ts'
import { Understanding } from './understanding.ts'
import { answerShortcut } from './windows/answer-shortcut.ts'
import { MainWindow } from './windows/main-window.ts'
import { TabViews } from './windows/tab-views.ts'
import { applyTheme } from './windows/theme.ts'

/** Storage is waited for forty seconds at most, and the rest of a start takes moments. */
const startDeadlineMs = 60_000

export interface ApplicationOptions {
  readonly isHeadless: boolean
  readonly buildFolder: string
  readonly modelsFolder: string
  readonly userDataFolder: string
  readonly log: Log
  readonly onQuit: () => void
}

/**
 * The running browser: the machines, and the hands that carry out what they decide. Nothing here decides; what is done
 * when stands in `controller/`.
 */
export class Application {
  readonly log: Log
  /** Nobody sees the window. */
  readonly isHeadless: boolean
  /** Where the built pages and preloads lie. */
  readonly buildFolder: string
  readonly modelsFolder: string
  readonly browser: Actor<typeof browserMachine>
  readonly window: MainWindow
  readonly tabs: TabViews
  readonly switchboard: Switchboard
  readonly storage: StorageClient
  /** Whatever has to hold for pages is attached to these. */
  readonly pageSessions: PageSessions
  readonly understanding: Understanding
  readonly parts: Parts
  readonly commands: CommandRunner
  readonly sampler: WatchedSampler<ProcessTree>
  readonly services: ReadonlyMap<ServiceName, ServiceSupervisor>
  readonly tabConnections: TabConnections
  readonly messages: MessageMonitor
  /** What the command line may see of the messages. */
  readonly diagnostics: Diagnostics
  readonly #options: ApplicationOptions
  readonly #sessionKeeper: SessionKeeper
  readonly #announceState: () => void
  /** Who reads in the background need not hear of every step of a load. */
  readonly #followMemory = coalesce(() => {
    const { tabs, activeTabId } = this.browser.getSnapshot().context
    this.understanding.memory.follow(
      tabs.map(tab => this.#seen(tab)),
      activeTabId,
    )
  })
  #followedSettings: Settings | null = null
  readonly #chrome: ChromeSupervisor

  constructor(options: ApplicationOptions) {
    this.#options = options
    const { log } = options
    this.log = log
    this.isHeadless = options.isHeadless
    this.buildFolder = options.buildFolder
    this.modelsFolder = options.modelsFolder
    this.switchboard = createSwitchboard({ log })
    const { endpoint } = this.switchboard
    this.storage = storageClient(endpoint)
    this.pageSessions = pageSessions(log)
    this.commands = new CommandRunner(commandHands(this))
    this.services = superviseServices(this, {
      buildFolder: options.buildFolder,
      modelsFolder: options.modelsFolder,
      databaseFile: `${options.userDataFolder}/nexus.sqlite`,
      cacheFile: `${options.userDataFolder}/fetches.sqlite`,
    })
    this.understanding = new Understanding({
      endpoint,
      storage: this.storage,
      log,
      withAi: (work, isAwaited) =>
        this.withService('ai', isAwaited ? () => this.parts.scheduling.priorities.awaitAi(work) : work),
      pressure: () => this.parts.processes.pressure,
      isAiThere: () => this.services.get('ai')?.actor.getSnapshot().matches('failed') === false,
      connectTab: tabId => this.connectTab(tabId),
      findView: tabId => this.tabs.find(tabId as TabId),
      state: () => this.state(),
    })
    this.parts = new Parts(this)
    this.diagnostics = new Diagnostics({
      endpoint,
      spans: this.switchboard.spans,
      services: this.services,
      userDataFolder: options.userDataFolder,
    })
    const { sessions, care } = storageClients(endpoint)
    this.#sessionKeeper = new SessionKeeper({
      storage: this.storage,
      sessions,
      care,
      log,
      notify: notice => this.notify(notice),
    })
    this.#announceState = coalesce(() => endpoint.announce(browserContract, 'stateChanged', this.state()))
    this.browser = createActor(this.#machine(), {
      input: { makeTabId: () => randomUUID() as TabId, now: Date.now },
    })
    this.window = new MainWindow({
      session: ownSession('chrome', `${options.buildFolder}/chrome`),
      preload: `${options.buildFolder}/preload/chrome.cjs`,
      isShown: !options.isHeadless,
      onClosed: options.onQuit,
      onFullScreenChanged: () => this.#announceState(),
    })
    this.tabConnections = new TabConnections(this.switchboard)
    this.tabs = new TabViews({
      window: this.window,
      sessions: this.pageSessions,
      preload: `${options.buildFolder}/preload/tab.cjs`,
      onFact: (tabId, fact) => this.#tell(tabId, fact),
      onLost: (tabId, pid, details) => this.parts.crashes.pageLost(tabId, pid, details),
      onDocument: tabId => this.tabConnections.forget(tabId),
      onOpen: (afterTabId, url, isInBackground) =>
        this.browser.send({ type: 'tab.open', url, isInBackground, afterTabId }),
      onClosed: tabId => {
        this.tabConnections.forget(tabId)
        this.parts.traffic.tabClosed(tabId)
        this.parts.proxy.tabClosed(tabId)
        this.parts.crashes.tabClosed(tabId)
      },
      onView: view => {
        this.parts.media.follow(view)
        this.parts.reading.follow(view)
        this.parts.traffic.follow(view)
        this.parts.sites.follow(view)
        this.parts.suspension.followView(view)
        this.parts.processes.followView(view)
      },
      explain: (contents, problem) => this.parts.sites.explain(contents, problem),
      fetchIcon: (url, page) => this.parts.fetches.picture(url, 'icon', page),
      onShortcut: (event, input) => answerShortcut(this, event, input),
      restoreSession: (contents, sleeping) => restoreSession(contents, sleeping, systemClock),
      warm: warmTabs(this),
    })
    this.sampler = new WatchedSampler({
      sample: () => this.sampleProcesses(),
      publish: (tree, isWatching) => {
        if (isWatching('overview')) this.parts.overview.sampled(tree)
        endpoint.announce(browserContract, 'processesSampled', tree, { to: peer => isWatching(peer.id) })
        endpoint.announce(controlContract, 'processesSampled', tree, { to: peer => isWatching(peer.id) })
      },
    })
    this.messages = monitorMessages(endpoint, [...this.services.keys()], log)
    serveBrowser(endpoint, this)
    serveAreas(endpoint, this)
    this.#chrome = this.parts.processes.superviseChrome()
    connectChrome(this.window.chrome.webContents, this.switchboard, {
      onConnected: () => this.#chrome.connected(),
      onGone: () => {
        this.sampler.unwatch('chrome:1')
        this.messages.unwatch('chrome:1')
        this.parts.traffic.log.unwatch('chrome:1')
      },
    })
  }

  /** Opens the window, brings back what storage holds, and opens `urls`. Answers once the chrome UI has loaded. */
  async start(urls: readonly string[]): Promise<void> {
    this.browser.subscribe(snapshot => this.#follow(snapshot))
    this.browser.start()
    for (const service of this.services.values()) {
      if (service.definition.start === 'withBrowser') service.ensureRunning()
    }
    this.#chrome.begun()
    // A window that is lost while it loads is brought back by whoever looks after it.
    const opened = this.window.open().catch(() => {})
    const [{ saved, closed, settings }] = await Promise.all([
      this.#sessionKeeper.load(),
      this.parts.sites.load(),
    ])
    await this.parts.sites.removeEndedCookies(settings.sessionOnlyCookieSites)
    this.browser.send({
      type: 'restore',
      saved: this.parts.crashes.judgeRestored(saved),
      closed,
      urls,
      settings,
    })
    void this.parts.downloads.load()
    await opened
  }

  /** Resolves once the last session has been brought back, from when on tabs can be opened. */
  async whenRunning(): Promise<void> {
    await waitFor(this.browser, snapshot => snapshot.matches('running'), { timeout: startDeadlineMs })
  }

  state(): WindowState {
    const view = {
      pidOf: (tabId: TabId) => this.tabs.find(tabId)?.pid ?? null,
      isUnproven: (tabId: TabId) => this.parts.sites.isUnproven(tabId),
    }
    return windowState(this.browser.getSnapshot(), view, {
      processCount: this.#countProcesses(),
      isFullScreen: this.window.window.isFullScreen(),
    })
  }

  /** Opens a tab for what was typed; null opens the new-tab page. */
  openFromInput(input: string | null): void {
    if (input === null) {
      this.browser.send({ type: 'tab.open', url: null, isInBackground: false, afterTabId: null })
      return
    }
    const { context } = this.browser.getSnapshot()
    const target = readOmniboxInput(input, context.settings.searchTemplate)
    const url = target.kind === 'refused' ? null : target.url
    // What is typed while one is private is not meant for the history.
    const isPrivate = context.tabs.find(tab => tab.id === context.activeTabId)?.isPrivate === true
    this.#expect(input, target, isPrivate)
    this.browser.send({ type: 'tab.open', url, isInBackground: false, afterTabId: null, isPrivate })
    const { activeTabId } = this.browser.getSnapshot().context
    if (target.kind === 'refused' && activeTabId !== null) {
      this.browser.send({
        type: 'tab.tell',
        tabId: activeTabId,
        event: { type: 'refuse', problem: target.problem },
      })
    }
  }

  go(tabId: TabId, input: string): void {
    const { settings, tabs } = this.browser.getSnapshot().context
    const target = readOmniboxInput(input, settings.searchTemplate)
    this.#expect(input, target, tabs.find(tab => tab.id === tabId)?.isPrivate === true)
    const event =
      target.kind === 'refused'
        ? ({ type: 'refuse', problem: target.problem } as const)
        : ({ type: 'go', url: target.url } as const)
    this.browser.send({ type: 'tab.tell', tabId, event })
    if (target.kind !== 'refused') this.window.focusPage()
  }

  notify(notice: Omit<Notice, 'id'> & { readonly id?: string }): void {
    this.browser.send({ type: 'notice.add', notice: { id: notice.id ?? randomUUID(), ...notice } })
  }

  sampleProcesses(): Promise<ProcessTree> {
    return sampleProcesses(this)
  }

  quit(): void {
    this.#options.onQuit()
  }

  /** Finishes what is being written and ends the services. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.sampler[Symbol.dispose]()
    this.messages[Symbol.dispose]()
    this.diagnostics[Symbol.dispose]()
    this.understanding[Symbol.dispose]()
    const { settings } = this.browser.getSnapshot().context
    await this.parts.sites.removeEndedCookies(settings.sessionOnlyCookieSites)
    await this.parts.sites.flush()
    this.parts[Symbol.dispose]()
    await this.#sessionKeeper.flush()
    this.tabs[Symbol.dispose]()
    await Promise.all([...this.services.values()].map(service => service[Symbol.asyncDispose]()))
    this.window[Symbol.dispose]()
    this.switchboard[Symbol.dispose]()
  }

  /** Whoever types a name alone did not ask for encryption, and may do without it after a question. */
  #expect(input: string, target: OmniboxTarget, isPrivate: boolean): void {
    if (target.kind === 'address' && !input.includes('://')) this.parts.sites.typed(target.url, isPrivate)
  }

  /** What runs now, of what we started ourselves; the engine's own helpers are counted only when they are sampled. */
  #countProcesses(): number {
    const pids = [
      process.pid,
      this.window.chromePid,
      ...[...this.services.values()].map(service => service.pid),
      this.parts.compositor.process.pid,
      ...this.tabs.all().map(tab => tab.pid),
      ...this.tabs.warm.pids,
    ]
    return new Set(pids.filter(pid => pid !== null)).size
  }

  /** The machines with their hands: every effect that they name, done with the real parts. */
  #machine(): typeof browserMachine {
    const analysis = pageAnalysisMachine.provide({
      actors: {
        analyze: analysisWorker({
          ai: this.understanding.ai,
          connectTab: tabId => this.connectTab(tabId),
          rememberPassages: (tabId, analysis, index) => this.#rememberPassages(tabId, analysis, index),
        }),
      },
      actions: {
        remember: ({ context }) => {
          const tab = this.browser.getSnapshot().context.tabs.find(one => one.id === context.tabId)
          // The person asked for it: it is kept also where pages are not read by themselves.
          if (tab !== undefined && mayRemember(factsOf(tab), { remembersPages: true })) {
            this.#sessionKeeper.rememberAnalysis(context)
          }
        },
      },
    })
    const { judge } = this.understanding
    const keeper = this.#sessionKeeper
    const tab = tabMachine.provide({
      actors: {
        pageAnalysis: analysis,
        judge: fromPromise<Judgement | null, PageToJudge>(({ input, signal }) => judge.judge(input, signal)),
      },
      actions: {
        load: ({ context }, wanted) => {
          this.parts.suspension.waking(context.id, wanted.sleeping)
          this.tabs.load(context, wanted)
        },
        freezePage: ({ context }) => this.parts.suspension.freeze(context.id),
        thawPage: ({ context }) => this.parts.suspension.thaw(context.id),
        rememberScroll: ({ context }) => keeper.rememberScroll(context),
        goBack: ({ context }) => this.tabs.find(context.id)?.goBack(),
        goForward: ({ context }) => this.tabs.find(context.id)?.goForward(),
        reload: ({ context }) => this.tabs.find(context.id)?.reload(),
        unload: ({ context }) => this.tabs.destroy(context.id),
        stopLoading: ({ context }) => this.tabs.find(context.id)?.stop(),
        endPage: ({ context }) => this.parts.crashes.endHung(context.id),
        remember: ({ context }) => keeper.rememberTab(context, this.browser.getSnapshot().context),
        recordVisit: ({ context }, { url }) => keeper.recordVisit(context, url),
        updateTitle: ({ context }, { url, title }) => keeper.updateTitle(context, url, title),
      },
    })
    return browserMachine.provide({
      actors: { tab },
      actions: {
        destroyView: (_, { tabId }) => this.tabs.destroy(tabId),
        endPrivate: () => void this.pageSessions.endPrivate(),
        rememberClosed: (_, { closed }) => keeper.rememberClosed(closed),
        forgetClosed: (_, { tabId }) => keeper.forgetClosed(tabId),
        forgetTab: (_, { tabId }) => keeper.forgetTab(tabId),
        rememberOrder: ({ context }) => keeper.rememberOrder(context),
      },
    })
  }

  #follow(snapshot: BrowserSnapshot): void {
    applyTheme(snapshot.context.settings.theme)
    this.parts.compositor.follow(snapshot.context.settings)
    if (snapshot.matches('running')) this.parts.proxy.follow(snapshot.context.settings)
    for (const tab of snapshot.context.tabs) this.#followTab(tab.id)
    const active = snapshot.context.tabs.find(tab => tab.id === snapshot.context.activeTabId)
    const isPage = active !== undefined && isDrawnByPage(active.ref.getSnapshot().value.page)
    this.window.show(isPage && active !== undefined ? this.tabs.find(active.id) : null)
    this.#followMemory()
    this.parts.processes.follow()
    this.parts.suspension.follow(snapshot.context)
    this.parts.overview.follow(snapshot.context.activeTabId, snapshot.context.tabs.length)
    if (snapshot.context.settings !== this.#followedSettings) {
      this.#followedSettings = snapshot.context.settings
      this.parts.media.followSettings()
      this.tabs.warm.follow()
      this.parts.scheduling.follow(snapshot.context.settings)
    }
    this.#announceState()
  }

  /** A tab as reading in the background has to know it. */
  #seen(tab: OpenTab): SeenTab {
    const { url, isLoading, progress, isFrozen } = tab.ref.getSnapshot().context
    // Nobody waits for what is read in the background: no page is set going for it.
    const isLoaded = !isLoading && progress === 1 && !isFrozen
    const { settings } = this.browser.getSnapshot().context
    return { id: tab.id, url, isReady: isLoaded && mayRemember(factsOf(tab), settings) }
  }

  #rememberPassages(tabId: string, analysis: PageAnalysis, index: PassageIndex): void {
    const tab = this.browser.getSnapshot().context.tabs.find(one => one.id === tabId)
    const seen = tab === undefined ? null : this.#seen(tab)
    if (seen?.isReady !== true) return
    this.understanding.memory.keep(seen.url, { analysis, index }).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : 'unknown error'
      this.#options.log({ level: 'warning', message: `What was read could not be kept: ${reason}` })
    })
  }

  readonly #followed = new Set<TabId>()

  /** Every change of a tab is a change of the window's state. */
  #followTab(tabId: TabId): void {
    if (this.#followed.has(tabId)) return
    const tab = this.browser.getSnapshot().context.tabs.find(one => one.id === tabId)
    if (tab === undefined) return
    this.#followed.add(tabId)
    tab.ref.subscribe({
      next: () => this.#follow(this.browser.getSnapshot()),
      complete: () => this.#followed.delete(tabId),
    })
  }

  #tell(tabId: TabId, fact: PageFact): void {
    this.parts.proxy.noteFact(tabId, fact)
    this.parts.overview.noteFact(tabId, fact)
    this.parts.crashes.noteFact(tabId, fact)
    this.browser.send({ type: 'tab.tell', tabId, event: fact })
  }

  /** Makes a tab's document reachable; false when the tab shows no page. */
  connectTab(tabId: string): boolean {
    const view = this.tabs.find(tabId as TabId)
    const tab = this.browser.getSnapshot().context.tabs.find(one => one.id === tabId)
    if (view === null || tab === undefined || !isDrawnByPage(tab.ref.getSnapshot().value.page)) return false
    this.parts.suspension.used(tabId)
    try {
      this.tabConnections.connect(view)
      return true
    } catch (error) {
      // Its process went this moment, and nobody has been told yet.
      this.log({ level: 'debug', message: 'A page could not be connected', details: { error } })
      return false
    }
  }

  /**
   * Runs work on a service, starting it when it does not run, and keeps it from idling out meanwhile. Rejects with
   * PROCESS_TERMINATED while it is given up.
   */
  async withService<T>(name: ServiceName, work: () => Promise<T>): Promise<T> {
    const service = this.services.get(name)
    if (service === undefined) throw new Error(`The service ${name} is not declared`)
    service.ensureRunning()
    if (service.isGivenUp)
      throw new ProcessTerminatedError(givenUpWords(service.definition.title, service.definition.kind))
    return service.during(work)
  }
}

/** What decides whether a tab may be remembered. */
function factsOf({ ref, isEphemeral, isPrivate }: OpenTab): TabToRemember {
  const { value, context } = ref.getSnapshot()
  return {
    isPrivate,
    isEphemeral,
    url: context.url,
    showsPage: isDrawnByPage(value.page),
  }
}

function isDrawnByPage(
  page: ReturnType<(typeof tabMachine)['getInitialSnapshot']>['value']['page'],
): boolean {
  return page === 'page' || page === 'waiting'
}
