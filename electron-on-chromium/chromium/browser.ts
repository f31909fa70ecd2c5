import type { ChildProcess } from 'node:child_process'
import { DevToolsConnection, type DevToolsSession, type Protocol } from './devtools.ts'

export interface BrowserExit {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
}

/** A page, frame or worker to which the browser attached us by itself. */
export interface AttachedTarget {
  readonly session: DevToolsSession
  readonly info: Protocol.Target.TargetInfo
  /** True when its scripts wait until `Runtime.runIfWaitingForDebugger` is sent on its session. */
  readonly isWaiting: boolean
}

export interface CreateTargetOptions {
  readonly url?: string
  /** The DevTools browser context (null: the default, persistent one). */
  readonly browserContextId?: string | null
  /** A window of its own: only the visible tab of a window is drawn. Default true. */
  readonly newWindow?: boolean
  readonly width?: number
  readonly height?: number
}

/** One running Chromium process, driven over its DevTools pipe. It dies when the pipe closes. */
export interface ChromiumBrowser {
  /** The session of the browser itself. */
  readonly root: DevToolsSession
  readonly pid: number
  /** Where the profile lies. */
  readonly userDataDir: string
  readonly version: Protocol.Browser.GetVersionResponse
  readonly hasExited: boolean
  /** The last lines Chromium wrote to stderr, for error messages. */
  readonly lastErrorLines: readonly string[]
  onExit(listener: (exit: BrowserExit) => void): Disposable
  /** Called for every line Chromium writes to stderr. */
  onErrorLine(listener: (line: string) => void): Disposable
  /**
   * Attaches to every page before its first script, from now on. The listener must send
   * `Runtime.runIfWaitingForDebugger` for waiting targets. It is told as well of what pages attach: whoever wants
   * their out-of-process frames sends `attachFramesOf` first. To be called once, at boot.
   */
  autoAttach(listener: (target: AttachedTarget) => void): Promise<void>
  /** Opens a page and resolves with a session attached to it. */
  createTarget(options?: CreateTargetOptions): Promise<DevToolsSession>
  /** The first session attached to that target, or null. */
  sessionOf(targetId: string): DevToolsSession | null
  /** Attaches a further session to a target. */
  attach(targetId: string): Promise<DevToolsSession>
  /** Closes Chromium in good order; kills it when it does not go within five seconds. */
  close(): Promise<BrowserExit>
  /** Kills Chromium at once. */
  kill(): void
}

const closeTimeoutMs = 5000
const keptErrorLines = 40

/** @internal Takes over a Chromium just spawned with its pipe on descriptors 3 and 4. */
export async function connectBrowser(child: ChildProcess, userDataDir: string): Promise<ChromiumBrowser> {
  const browser = new PipeBrowser(child, userDataDir)
  await browser.connected()
  return browser
}

class PipeBrowser implements ChromiumBrowser {
  readonly root: DevToolsSession
  readonly userDataDir: string
  readonly lastErrorLines: string[] = []
  version: Protocol.Browser.GetVersionResponse = {
    protocolVersion: '',
    product: '',
    revision: '',
    userAgent: '',
    jsVersion: '',
  }
  readonly #child: ChildProcess
  readonly #connection: DevToolsConnection
  readonly #exitListeners = new Set<(exit: BrowserExit) => void>()
  readonly #lineListeners = new Set<(line: string) => void>()
  readonly #sessionByTarget = new Map<string, DevToolsSession>()
  #exit: BrowserExit | null = null
  #autoAttachListener: ((target: AttachedTarget) => void) | null = null

