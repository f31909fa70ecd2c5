import { EventEmitter } from 'node:events'
import type { WebPreferences } from 'electron'
import { type AttachedTarget, attachFramesOf } from '../chromium/browser.ts'
import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'
import { currentSessionEngine } from '../session/index.ts'
import type { Session } from '../session/session.ts'
import { type ConsoleMessage, listenToConsole } from './console-messages.ts'
import { refuseUse } from './destroyed-object.ts'
import { isEngineClosing } from './engine.ts'
import { PreventableEvent, preventable } from './event.ts'
import { FrameProcesses } from './frame-processes.ts'
import { HangMonitor } from './hang-monitor.ts'
import { NavigationTracker } from './navigation-tracker.ts'
import type { NetError } from './net-errors.ts'
import { attachPageBridge, type DialogTaker, type PageBridge } from './page-bridge.ts'
import { type PageTargets, resume } from './page-targets.ts'
import { type PageReport, rewatchPage, watchPage } from './page-watcher.ts'
import { knownPidOfPage, pidOfPage } from './process-of-page.ts'
import { goneReason } from './renderer-exit.ts'
import type { WebContents } from './web-contents.ts'
import { webContentsRegistry } from './web-contents-registry.ts'

export interface ContentsPageOptions {
  readonly webPreferences?: WebPreferences
  /** A page that a page opened, to be taken over instead of making one. */
  readonly adopted?: AttachedTarget
}

interface PageServices {
  readonly targets: PageTargets
  readonly defaultSession: () => Session
  readonly sessionFromPartition: (partition: string) => Session
  /** True when somebody else (Playwright) may answer the dialogs of pages. */
  readonly hasForeignDebugger: boolean
}

let services: PageServices | null = null

/** @internal Called once, by the start. */
export function setPageServices(newServices: PageServices): void {
  services = newServices
}

const initialWidth = 800
const initialHeight = 600
/** Between two searches for the process of a page that no trace told. */
const processAgainMs = 2_000
const processWaitMs = 3000
const unloadSettlingMs = 50

/** What our own parts still ask of a page that is gone, and what Electron allows. */
const usableWhenDestroyed: ReadonlySet<string> = new Set([
  'attachFrame',
  'bridge',
  'closeAtOnce',
  'command',
  'committed',
  'constructor',
  'destroyed',
  'documentChanged',
  'frameOf',
  'getOSProcessId',
  'getProcessId',
  'ipc',
  'isCrashed',
  'isDestroyed',
  'isUnresponsive',
  'mainFrame',
  'ownsFrame',
  'pageReady',
  'pageSession',
  'processId',
  'recovered',
  'reported',
  'routingIdOf',
  'self',
  'sawKey',
  'setFocused',
  'setShown',
  'setViewSize',
  'tell',
  'unloadOverruled',
  'windowOpening',
])

/** The life of a webContents' page: how it comes to be, what is known of its renderer, and how it ends. */
export abstract class ContentsPage extends EventEmitter {
  readonly id: number = webContentsRegistry.nextId()
  readonly session: Session
  /** @internal */
  readonly webPreferences: WebPreferences
  /** @internal */
  readonly navigation: NavigationTracker
  /** @internal True while a window shows the page. */
  isShown = false
  /** @internal Chromium ignores a wish to close while it still takes in that the last one was refused. */
  protected unloadSettled: Promise<void> = Promise.resolve()
  /** @internal The page was asked whether it may be closed. */
  protected isClosing = false
  #pageSession: DevToolsSession | null = null
  #bridge: (PageBridge & DialogTaker) | null = null
  readonly #ready = Promise.withResolvers<DevToolsSession>()
  #isReady = false
  #isDestroyed = false
  #isCrashed = false
  #processId = 0
  readonly #frameProcesses = new FrameProcesses()
  #contextUniqueId: string | null = null
  #processFound: Promise<void> = Promise.resolve()
  #isUnresponsive = false
  readonly #adopted: AttachedTarget | null
  readonly #hangMonitor: HangMonitor

