import type { Clock } from '../../ipc/clock.ts'
import type { Log } from '../../ipc/log.ts'

/** What is used of a session. */
export interface ProxiedSession {
  setProxy(config: {
    readonly mode: 'fixed_servers'
    proxyRules: string
    proxyBypassRules: string
  }): Promise<void>
}

export interface ProxyLinkOptions {
  /** Opens the proxy of the process that runs now; answers its port, another than the wanted one where that is taken. */
  readonly open: (secret: string, port: number | null) => Promise<number>
  /** Ends the process, which then comes back. */
  readonly endProcess: () => void
  readonly makeSecret: () => string
  readonly clock: Clock
  readonly log: Log
}

/** Attempts to open the proxy of one process before that process is ended. */
const mostAttempts = 3
const attemptAfterMs = 200

/**
 * Holds every session of pages to the proxy of the network process, and the proxy to its port. Nothing ever goes around
 * it: until it is open first, no session is ready; while the process is away, its port answers nobody.
 */
export class ProxyLink implements Disposable {
  readonly #options: ProxyLinkOptions
  readonly #sessions = new Set<ProxiedSession>()
  readonly #first = Promise.withResolvers<void>()
  #secret: string
  #port: number | null = null
  /** Grows with each process, so that what concerned an earlier one is dropped. */
  #generation = 0
  #retry: Disposable | null = null

  constructor(options: ProxyLinkOptions) {
    this.#options = options
    this.#secret = options.makeSecret()
  }

  /** Of the proxy on this machine; null until it was open once. */
  get port(): number | null {
    return this.#port
  }

  /** Sets the session to the proxy once there is one. */
  async attach(session: ProxiedSession): Promise<void> {
    await this.#first.promise
    this.#sessions.add(session)
    await this.#setProxy(session)
  }

  detach(session: ProxiedSession): void {
    this.#sessions.delete(session)
  }

  /** The network process runs, for the first time or again. Resolves true when pages can use it. */
  async processUp(): Promise<boolean> {
    this.#generation += 1
    return this.#open(this.#generation, 1)
  }

  processDown(): void {
    this.#generation += 1
    this.#retry?.[Symbol.dispose]()
  }

  /** Answers an engine that was asked who it is; null for whoever else asks. */
  credentialsFor(asker: { readonly isProxy: boolean; readonly host: string; readonly port: number }) {
    const isOurs = asker.isProxy && asker.host === '127.0.0.1' && asker.port === this.#port
    return isOurs ? { username: 'nexus', password: this.#secret } : null
  }

  [Symbol.dispose](): void {
    this.processDown()
  }

  async #open(generation: number, attempt: number): Promise<boolean> {
    try {
      await this.#openOnce(generation)
      return generation === this.#generation
    } catch (error) {
      if (generation !== this.#generation) return false
      const reason = error instanceof Error ? error.message : String(error)
      this.#options.log({ level: 'warning', message: `The way to the network is not open: ${reason}` })
      if (attempt >= mostAttempts) {
        this.#options.endProcess()
        return false
      }
      await new Promise<void>(resolve => {
        this.#retry = this.#options.clock.after(attemptAfterMs, resolve)
      })
      return this.#open(generation, attempt + 1)
    }
  }

  async #openOnce(generation: number): Promise<void> {
    const wanted = this.#port
    let port = await this.#options.open(this.#secret, wanted)
    if (wanted !== null && port !== wanted) {
      // Somebody took the port while nobody had it, and may have been told the secret. It is worth nothing any more.
      this.#secret = this.#options.makeSecret()
      port = await this.#options.open(this.#secret, port)
    }
    if (generation !== this.#generation) return
    this.#port = port
    if (port !== wanted) await Promise.all([...this.#sessions].map(session => this.#setProxy(session)))
    this.#first.resolve()
  }

  async #setProxy(session: ProxiedSession): Promise<void> {
    if (this.#port === null) return
    await session.setProxy({
      mode: 'fixed_servers',
      proxyRules: `127.0.0.1:${this.#port}`,
      // Engines go straight to this machine's own addresses unless they are told not to.
      proxyBypassRules: '<-loopback>',
    })
  }
}
