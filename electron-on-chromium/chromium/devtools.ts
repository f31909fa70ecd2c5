import type { Readable, Writable } from 'node:stream'
import type Protocol from 'devtools-protocol/types/protocol.js'
import type ProtocolMapping from 'devtools-protocol/types/protocol-mapping.js'

export type { Protocol, ProtocolMapping }

type Commands = ProtocolMapping.Commands
type Events = ProtocolMapping.Events

/** One attached DevTools session: to the browser itself, a page, a frame of another site, or a worker. */
export interface DevToolsSession {
  /** null for the session of the browser itself. */
  readonly sessionId: string | null
  /** The target the session is attached to; null for the browser. A page's target id is its main frame's id. */
  readonly targetId: string | null
  readonly isDetached: boolean
  /**
   * Sends a command. Commands of one session are carried out in the order sent, so several may be sent
   * without waiting. Rejects with DevToolsError, at once when the session is detached meanwhile.
   */
  send<M extends keyof Commands>(
    method: M,
    ...params: Commands[M]['paramsType']
  ): Promise<Commands[M]['returnType']>
  /** Listens for one event. Listeners are called synchronously in the order events arrive. */
  on<E extends keyof Events>(event: E, listener: (params: Events[E][0]) => void): Disposable
  /** Called once when the target is gone, the session was detached, or the browser went away. */
  onDetached(listener: () => void): Disposable
}

/** A DevTools command failed. `protocolCode` is DevTools' own number, or null when the session went away. */
export class DevToolsError extends Error {
  readonly code = 'DEVTOOLS_ERROR'
  readonly method: string
  readonly protocolCode: number | null
  constructor(method: string, message: string, protocolCode: number | null) {
    super(`${method}: ${message}`)
    this.name = 'DevToolsError'
    this.method = method
    this.protocolCode = protocolCode
  }
}

interface IncomingMessage {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly sessionId?: string
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string; readonly data?: string }
}

interface PendingCommand {
  readonly method: string
  readonly resolve: (result: never) => void
  readonly reject: (error: DevToolsError) => void
}

type AnyListener = (params: never) => void

class PipeSession implements DevToolsSession {
  readonly sessionId: string | null
  readonly targetId: string | null
  readonly pending = new Map<number, PendingCommand>()
  #isDetached = false
  readonly #connection: DevToolsConnection
  readonly #listeners = new Map<string, Set<AnyListener>>()
  readonly #detachListeners = new Set<() => void>()

  constructor(connection: DevToolsConnection, sessionId: string | null, targetId: string | null) {
    this.#connection = connection
    this.sessionId = sessionId
    this.targetId = targetId
  }

  get isDetached(): boolean {
    return this.#isDetached
  }

  send<M extends keyof Commands>(
    method: M,
    ...params: Commands[M]['paramsType']
  ): Promise<Commands[M]['returnType']> {
    if (this.#isDetached) return Promise.reject(new DevToolsError(method, 'the session is detached', null))
    return new Promise((resolve, reject) => {
      const id = this.#connection.write(method, params[0], this.sessionId)
      this.pending.set(id, { method, resolve, reject })
    })
  }

  on<E extends keyof Events>(event: E, listener: (params: Events[E][0]) => void): Disposable {
    const listeners = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, listeners)
    listeners.add(listener)
    return { [Symbol.dispose]: () => listeners.delete(listener) }
  }