  constructor(child: ChildProcess, userDataDir: string) {
    this.#child = child
    this.userDataDir = userDataDir
    const [, , , input, output] = child.stdio
    if (!input || !output || !('write' in input) || !('read' in output))
      throw new TypeError('Chromium must be spawned with pipes on descriptors 3 and 4')
    this.#connection = new DevToolsConnection(output as import('node:stream').Readable, input, event =>
      this.#attached(event),
    )
    this.root = this.#connection.root
    this.#readErrorLines()
    child.once('exit', (exitCode, signal) => this.#exited({ exitCode, signal }))
    child.once('error', () => this.#exited({ exitCode: null, signal: null }))
  }

  get pid(): number {
    return this.#child.pid ?? -1
  }

  get hasExited(): boolean {
    return this.#exit !== null
  }

  async connected(): Promise<void> {
    try {
      this.version = await this.root.send('Browser.getVersion')
    } catch (cause) {
      throw new ChromiumStartError(this.lastErrorLines, cause)
    }
  }

  onExit(listener: (exit: BrowserExit) => void): Disposable {
    const exit = this.#exit
    if (exit) queueMicrotask(() => listener(exit))
    else this.#exitListeners.add(listener)
    return { [Symbol.dispose]: () => this.#exitListeners.delete(listener) }
  }

  onErrorLine(listener: (line: string) => void): Disposable {
    this.#lineListeners.add(listener)
    return { [Symbol.dispose]: () => this.#lineListeners.delete(listener) }
  }

  async autoAttach(listener: (target: AttachedTarget) => void): Promise<void> {
    this.#autoAttachListener = listener
    await this.root.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [{ type: 'page' }, { exclude: true }],
    })
  }

  async createTarget(options: CreateTargetOptions = {}): Promise<DevToolsSession> {
    const { targetId } = await this.root.send('Target.createTarget', {
      url: options.url ?? 'about:blank',
      newWindow: options.newWindow ?? true,
      ...(options.browserContextId ? { browserContextId: options.browserContextId } : {}),
      ...(options.width === undefined ? {} : { width: options.width }),
      ...(options.height === undefined ? {} : { height: options.height }),
    })
    return this.#sessionByTarget.get(targetId) ?? this.attach(targetId)
  }

  sessionOf(targetId: string): DevToolsSession | null {
    return this.#sessionByTarget.get(targetId) ?? null
  }

  async attach(targetId: string): Promise<DevToolsSession> {
    const { sessionId } = await this.root.send('Target.attachToTarget', { targetId, flatten: true })
    const session = this.#connection.session(sessionId)
    if (!session) throw new ChromiumStartError(this.lastErrorLines, new Error(`${targetId} went away`))
    return session
  }

  async close(): Promise<BrowserExit> {
    const exit = new Promise<BrowserExit>(resolve => this.onExit(resolve))
    this.root.send('Browser.close').catch(() => {})
    const timer = setTimeout(() => this.kill(), closeTimeoutMs)
    try {
      return await exit
    } finally {
      clearTimeout(timer)
    }
  }

  kill(): void {
    if (!this.#exit) this.#child.kill('SIGKILL')
  }

  #attached(event: Protocol.Target.AttachedToTargetEvent): void {
    const session = this.#connection.session(event.sessionId)
    if (!session) return
    const { targetId } = event.targetInfo
    const isFirst = !this.#sessionByTarget.has(targetId)
    if (isFirst) this.#sessionByTarget.set(targetId, session)
    session.onDetached(() => {
      if (this.#sessionByTarget.get(targetId) === session) this.#sessionByTarget.delete(targetId)
    })
    // Sessions that we asked for by attach() are no news; those that Chromium opened for us are.
    if (this.#autoAttachListener && (event.waitingForDebugger || isFirst))
      this.#autoAttachListener({ session, info: event.targetInfo, isWaiting: event.waitingForDebugger })
  }

  #readErrorLines(): void {
    let rest = ''
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        this.lastErrorLines.push(line)
        if (this.lastErrorLines.length > keptErrorLines) this.lastErrorLines.shift()
        for (const listener of [...this.#lineListeners]) listener(line)
      }
    })
  }

  #exited(exit: BrowserExit): void {
    if (this.#exit) return
    this.#exit = exit
    for (const listener of [...this.#exitListeners]) listener(exit)
    this.#exitListeners.clear()
  }
}

/**
 * Frames of other processes below that page or frame are attached before their first script. Sends only.
 * Workers are attached too, and have to be resumed: a filter that leaves them out leaves them waiting for good.
 */
export function attachFramesOf(session: DevToolsSession): void {
  session
    .send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true })
    .catch(() => {})
}

/** Chromium could not be started, or went away before it answered. */
export class ChromiumStartError extends Error {
  readonly code = 'CHROMIUM_START_FAILED'
  constructor(errorLines: readonly string[], cause: unknown) {
    const detail = errorLines
      .filter(line => line.trim() !== '')
      .slice(-5)
      .join('\n')
    super(`Chromium did not start${detail ? `:\n${detail}` : ''}`, { cause })
    this.name = 'ChromiumStartError'
  }
}
