import { EventEmitter } from 'node:events'
import { type DevToolsSession, listenToEverything } from '../chromium/devtools.ts'
import { engine } from './engine.ts'
import { PreventableEvent } from './event.ts'

export interface DebuggerHost {
  readonly pageReady: Promise<DevToolsSession>
}

/** Electron's `webContents.debugger`: a DevTools session of the application's own. */
export class Debugger extends EventEmitter {
  readonly #host: DebuggerHost
  #session: Promise<DevToolsSession> | null = null

  constructor(host: DebuggerHost) {
    super()
    this.#host = host
  }

  attach(_protocolVersion?: string): void {
    if (this.#session) throw new Error('Debugger is already attached to the target')
    const attached = this.#attach(() => {
      // The end of an earlier session may be told after the next has begun.
      if (this.#session === attached) this.#detached('target closed')
    })
    attached.catch(() => {})
    this.#session = attached
  }

  async #attach(onDetached: () => void): Promise<DevToolsSession> {
    const page = await this.#host.pageReady
    const session = await engine().attach(page.targetId ?? '')
    listenToEverything(session, (method, params) =>
      this.emit('message', new PreventableEvent(), method, params, ''),
    )
    session.onDetached(onDetached)
    return session
  }

  isAttached(): boolean {
    return this.#session !== null
  }

  detach(): void {
    const session = this.#session
    if (!session) return
    this.#detached('client detached')
    session
      .then(({ sessionId }) =>
        engine().root.send('Target.detachFromTarget', sessionId === null ? {} : { sessionId }),
      )
      .catch(() => {})
  }

  async sendCommand(method: string, params: unknown = {}): Promise<unknown> {
    if (!this.#session) throw new Error('No target available')
    const session = await this.#session
    // The application names the command: nothing is known of its parameters here.
    return session.send(method as 'Page.reload', params as object)
  }

  #detached(reason: string): void {
    if (!this.#session) return
    this.#session = null
    this.emit('detach', new PreventableEvent(), reason)
  }
}
