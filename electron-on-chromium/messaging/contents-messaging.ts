import { readFileSync } from 'node:fs'
import vm from 'node:vm'
import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'
import { FrameTree } from './frame-tree.ts'
import {
  dispatchInvoke,
  dispatchPostMessage,
  dispatchSend,
  dispatchSendSync,
  type IpcSource,
} from './ipc-dispatch.ts'
import { IpcMain, type IpcSender } from './ipc-main.ts'
import { MessagePortMain, portOf } from './message-port.ts'
import { nodeCodec } from './node-codec.ts'
import { PageDocument } from './page-document.ts'
import { mainWorldScript, preloadScript, preloadsDoneScript, preloadWorldScript } from './page-scripts.ts'
import type { FromPage, SyncAnswer, WorldSettings } from './page-wire.ts'
import type { Pipe } from './pipe.ts'
import { runScript } from './run-script.ts'
import { clone } from './serializer.ts'
import { type FramePage, frameFacts, type WebFrameMain } from './web-frame-main.ts'
import { createWorldSettings, preloadWorldName } from './world-settings.ts'

/** What the bridge uses of a web contents. */
export interface MessagingContents extends IpcSender {
  setZoomLevel?(level: number): void
  setZoomFactor?(factor: number): void
  /** The process of a frame that is a DevTools target of its own; null for any other. */
  processIdOfFrameTarget?(targetId: string): number | null
}

export interface BridgeOptions {
  readonly session: DevToolsSession
  readonly preloadPath: string | null
  readonly sessionPreloadPaths: readonly string[]
  readonly isContextIsolated: boolean
  readonly runsInSubFrames: boolean
  readonly additionalArguments?: readonly string[]
  /** Run in the document that is there already as well; for pages that a page opened. */
  readonly runsInPresentDocument?: boolean
}

interface SyncRequest {
  answer: string | null
  isDialogOpen: boolean
}

interface KnownContext {
  readonly session: DevToolsSession
  readonly id: number
  readonly frameId: string
  readonly worldName: string
  readonly isMainWorld: boolean
}

/**
 * Everything a web contents says to its page and hears from it. It exists from the start of the web contents;
 * `attach` connects it when the page is there. Messages sent before the first document with a preload wait for it.
 */
export class ContentsMessaging implements FramePage {
  /** Electron's `webContents.ipc`. */
  readonly ipc: IpcMain = new IpcMain()
  readonly frames: FrameTree = new FrameTree(this)
  readonly #contents: MessagingContents
  #session: DevToolsSession | null = null
  #settings: WorldSettings | null = null
  #scripts: readonly Protocol.Page.AddScriptToEvaluateOnNewDocumentRequest[] = []
  readonly #sessionOfFrame = new Map<string, DevToolsSession>()
  readonly #contexts: KnownContext[] = []
  readonly #documents = new Map<string, PageDocument>()
  readonly #syncRequests = new Map<string, SyncRequest>()
  readonly #worldNames = new Map<number, string>([[999, preloadWorldName]])
  /** Until the main frame's first document; null from then on. */
  #waiting: ((document: PageDocument) => void)[] | null = []

  constructor(contents: MessagingContents) {
    this.#contents = contents
  }

  get mainFrame(): WebFrameMain {
    return this.frames.mainFrame
  }

  /** Connects a page before its first script. Sends without waiting: the page may be waiting for us. */
  attach(options: BridgeOptions): void {
    const { session } = options
    const frameId = session.targetId ?? ''
    this.#session = session
    this.frames.mainFrameIs(frameId)
    const settings = createWorldSettings({
      runsInSubFrames: options.runsInSubFrames,
      isContextIsolated: options.isContextIsolated,
      additionalArguments: options.additionalArguments ?? [],
      frameId,
    })
    this.#settings = settings
    const paths = [
      ...options.sessionPreloadPaths,
      ...(options.preloadPath === null ? [] : [options.preloadPath]),
    ]
    if (paths.length === 0) this.#waiting = null
    else this.#scripts = this.#scriptsOf(settings, paths, options.runsInPresentDocument === true)
    this.#listen(session)
    this.#inject(session)
    this.#contents.emit('frame-created', preventable(), { frame: this.mainFrame })
  }