  constructor(options: ContentsPageOptions) {
    super()
    this.setMaxListeners(0)
    if (!services) throw new Error('A webContents can only be made after app is ready')
    this.webPreferences = { ...options.webPreferences }
    const { session, partition } = this.webPreferences
    this.session = sessionOf(session, partition)
    this.navigation = new NavigationTracker({
      emit: (event, ...args) => !this.#isDestroyed && this.emit(event, ...args),
      processId: () => this.#processId,
      refusedCertificate: () => this.refusedCertificate(),
      processKnown: () => this.#processKnown(),
      frameOf: frameId => this.frameOf(frameId),
      routingIdOf: frameId => this.routingIdOf(frameId),
      documentChanged: () => {
        this.#documentCommitted()
        this.documentChanged()
      },
      committed: pageSession => this.committed(pageSession),
    })
    this.#hangMonitor = new HangMonitor({
      session: () => this.#pageSession,
      isWatched: () => !this.#isCrashed && this.navigation.url !== '',
      isHidden: () => !this.isShown,
      onChange: isResponsive => {
        this.#isUnresponsive = !isResponsive
        this.emit(isResponsive ? 'responsive' : 'unresponsive')
      },
    })
    this.#ready.promise.catch(() => {})
    this.#adopted = options.adopted ?? null
  }

  /** @internal To be called at the end of construction. */
  protected start(): void {
    if (!services) return
    if (this.#adopted) this.#adopt(this.#adopted)
    else void this.#create(services.targets)
  }

  protected abstract committed(session: DevToolsSession): Promise<void>
  protected abstract documentChanged(): void
  protected abstract frameOf(frameId: string): unknown
  protected abstract routingIdOf(frameId: string): number
  protected abstract unloadOverruled(): void
  protected abstract reported(report: PageReport): void
  protected abstract windowOpening(event: Protocol.Page.WindowOpenEvent): void
  /** @internal */
  protected abstract self(): WebContents

  get processId(): number {
    return this.#processId
  }

  /** @internal Resolves when the page exists. */
  get pageReady(): Promise<DevToolsSession> {
    return this.#ready.promise
  }

  /** @internal The page's session once it exists. */
  get pageSession(): DevToolsSession | null {
    return this.#pageSession
  }

  /** @internal */
  get bridge(): Promise<PageBridge> {
    return this.#ready.promise.then(() => {
      if (!this.#bridge) throw new Error('The page is gone')
      return this.#bridge
    })
  }

  /** @internal Sends commands to the page, in order, as soon as it exists. */
  command<T>(send: (session: DevToolsSession) => Promise<T>): Promise<T> {
    if (this.#isReady && this.#pageSession) return send(this.#pageSession)
    return this.#ready.promise.then(send)
  }

  /** @internal A command whose failure (the page is gone) concerns nobody. */
  tell(send: (session: DevToolsSession) => Promise<unknown>): void {
    this.command(send).catch(() => {})
  }

  /** @internal The renderer does not answer. */
  get isUnresponsive(): boolean {
    return this.#isUnresponsive
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  isCrashed(): boolean {
    return this.#isCrashed
  }

  getOSProcessId(): number {
    return this.#isCrashed ? 0 : this.#processId
  }

  getProcessId(): number {
    return this.getOSProcessId()
  }

  /** @internal The process of a frame that is a target of its own; null for any other. */
  processIdOfFrameTarget(targetId: string): number | null {
    return this.#frameProcesses.pidOf(targetId)
  }

  /** @internal Why Chromium "aborted" the last navigation, when it was for the certificate. */
  protected refusedCertificate(): NetError | null {
    const targetId = this.#pageSession?.targetId
    const rejection = targetId ? currentSessionEngine()?.certificateRejectionOf(targetId) : null
    return rejection ? { code: rejection.errorCode, description: rejection.error } : null
  }

  /** @internal A frame of another process of this page. */
  attachFrame(target: AttachedTarget): void {
    this.navigation.attach(target.session, false)
    if (this.#pageSession) this.#frameProcesses.attach(target.session, this.#pageSession)
    attachFramesOf(target.session)
    target.session.on('Page.windowOpen', event => this.windowOpening(event))
    this.#bridge?.attachFrame(target.session, target.info)
    resume(target.session)
  }

  /** @internal The page is gone for good. */
  destroyed(): void {
    if (this.#isDestroyed || isEngineClosing()) return
    this.#isDestroyed = true
    this.#hangMonitor[Symbol.dispose]()
    this.#bridge?.dispose()
    this.#bridge = null
    this.#ready.reject(new Error('Object has been destroyed'))
    webContentsRegistry.remove(this.self())
    this.emit('destroyed')
    refuseUse(this, usableWhenDestroyed)
  }

  /** @internal */
  protected recovered(): void {
    this.#isCrashed = false
    this.#hangMonitor.reset()
  }

  async #create(targets: PageTargets): Promise<void> {
    try {
      const browserContextId = await this.session.openBrowserContext()
      const session = await targets.create({
        browserContextId,
        width: initialWidth,
        height: initialHeight,
        prepare: (pageSession, info) => this.#prepare(pageSession, info, true),
      })
      // What a domain was told is kept over a change of process only once it has answered: a navigation that
      // overtakes the answers leaves the page without its events.
      await session.send('Page.getFrameTree').catch(() => {})
      if (this.#isDestroyed) session.send('Page.close').catch(() => {})
      else this.#becomeReady(session)
    } catch (error) {
      this.#ready.reject(error)
    }
  }

  #becomeReady(session: DevToolsSession): void {
    this.#ready.resolve(session)
    // Commands given so far wait for the promise; they go first.
    void this.#ready.promise.then(() => {
      this.#isReady = true
    })
  }

  #adopt(target: AttachedTarget): void {
    const { session, info } = target
    this.#follow(session, info)
    // A page of its opener's origin keeps its window, and with it our worlds, over its first navigation: no script
    // begins anew, so what watches the document has to be pointed to the new one.
    const first = session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId) return
      first[Symbol.dispose]()
      rewatchPage(session)
    })
    this.#becomeReady(session)
    // The opener's handler decides in the same turn; whoever listens to the new page does so before it runs.
    queueMicrotask(() => {
      // All of it before the page goes on: Chromium keeps from a page what it is sent while it navigates, until its
      // document is there, and the page of an opener navigates at once.
      this.#inhabit(target)
      // In the middle of its opener's `window.open()` no listener runs, so that the preloads wait until it goes on.
      // Its document is not asked for before they have begun.
      if (info.canAccessOpener && this.#bridge) this.navigation.holdDocuments(this.#bridge.begun)
      resume(session)
    })
  }

  /** Everything a page needs before its first script. Nothing may be awaited: the page waits for us. */
  #prepare(session: DevToolsSession, info: Protocol.Target.TargetInfo, isWaiting: boolean): void {
    this.#follow(session, info)
    this.#inhabit({ session, info, isWaiting })
  }

  /** Listens to what becomes of a page. */
  #follow(session: DevToolsSession, info: Protocol.Target.TargetInfo): void {
    this.#pageSession = session
    webContentsRegistry.addTarget(info.targetId, this.self())
    const quietly = (sent: Promise<unknown>): void => void sent.catch(() => {})
    session.onDetached(() => this.destroyed())
    session.on('Inspector.targetCrashed', () => this.#crashed())
    session.on('Page.windowOpen', event => this.windowOpening(event))
    session.on('Page.javascriptDialogOpening', dialog => this.#dialog(session, dialog))
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const auxData = context.auxData as { isDefault?: boolean; frameId?: string } | undefined
      if (auxData?.isDefault && auxData.frameId === info.targetId)
        this.#contextCreated(session, context.uniqueId)
    })
    this.navigation.attach(session, true)
    attachFramesOf(session)
    quietly(session.send('Inspector.enable'))
  }

  /** Brings our worlds into a page. */
  #inhabit(target: AttachedTarget): void {
    const { session, info, isWaiting } = target
    const quietly = (sent: Promise<unknown>): void => void sent.catch(() => {})
    quietly(session.send('Runtime.enable'))
    currentSessionEngine()?.attach({ session, info, isWaiting })
    listenToConsole(session, message => this.#console(message))
    watchPage(session, report => this.reported(report))
    if (this.webPreferences.javascript === false)
      quietly(session.send('Emulation.setScriptExecutionDisabled', { value: true }))
    const { preload, contextIsolation, sandbox, nodeIntegrationInSubFrames } = this.webPreferences
    this.#bridge = attachPageBridge({
      session,
      webContents: this.self(),
      preloadPath: preload ?? null,
      sessionPreloadPaths: this.session
        .getPreloadScripts()
        .filter(({ type }) => type === 'frame')
        .map(({ filePath }) => filePath),
      isContextIsolated: contextIsolation !== false,
      isSandboxed: sandbox !== false,
      runsInSubFrames: nodeIntegrationInSubFrames === true,
      runsInPresentDocument: this.#adopted !== null,
    })
  }

  #contextCreated(session: DevToolsSession, uniqueId: string): void {
    this.#contextUniqueId = uniqueId
    if (this.#isCrashed) this.recovered()
    const known = knownPidOfPage(uniqueId)
    // The empty document that a page begins with is soon left, mostly for another process.
    if (known === null && this.navigation.url !== '') this.#findProcess(session)
    else this.#processId = known ?? 0
  }

  /** The world of a page may have been there before its document was. */
  #documentCommitted(): void {
    if (this.#processId > 0 || !this.#pageSession) return
    this.#processId = knownPidOfPage(this.#contextUniqueId) ?? 0
    if (this.#processId === 0) this.#findProcess(this.#pageSession)
  }

  #findProcess(session: DevToolsSession): void {
    this.#processId = 0
    const context = this.#contextUniqueId
    this.#processFound = pidOfPage(session, () => this.#contextUniqueId).then(
      pid => {
        if (pid !== null) this.#processId = pid
        else this.#findProcessLater(session, context)
      },
      () => {},
    )
  }

  /** No trace told, as happens while another process hangs: it is not known before that one goes on, or has gone. */
  #findProcessLater(session: DevToolsSession, context: string | null): void {
    setTimeout(() => {
      const isSame = this.#pageSession === session && this.#contextUniqueId === context
      if (isSame && !session.isDetached && !this.#isCrashed && this.#processId === 0)
        this.#findProcess(session)
    }, processAgainMs).unref()
  }

  /** Electron knows the process of a page from its commit on; here it may take a moment, but not long. */
  #processKnown(): Promise<void> | null {
    if (this.#processId > 0) return null
    return Promise.race([
      this.#processFound,
      new Promise<void>(resolve => setTimeout(resolve, processWaitMs)),
    ])
  }

  #crashed(): void {
    if (this.#isCrashed || this.#isDestroyed) return
    this.#isCrashed = true
    this.#isUnresponsive = false
    this.#hangMonitor.reset()
    const targetId = this.#pageSession?.targetId ?? ''
    // The reason comes in an event of the browser, right before or after this one.
    void goneReason(targetId).then(details => {
      this.navigation.rendererGone()
      this.emit('render-process-gone', new PreventableEvent(), details)
    })
  }

  #console(message: ConsoleMessage): void {
    const event = preventable({ ...message, frame: this.frameOf(this.#pageSession?.targetId ?? '') })
    const level = ['debug', 'info', 'warning', 'error'].indexOf(message.level)
    this.emit('console-message', event, level, message.message, message.lineNumber, message.sourceId)
  }

  #dialog(session: DevToolsSession, dialog: Protocol.Page.JavascriptDialogOpeningEvent): void {
    if (this.#bridge?.takesDialog?.(dialog)) return
    const answer = (accept: boolean): void =>
      void session.send('Page.handleJavaScriptDialog', { accept }).catch(() => {})
    if (dialog.type === 'beforeunload') {
      this.unloadSettled = new Promise(resolve => {
        const closed = session.on('Page.javascriptDialogClosed', () => {
          closed[Symbol.dispose]()
          setTimeout(resolve, unloadSettlingMs)
        })
      })
      const event = new PreventableEvent()
      this.emit('will-prevent-unload', event)
      answer(event.defaultPrevented)
      if (event.defaultPrevented && this.isClosing) this.unloadOverruled()
    } else if (!services?.hasForeignDebugger) answer(dialog.type === 'alert')
  }
}

function sessionOf(session: unknown, partition: string | undefined): Session {
  if (!services) throw new Error('A webContents can only be made after app is ready')
  if (session) return session as Session
  return partition ? services.sessionFromPartition(partition) : services.defaultSession()
}
