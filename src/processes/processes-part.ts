import { app, powerMonitor } from 'electron'
import type { Actor } from 'xstate'
import type { ProcessPriority } from '../../contracts/processes.ts'
import { systemClock } from '../../ipc/clock.ts'
import type { Application } from '../application.ts'
import type { processMachine } from '../controller/process-machine.ts'
import type { TabSnapshot } from '../controller/tab-machine.ts'
import { coalesce } from '../messaging/coalesce.ts'
import { siteOf } from '../tabs/site.ts'
import type { TabView } from '../tabs/tab-view.ts'
import { followedLife } from './book/followed-life.ts'
import type { ProcessBook } from './book/known-process.ts'
import { PageProcesses, type SeenFrame, type SeenPage } from './book/page-processes.ts'
import { type ProcessFacts, ProcessRegister } from './book/process-register.ts'
import { MemoryPressure } from './pressure/memory-pressure.ts'

type PriorityOf = (id: string) => ProcessPriority | null

/** Every process of the browser: what is known of it, and what may be done with it. */
export class ProcessesPart implements Disposable {
  /** How scarce the machine's memory and its power are. */
  readonly pressure: MemoryPressure
  readonly #application: Application
  readonly #register: ProcessRegister
  readonly #pages: PageProcesses
  readonly #controller = followedLife('controller')
  readonly #opened = new DisposableStack()
  #priorityOf: PriorityOf = () => null
  readonly #followSoon = coalesce(() => this.#followPages())

  constructor(application: Application) {
    this.#application = application
    const now = (): number => systemClock.wallClock()
    this.#register = new ProcessRegister({ now, priorityOf: id => this.#priorityOf(id) })
    this.#pages = new PageProcesses(this.#register, now)
    this.pressure = this.#opened.use(new MemoryPressure({ power: powerMonitor }))
    this.pressure.start()
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

  /** To be called when anything of a tab has changed; costs nothing more for being called often. */
  follow(): void {
    this.#followSoon()
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
    this.#add('controller', 'controller', this.#controller, app.getName())
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
    const { context } = browser.getSnapshot()
    this.#pages.follow(
      context.tabs.map(tab =>
        seenPage(tab.ref.getSnapshot(), tabs.find(tab.id), tab.id === context.activeTabId),
      ),
    )
    this.#register.changed()
  }
}

function seenPage(snapshot: TabSnapshot, view: TabView | null, isActive: boolean): SeenPage {
  const { id, url, isPrivate, isLoading, progress, gone } = snapshot.context
  const pid = view?.pid ?? null
  return {
    tabId: id,
    pid,
    site: siteOf(url),
    isPrivate,
    isInView: isActive && isDrawn(snapshot),
    isLoading,
    isFrozen: false,
    hasDocument: progress >= 0.4 || !isLoading,
    loss: snapshot.value.page === 'gone' ? gone : null,
    frames: view === null || pid === null ? [] : framesOf(view),
  }
}

function isDrawn({ value }: TabSnapshot): boolean {
  return value.page === 'page' || value.page === 'waiting'
}

function framesOf(view: TabView): readonly SeenFrame[] {
  return view.mainFrame.framesInSubtree
    .filter(frame => frame !== view.mainFrame && frame.osProcessId > 0)
    .map(frame => ({ pid: frame.osProcessId, site: siteOf(frame.url) }))
}
