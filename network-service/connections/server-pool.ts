import type { Clock } from '../../ipc/clock.ts'
import type { Dialer } from './dialer.ts'
import type { ProxyLimits } from './limits.ts'
import { ServerConnection } from './server-connection.ts'

export interface ServerPoolOptions {
  readonly dialer: Dialer
  readonly limits: ProxyLimits
  readonly clock: Clock
}

interface Idle {
  readonly connection: ServerConnection
  readonly key: string
  readonly timer: Disposable
}

/** Connections to servers, those in use and those that wait for the next request to the same server. */
export class ServerPool implements Disposable {
  readonly #options: ServerPoolOptions
  /** The latest last. */
  readonly #idle = new Set<Idle>()
  readonly #all = new Set<ServerConnection>()

  constructor(options: ServerPoolOptions) {
    this.#options = options
  }

  get counts(): { readonly all: number; readonly idle: number } {
    return { all: this.#all.size, idle: this.#idle.size }
  }

  /** A connection for one request; `isFresh` wants one that no request went over before. Rejects with a NetworkError. */
  async obtain(host: string, port: number, isFresh: boolean): Promise<ServerConnection> {
    const key = `${host} ${port}`
    if (!isFresh) {
      for (const idle of [...this.#idle].reverse()) {
        if (idle.key !== key) continue
        this.#take(idle)
        if (idle.connection.isIdle) return idle.connection
      }
    }
    const connection = await ServerConnection.open({ ...this.#options, host, port })
    this.#all.add(connection)
    connection.onClose(() => {
      this.#all.delete(connection)
      for (const idle of this.#idle) if (idle.connection === connection) this.#take(idle)
    })
    return connection
  }

  /** Keeps a connection whose answer is whole, or closes it. */
  giveBack(connection: ServerConnection, host: string, port: number): void {
    const { limits, clock } = this.#options
    const key = `${host} ${port}`
    const ofServer = [...this.#idle].filter(idle => idle.key === key)
    if (!connection.isIdle || ofServer.length >= limits.idlePerServer) {
      connection.destroy()
      return
    }
    const timer = clock.after(limits.serverIdleMs, () => connection.destroy())
    this.#idle.add({ connection, key, timer })
    connection.resume()
    if (this.#idle.size <= limits.idleServers) return
    const [oldest] = this.#idle
    oldest?.connection.destroy()
  }

  [Symbol.dispose](): void {
    for (const connection of [...this.#all]) connection.destroy()
  }

  #take(idle: Idle): void {
    this.#idle.delete(idle)
    idle.timer[Symbol.dispose]()
  }
}