  /** Resolves with the main frame's first document that has preloads; at once when the page is to have none. */
  begun(): Promise<void> {
    return new Promise(resolve => {
      if (this.#waiting) this.#waiting.push(() => resolve())
      else resolve()
    })
  }

  /** A frame of another site. It has a preload when sub-frames have. */
  attachFrame(session: DevToolsSession, info: Protocol.Target.TargetInfo): void {
    this.#sessionOfFrame.set(info.targetId, session)
    this.frames.attached(info.targetId, info.parentFrameId ?? null)
    session.onDetached(() => this.#sessionOfFrame.delete(info.targetId))
    this.#listen(session)
    if (this.#settings?.runsInSubFrames) this.#inject(session)
  }

  /** The page is gone for good. */
  dispose(): void {
    this.#endDocuments(() => true)
    this.frames.gone()
  }

  /** Whether a dialog is ours: a synchronous message, which is answered when its listener has set a value. */
  takesDialog(dialog: Protocol.Page.JavascriptDialogOpeningEvent): boolean {
    const { message, type } = dialog
    if (type !== 'prompt' || !this.#settings || !message.startsWith(this.#settings.receiver)) return false
    const request = this.#syncRequest(message)
    request.isDialogOpen = true
    this.#answerDialog(message, request)
    return true
  }

  // FramePage

  send(frameId: string, channel: string, args: readonly unknown[]): void {
    const tree = nodeCodec.encode(args)
    this.#withDocument(frameId, document => document.tell({ kind: 'send', channel, tree }))
  }

  postMessage(frameId: string, channel: string, message: unknown, transfer: unknown): void {
    const ports = checkedTransfer(transfer)
    const copy = clone(message)
    const tree = nodeCodec.encode(copy)
    const pipes = MessagePortMain.disentangle(ports)
    this.#withDocument(
      frameId,
      document => document.tellWithPorts(pipes, ids => ({ kind: 'postMessage', channel, tree, ports: ids })),
      pipes,
    )
  }

  async executeJavaScript(frameId: string, code: string, hasUserGesture: boolean): Promise<unknown> {
    return this.executeInWorld(frameId, 0, code, hasUserGesture)
  }

  /** World 0 is the page's own, 999 the preload's, any other one of its own. */
  async executeInWorld(
    frameId: string,
    worldId: number,
    code: string,
    hasUserGesture: boolean,
  ): Promise<unknown> {
    const session = this.#sessionFor(frameId)
    if (!session) throw new Error('Render frame was disposed before WebFrameMain could be accessed')
    if (worldId !== 0) await this.#documents.get(frameId)?.worldOpened(worldId)
    const contextId = await this.#contextOf(session, frameId, worldId)
    return runScript(session, code, { contextId, hasUserGesture })
  }

  reload(frameId: string): boolean {
    void this.executeJavaScript(frameId, 'location.reload()', false).catch(() => {})
    return true
  }

  visibilityState(): string {
    return this.#isVisible ? 'visible' : 'hidden'
  }

  processId(frameId: string): number {
    const targetId = this.#sessionOfFrame.get(frameId)?.targetId
    const ofFrame = targetId ? this.#contents.processIdOfFrameTarget?.(targetId) : null
    return ofFrame ?? this.#contents.getProcessId()
  }

  #isVisible = true

  // Documents

  #withDocument(frameId: string, act: (document: PageDocument) => void, pipes: readonly Pipe[] = []): void {
    const document = this.#documents.get(frameId)
    if (document) act(document)
    else if (this.#waiting && frameId === this.#mainFrameId) this.#waiting.push(act)
    else for (const pipe of pipes) pipe.close()
  }

  get #mainFrameId(): string {
    return frameFacts(this.frames.mainFrame).frameId
  }

  #documentBegan(session: DevToolsSession, context: KnownContext, settings: WorldSettings): void {
    this.#documents.get(context.frameId)?.end()
    const document = new PageDocument(session, context.frameId, context.id, settings.receiver)
    this.#documents.set(context.frameId, document)
    if (context.frameId !== this.#mainFrameId) return
    const waiting = this.#waiting ?? []
    this.#waiting = null
    for (const act of waiting) act(document)
  }

  #endDocuments(isOver: (document: PageDocument) => boolean): void {
    for (const [frameId, document] of this.#documents)
      if (isOver(document)) {
        this.#documents.delete(frameId)
        document.end()
      }
  }

  // Scripts

  #scriptsOf(
    settings: WorldSettings,
    paths: readonly string[],
    runImmediately: boolean,
  ): readonly Protocol.Page.AddScriptToEvaluateOnNewDocumentRequest[] {
    const inPreloadWorld = settings.isContextIsolated
      ? { worldName: preloadWorldName, runImmediately }
      : { runImmediately }
    const preloads = paths.flatMap(path => {
      const source = this.#readPreload(path)
      return source === null ? [] : [{ path, source }]
    })
    return [
      ...(settings.isContextIsolated
        ? [{ source: mainWorldScript(settings.handshake, settings.runsInSubFrames), runImmediately }]
        : []),
      {
        source: preloadWorldScript(
          settings,
          preloads.map(({ path }) => path),
        ),
        ...inPreloadWorld,
      },
      ...preloads.map(({ path, source }) => ({
        source: preloadScript(settings, path, source),
        ...inPreloadWorld,
      })),
      { source: preloadsDoneScript(settings), ...inPreloadWorld },
    ]
  }

  /** null when it cannot be read, which is told as an error of the preload. */
  #readPreload(path: string): string | null {
    try {
      return readFileSync(path, 'utf8')
    } catch (error) {
      this.#preloadFailed(path, error)
      return null
    }
  }

