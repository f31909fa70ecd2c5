import { app, powerMonitor } from 'electron'
import type { Actor } from 'xstate'
import type { LifecycleEntry, ProcessPriority } from '../../contracts/processes.ts'
import { systemClock } from '../../ipc/clock.ts'
import type { Application } from '../application.ts'
import type { processMachine } from '../controller/process-machine.ts'
import { coalesce } from '../messaging/coalesce.ts'
import type { TabView } from '../tabs/tab-view.ts'
import { Hands } from './actions/hands.ts'
import { ProcessActions } from './actions/process-actions.ts'
import { EngineProcesses } from './book/engine-processes.ts'
import { followedLife } from './book/followed-life.ts'
import type { ProcessBook } from './book/known-process.ts'
import { PageProcesses } from './book/page-processes.ts'
import { type ProcessFacts, ProcessRegister } from './book/process-register.ts'
import { seenPages } from './book/seen-pages.ts'
import { TabFrames } from './book/tab-frames.ts'
import { endProcess } from './end-process.ts'
import { LaunchLog } from './launch/launch-log.ts'
import { keepLimits } from './limits/keep-limits.ts'
import type { LimitKeeper } from './limits/limit-keeper.ts'
import { lossReason } from './loss-reason.ts'
import { MeasuredProcesses } from './monitor/measured-processes.ts'
import { ProcessMonitor } from './monitor/process-monitor.ts'
import { usageSource } from './monitor/usage-source.ts'
import { MemoryPressure } from './pressure/memory-pressure.ts'
import type { ChromeSupervisor } from './supervision/chrome-supervisor.ts'
import { GraphicsWatch } from './supervision/graphics-watch.ts'
import { superviseChrome } from './supervision/supervise-chrome.ts'

type PriorityOf = (id: string) => ProcessPriority | null

/** Every process of the browser: what is known of it, and what may be done with it. */
export class ProcessesPart implements Disposable {
  /** How scarce the machine's memory and its power are. */
  readonly pressure: MemoryPressure
  /** What every process uses. */
  readonly measured: MeasuredProcesses
  /** How much each may hold. */
  readonly limits: LimitKeeper
  /** What was done to start each process. */
  readonly launches = new LaunchLog(() => systemClock.wallClock())
  /** What a person may do with them. */
  readonly actions: ProcessActions
  readonly #application: Application
  readonly #register: ProcessRegister
  readonly #pages: PageProcesses
  readonly #frames = new TabFrames()
  /** What the engine runs for itself, entered when somebody samples. */
  readonly engine: EngineProcesses
  readonly #controller = followedLife('controller')
  readonly #opened = new DisposableStack()
  #chrome: ChromeSupervisor | null = null
  #priorityOf: PriorityOf = () => null
  readonly #followSoon = coalesce(() => this.#followPages())

  constructor(application: Application) {
    this.#application = application
    const now = (): number => systemClock.wallClock()
    this.#register = new ProcessRegister({ now, priorityOf: id => this.#priorityOf(id) })
    this.#pages = new PageProcesses(this.#register, now)
    this.engine = new EngineProcesses(this.#register)
    this.#followGraphics()
    this.#opened.use(this.#register.onEntry(entry => this.#noteSteps(entry)))
    this.pressure = this.#opened.use(new MemoryPressure({ power: powerMonitor }))
    this.pressure.start()
    const monitor = new ProcessMonitor(usageSource(app))
    this.measured = new MeasuredProcesses({ app, book: this.#register, monitor })
    this.limits = keepLimits({
      application,
      monitor,
      book: this.#register,
      pressure: this.pressure,
      followEngine: () => this.engine.follow(this.measured.helpers()),
      opened: this.#opened,
    })
    const hands = this.#opened.use(new Hands(application, this.#register, () => this.#chrome))
    this.actions = new ProcessActions({
      book: this.#register,
      handsOf: process => hands.of(process),
      priorities: () => application.parts.scheduling.priorities,
      kill: endProcess,
      platform: process.platform,
    })
    this.#addController(now())
    for (const { definition, actor } of application.services.values())
      this.#add(`service:${definition.name}`, definition.kind, actor, definition.title)
  }

  /** What is known of all processes. */
  get book(): ProcessBook {
    return this.#register
  }

  /** By the id of a process, what it was given; asked whenever somebody wants to know. */
  showPriorities(priorityOf: PriorityOf): void {
    this.#priorityOf = priorityOf
  }

  /** The compositor's process, which is made by its own part. */
  followCompositor(actor: Actor<typeof processMachine>): void {
    this.#add('service:compositor', 'compositor', actor, 'Compositor')
  }

  /** Looks after the page that draws the window, which is about to be loaded. */
  superviseChrome(): ChromeSupervisor {
    const chrome = this.#opened.use(superviseChrome(this.#application))
    this.#chrome = chrome
    this.#add('chrome', 'chrome', chrome.actor, 'Window')
    return chrome
  }

  /** To be called when anything of a tab has changed; costs nothing more for being called often. */
  follow(): void {
    this.#followSoon()
  }

  /** Follows the frames of a tab's view until it is gone. */
  followView(view: TabView): void {
    view.contents.on('did-frame-navigate', (_event, _url, _status, _words, isMainFrame) => {
      this.#frames.changed(view, isMainFrame)
      this.#followSoon()
    })
    view.contents.on('destroyed', () => this.#frames.forget(view))
  }

  /** Brings the book up to what the engine says at this moment, for whoever looks. */
  lookAgain(): void {
    this.#frames.lookAgain()
    this.#followPages()
  }

  [Symbol.dispose](): void {
    this.#controller.send({ type: 'stop' })
    this.#opened.dispose()
  }

  #addController(now: number): void {
    const startedAt = now - Math.round(process.uptime() * 1_000)
    this.#controller.send({ type: 'spawned', pid: process.pid, at: startedAt })
    this.#controller.send({ type: 'welcomed' })
    this.#controller.send({ type: 'busy' })
    this.#add('controller', 'controller', this.#controller, 'Nexus core')
  }

  /** What the engine starts it starts in one step of ours. */
  #noteSteps({ kind, processId, state }: LifecycleEntry): void {
    if (kind !== 'tab') return
    if (state === 'created')
      for (const step of ['identity', 'sandbox', 'launch'] as const) this.launches.note(processId, step)
    else if (state === 'ready') this.launches.note(processId, 'registration')
    else if (state === 'terminated') this.launches.forget(processId)
  }

  #followGraphics(): void {
    const watch = new GraphicsWatch(systemClock, () => this.#application.parts.compositor.graphicsLost())
    const follow = (_event: unknown, details: Electron.Details): void => {
      if (details.type !== 'GPU' || details.reason === 'clean-exit') return
      this.engine.graphicsGone({ reason: lossReason(details.reason), exitCode: details.exitCode })
      watch.gone()
    }
    app.on('child-process-gone', follow)
    this.#opened.defer(() => app.removeListener('child-process-gone', follow))
  }

  #add(
    id: string,
    kind: Parameters<ProcessRegister['add']>[0]['kind'],
    actor: Actor<typeof processMachine>,
    name: string,
  ): void {
    const facts: ProcessFacts = { name, tabIds: [], site: null, isPrivate: false, isInView: false }
    this.#opened.use(this.#register.add({ id, kind, actor, about: () => facts }))
  }

  #followPages(): void {
    const { browser, tabs } = this.#application
    const pages = seenPages(browser.getSnapshot(), tabId => tabs.find(tabId), this.#frames)
    this.#pages.follow(pages, tabs.warm.pids)
  }
}