  onDetached(listener: () => void): Disposable {
    if (this.#isDetached) queueMicrotask(listener)
    else this.#detachListeners.add(listener)
    return { [Symbol.dispose]: () => this.#detachListeners.delete(listener) }
  }

  /** @internal */
  settle(message: IncomingMessage, id: number): void {
    const command = this.pending.get(id)
    if (!command) return
    this.pending.delete(id)
    if (message.error) {
      const detail = message.error.data ? ` ${message.error.data}` : ''
      command.reject(new DevToolsError(command.method, message.error.message + detail, message.error.code))
    } else command.resolve(message.result as never)
  }

  /** @internal */
  onEverything: ((method: string, params: unknown) => void) | null = null

  /** @internal */
  emit(event: string, params: unknown): void {
    this.onEverything?.(event, params)
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        listener(params as never)
      } catch (error) {
        // The other listeners are to hear of it all the same.
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }

  /** @internal */
  detach(): void {
    if (this.#isDetached) return
    this.#isDetached = true
    for (const command of this.pending.values())
      command.reject(new DevToolsError(command.method, 'the session was detached', null))
    this.pending.clear()
    for (const listener of [...this.#detachListeners]) listener()
    this.#detachListeners.clear()
    this.#listeners.clear()
  }
}

/** Hands every event of a session on, whatever it is. One listener a session. */
export function listenToEverything(
  session: DevToolsSession,
  listener: (method: string, params: unknown) => void,
): void {
  if (session instanceof PipeSession) session.onEverything = listener
}

/** Speaks the DevTools protocol over a pair of streams, messages separated by a zero byte. */
export class DevToolsConnection {
  readonly root: DevToolsSession
  #lastId = 0
  readonly #writable: Writable
  readonly #sessions = new Map<string | null, PipeSession>()
  #chunks: Buffer[] = []
  readonly #onAttached: (event: Protocol.Target.AttachedToTargetEvent) => void

  /** @param onAttached called for every session that comes to be, whichever session it was attached from */
  constructor(
    readable: Readable,
    writable: Writable,
    onAttached: (event: Protocol.Target.AttachedToTargetEvent) => void = () => {},
  ) {
    this.#writable = writable
    this.#onAttached = onAttached
    const root = new PipeSession(this, null, null)
    this.root = root
    this.#sessions.set(null, root)
    readable.on('data', (chunk: Buffer) => this.#read(chunk))
    readable.on('close', () => this.#closed())
    readable.on('error', () => this.#closed())
    // A write after the browser has died is reported by the closing of the other stream.
    writable.on('error', () => {})
  }

  /** The session with that id, or null when it is not attached (any more). */
  session(sessionId: string): DevToolsSession | null {
    return this.#sessions.get(sessionId) ?? null
  }

  /** @internal */
  write(method: string, params: unknown, sessionId: string | null): number {
    const id = ++this.#lastId
    this.#writable.write(`${JSON.stringify({ id, method, params, sessionId: sessionId ?? undefined })}\0`)
    return id
  }

  #read(chunk: Buffer): void {
    let start = 0
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      this.#chunks.push(chunk.subarray(start, end))
      const message = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks)
      this.#chunks = []
      start = end + 1
      // Chromium sends an empty message for one that it could not put into words, such as a torn piece of a trace.
      if (message && message.length > 0)
        this.#dispatchSafely(JSON.parse(message.toString('utf8')) as IncomingMessage)
    }
    if (start < chunk.length) this.#chunks.push(chunk.subarray(start))
  }

  /** Whatever a listener throws must not lose the messages behind it in the same chunk. */
  #dispatchSafely(message: IncomingMessage): void {
    try {
      this.#dispatch(message)
    } catch (error) {
      queueMicrotask(() => {
        throw error
      })
    }
  }

  #dispatch(message: IncomingMessage): void {
    const sessionId = message.sessionId ?? null
    const session = this.#sessions.get(sessionId)
    if (message.id !== undefined) {
      session?.settle(message, message.id)
      return
    }
    if (!message.method) return
    if (message.method === 'Target.attachedToTarget') {
      const params = message.params as Protocol.Target.AttachedToTargetEvent
      this.#sessions.set(
        params.sessionId,
        new PipeSession(this, params.sessionId, params.targetInfo.targetId),
      )
      this.#onAttached(params)
    }
    session?.emit(message.method, message.params)
    if (message.method === 'Target.detachedFromTarget') {
      const params = message.params as Protocol.Target.DetachedFromTargetEvent
      this.#sessions.get(params.sessionId)?.detach()
      this.#sessions.delete(params.sessionId)
    }
  }

  #closed(): void {
    const sessions = [...this.#sessions.values()]
    this.#sessions.clear()
    for (const session of sessions) session.detach()
  }
}