  #preloadFailed(path: string, error: unknown): void {
    setImmediate(() => this.#contents.emit('preload-error', preventable(), path, error))
  }

  #inject(session: DevToolsSession): void {
    if (!this.#settings || this.#scripts.length === 0) return
    const quietly = (sent: Promise<unknown>): void => void sent.catch(() => {})
    quietly(
      session.send('Runtime.addBinding', {
        name: this.#settings.binding,
        ...(this.#settings.isContextIsolated ? { executionContextName: preloadWorldName } : {}),
      }),
    )
    for (const script of this.#scripts) quietly(session.send('Page.addScriptToEvaluateOnNewDocument', script))
  }

  // What DevTools tells

  #listen(session: DevToolsSession): void {
    const quietly = (sent: Promise<unknown>): void => void sent.catch(() => {})
    session.on('Page.frameAttached', event => {
      const isNew = this.frames.get(event.frameId) === null
      const frame = this.frames.attached(event.frameId, event.parentFrameId)
      if (isNew) this.#contents.emit('frame-created', preventable(), { frame })
    })
    session.on('Page.frameNavigated', ({ frame }) => this.frames.navigated(frame))
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => this.frames.movedWithin(frameId, url))
    session.on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason === 'remove') this.frames.detached(frameId)
    })
    session.on('Page.lifecycleEvent', ({ frameId, name }) => {
      const frame = this.frames.get(frameId)
      // Every frame begins with an empty document that nobody loaded.
      if (name === 'DOMContentLoaded' && frame && frame.url !== '') frame.emit('dom-ready')
    })
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const auxData = context.auxData as { frameId?: string; isDefault?: boolean } | undefined
      if (!auxData?.frameId) return
      const { frameId, isDefault } = auxData
      this.#contexts.push({
        session,
        id: context.id,
        frameId,
        worldName: context.name,
        isMainWorld: isDefault === true,
      })
    })
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
      this.#contextsGone(context => context.session === session && context.id === executionContextId),
    )
    session.on('Runtime.executionContextsCleared', () =>
      this.#contextsGone(context => context.session === session),
    )
    session.on('Inspector.targetCrashed', () => this.#contextsGone(context => context.session === session))
    session.onDetached(() => this.#contextsGone(context => context.session === session))
    session.on('Runtime.bindingCalled', event => this.#bindingCalled(session, event))
    quietly(session.send('Page.enable'))
    quietly(session.send('Page.setLifecycleEventsEnabled', { enabled: true }))
    quietly(session.send('Runtime.enable'))
  }

  #contextsGone(isGone: (context: KnownContext) => boolean): void {
    for (const context of this.#contexts.filter(isGone)) {
      this.#contexts.splice(this.#contexts.indexOf(context), 1)
      this.#endDocuments(document => document.isOf(context.session, context.id))
    }
  }

  #sessionFor(frameId: string): DevToolsSession | null {
    return this.#sessionOfFrame.get(frameId) ?? this.#session
  }

  /** null: what `Runtime.evaluate` takes by default, the session's main frame. */
  async #contextOf(session: DevToolsSession, frameId: string, worldId: number): Promise<number | null> {
    if (worldId === 0) {
      if (frameId === session.targetId) return null
      const context = this.#contexts.findLast(
        known => known.session === session && known.frameId === frameId && known.isMainWorld,
      )
      if (!context)
        throw new Error(
          'WebFrame was removed before script could run. This normally means the underlying frame was destroyed',
        )
      return context.id
    }
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId,
      worldName: this.#worldNames.get(worldId) ?? `Isolated World ${worldId}`,
    })
    return executionContextId
  }

  // What the page says

  #bindingCalled(session: DevToolsSession, event: Protocol.Runtime.BindingCalledEvent): void {
    const settings = this.#settings
    if (event.name !== settings?.binding) return
    const context = this.#contexts.find(
      known => known.session === session && known.id === event.executionContextId,
    )
    if (!context) return
    if (settings.isContextIsolated ? context.worldName !== preloadWorldName : !context.isMainWorld) return
    const message = JSON.parse(event.payload) as FromPage
    if (message.kind === 'hello') {
      this.#documentBegan(session, context, settings)
      return
    }
    const document = this.#documents.get(context.frameId)
    if (document?.isOf(session, context.id)) this.#heard(document, message)
  }

  #heard(document: PageDocument, message: FromPage): void {
    const frame = this.frames.attached(document.frameId, null)
    const source: IpcSource = { sender: this.#contents, contentsIpc: this.ipc, frame }
    switch (message.kind) {
      case 'hello':
        return
      case 'send':
        dispatchSend(source, message.channel, argumentsOf(message.tree))
        return
      case 'invoke':
        this.#reply(document, message.id, answerInvoke(source, message.channel, argumentsOf(message.tree)))
        return
      case 'sendSync':
        dispatchSendSync(source, message.channel, argumentsOf(message.tree), value =>
          this.#answerSync(message.token, value),
        )
        return
      case 'postMessage': {
        const ports = message.ports.map(id => portOf(document.receivePort(id)))
        dispatchPostMessage(source, message.channel, nodeCodec.decode(message.tree), ports)
        return
      }
      case 'portMessage':
        document.portMessage(message.port, message.tree, message.ports)
        return
      case 'portClose':
        document.portClosed(message.port)
        return
      case 'preloadError':
        this.#preloadFailed(message.path, this.#preloadErrorOf(message.path, nodeCodec.decode(message.tree)))
        return
      case 'frame':
        if (message.method === 'openWorld') {
          const [worldId, handshake] = argumentsOf(message.tree)
          const opening = this.#openWorld(document.frameId, Number(worldId), String(handshake))
          this.#reply(document, message.id, opening)
          // After the reply has been sent, so that what runs in the world comes after what it brings about.
          document.opensWorld(
            Number(worldId),
            opening.then(() => {}),
          )
          return
        }
        this.#reply(
          document,
          message.id,
          this.#frameMethod(document, message.method, argumentsOf(message.tree)),
        )
        return
    }
  }

  async #openWorld(frameId: string, worldId: number, handshake: string): Promise<void> {
    const session = this.#sessionFor(frameId)
    if (!session) return
    const contextId = await this.#contextOf(session, frameId, worldId)
    if (contextId === null) return
    await session.send('Runtime.evaluate', { expression: mainWorldScript(handshake, true), contextId })
  }

  /** The page only knows that a script did not parse; we find out why. */
  #preloadErrorOf(path: string, error: unknown): unknown {
    if (!(error instanceof SyntaxError)) return error
    try {
      new vm.Script(`(function (require, process, exports, module) { ${readFileSync(path, 'utf8')}\n})`, {
        filename: path,
      })
      return error
    } catch (precise) {
      return precise
    }
  }

  #reply(document: PageDocument, id: number, result: Promise<unknown>): void {
    result.then(
      value => {
        try {
          document.tell({ kind: 'reply', id, tree: nodeCodec.encode(value) })
        } catch (error) {
          this.#refuse(document, id, error)
        }
      },
      (error: unknown) => this.#refuse(document, id, error),
    )
  }

  #refuse(document: PageDocument, id: number, error: unknown): void {
    let tree: unknown
    try {
      tree = nodeCodec.encode(error)
    } catch {
      tree = nodeCodec.encode(new Error(String(error)))
    }
    document.tell({ kind: 'reply', id, tree: null, error: tree })
  }

  async #frameMethod(document: PageDocument, method: string, args: readonly unknown[]): Promise<unknown> {
    const { frameId } = document
    switch (method) {
      case 'executeJavaScript':
        return this.executeInWorld(frameId, 0, String(args[0]), args[1] === true)
      case 'executeJavaScriptInIsolatedWorld': {
        let result: unknown
        for (const code of args[1] as readonly unknown[])
          result = await this.executeInWorld(frameId, Number(args[0]), String(code), args[2] === true)
        return result
      }
      case 'setZoomLevel':
        return this.#contents.setZoomLevel?.(Number(args[0]))
      case 'setZoomFactor':
        return this.#contents.setZoomFactor?.(Number(args[0]))
      // Electron clears the engine's caches and says that memory is scarce, by which garbage is collected; DevTools
      // can ask for the second alone.
      case 'clearCache':
        return this.#session?.send('HeapProfiler.collectGarbage')
      default:
        throw new Error(`webFrame.${method} is not supported by electron-on-chromium`)
    }
  }

  // Synchronous messages: the answer and the dialog that waits for it come in either order

  #syncRequest(token: string): SyncRequest {
    const known = this.#syncRequests.get(token)
    if (known) return known
    const request: SyncRequest = { answer: null, isDialogOpen: false }
    this.#syncRequests.set(token, request)
    return request
  }

  #answerSync(token: string, value: unknown): void {
    const answer: SyncAnswer = { tree: nodeCodec.encode(value) }
    const request = this.#syncRequest(token)
    request.answer = JSON.stringify(answer)
    this.#answerDialog(token, request)
  }

  #answerDialog(token: string, request: SyncRequest): void {
    if (request.answer === null || !request.isDialogOpen) return
    this.#syncRequests.delete(token)
    this.#session
      ?.send('Page.handleJavaScriptDialog', { accept: true, promptText: request.answer })
      .catch(() => {})
  }
}

function preventable(): object {
  return { defaultPrevented: false, preventDefault: () => {} }
}

function argumentsOf(tree: unknown): readonly unknown[] {
  const args = nodeCodec.decode(tree)
  if (!Array.isArray(args)) throw new TypeError('not a list of arguments')
  return args
}

/** Errors cross as text, as in Electron, which also writes them to the terminal. */
async function answerInvoke(source: IpcSource, channel: string, args: readonly unknown[]): Promise<unknown> {
  try {
    const result = await dispatchInvoke(source, channel, args)
    nodeCodec.encode(result)
    return result
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error)
    throw String(error)
  }
}

function checkedTransfer(transfer: unknown): readonly MessagePortMain[] {
  if (transfer === undefined) return []
  if (!Array.isArray(transfer)) throw new TypeError('Invalid value for transfer')
  const list: readonly unknown[] = transfer
  return list.map(port => {
    if (!MessagePortMain.isPort(port)) throw new TypeError('Invalid value for transfer')
    return port
  })
}

const messagingByContents = new WeakMap<MessagingContents, ContentsMessaging>()

/** The messaging of a web contents; made at the first call. */
export function messagingOf(contents: MessagingContents): ContentsMessaging {
  const known = messagingByContents.get(contents)
  if (known) return known
  const messaging = new ContentsMessaging(contents)
  messagingByContents.set(contents, messaging)
  return messaging
}
