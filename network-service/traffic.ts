import {
  type HostTraffic,
  mostHosts,
  type NetworkFailure,
  type NetworkFailureKind,
  type OpenConnection,
} from '../contracts/network.ts'
import type { Clock } from '../ipc/clock.ts'

/** What is known of an exchange when it begins. */
export interface ExchangeStart {
  readonly kind: OpenConnection['kind']
  readonly method: string
  readonly host: string
  readonly port: number
  /** Null where only the host is known: in a tunnel. */
  readonly url: string | null
}

/** Told of every exchange; for whoever keeps a list of requests. */
export interface ExchangeWatcher {
  began?(exchange: Exchange): void
  finished?(exchange: Exchange): void
}

/** One request, tunnel or upgraded connection of a page, from its beginning to its end. */
export class Exchange implements ExchangeStart {
  readonly id: number
  readonly kind: OpenConnection['kind']
  readonly method: string
  readonly host: string
  readonly port: number
  readonly url: string | null
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  address: string | null = null
  status: number | null = null
  failure: NetworkFailureKind | null = null
  /** Since the beginning, in milliseconds; null until it was so. */
  connectedMs: number | null = null
  firstByteMs: number | null = null
  finishedMs: number | null = null
  bytesIn = 0
  bytesOut = 0
  readonly #traffic: Traffic
  readonly #clock: Clock
  readonly #begunAt: number

  constructor(traffic: Traffic, clock: Clock, id: number, start: ExchangeStart) {
    this.#traffic = traffic
    this.#clock = clock
    this.#begunAt = clock.now()
    this.id = id
    this.kind = start.kind
    this.method = start.method.slice(0, 32)
    this.host = start.host
    this.port = start.port
    this.url = start.url
    this.startedAt = clock.wallClock()
  }

  connected(address: string | null): void {
    this.connectedMs = this.#clock.now() - this.#begunAt
    this.address = address
  }

  responded(status: number): void {
    this.status = status
    this.firstByteMs = this.#clock.now() - this.#begunAt
  }

  failed(kind: NetworkFailureKind): void {
    this.failure = kind
    this.finish()
  }

  /** Once; whatever is said later changes nothing. */
  finish(): void {
    if (this.finishedMs !== null) return
    this.finishedMs = this.#clock.now() - this.#begunAt
    this.#traffic.finished(this)
  }
}

interface HostCounts {
  requests: number
  tunnels: number
  failures: number
  bytesIn: number
  bytesOut: number
  open: number
  lastAt: number
}

/** What is under way, what went where, and what went wrong last; all of it bounded. */
export class Traffic {
  readonly #clock: Clock
  readonly #open = new Map<number, Exchange>()
  readonly #hosts = new Map<string, HostCounts>()
  readonly #failures = new Map<string, NetworkFailure>()
  readonly #watchers = new Set<ExchangeWatcher>()
  #lastId = 0
  #requests = 0
  #tunnels = 0
  #bytesIn = 0
  #bytesOut = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  begin(start: ExchangeStart): Exchange {
    this.#lastId += 1
    const exchange = new Exchange(this, this.#clock, this.#lastId, start)
    this.#open.set(exchange.id, exchange)
    const counts = this.#countsOf(exchange.host)
    counts.open += 1
    counts.lastAt = exchange.startedAt
    if (exchange.kind === 'request') {
      counts.requests += 1
      this.#requests += 1
    } else {
      counts.tunnels += 1
      this.#tunnels += 1
    }
    for (const watcher of this.#watchers) watcher.began?.(exchange)
    return exchange
  }

  /** @internal Told by the exchange. */
  finished(exchange: Exchange): void {
    this.#open.delete(exchange.id)
    const counts = this.#countsOf(exchange.host)
    counts.open = Math.max(0, counts.open - 1)
    counts.bytesIn += exchange.bytesIn
    counts.bytesOut += exchange.bytesOut
    this.#bytesIn += exchange.bytesIn
    this.#bytesOut += exchange.bytesOut
    const key = `${exchange.host} ${exchange.port}`
    this.#failures.delete(key)
    if (exchange.failure !== null) {
      counts.failures += 1
      const { host, port, failure: kind } = exchange
      this.#failures.set(key, { host, port, kind, at: this.#clock.wallClock() })
      forgetOldest(this.#failures)
    }
    for (const watcher of this.#watchers) watcher.finished?.(exchange)
  }

  watch(watcher: ExchangeWatcher): Disposable {
    this.#watchers.add(watcher)
    return { [Symbol.dispose]: () => void this.#watchers.delete(watcher) }
  }

  lastFailure(host: string, port: number | null): NetworkFailure | null {
    if (port !== null) return this.#failures.get(`${host} ${port}`) ?? null
    const ofHost = [...this.#failures.values()].filter(failure => failure.host === host)
    return ofHost.toSorted((a, b) => b.at - a.at)[0] ?? null
  }

  /** Used last first. */
  byHost(limit: number): readonly HostTraffic[] {
    const underWay = new Map<string, { bytesIn: number; bytesOut: number }>()
    for (const { host, bytesIn, bytesOut } of this.#open.values()) {
      const sum = underWay.get(host) ?? { bytesIn: 0, bytesOut: 0 }
      underWay.set(host, { bytesIn: sum.bytesIn + bytesIn, bytesOut: sum.bytesOut + bytesOut })
    }
    return [...this.#hosts]
      .toSorted(([, a], [, b]) => b.lastAt - a.lastAt)
      .slice(0, limit)
      .map(([host, counts]) => ({
        host,
        ...counts,
        bytesIn: counts.bytesIn + (underWay.get(host)?.bytesIn ?? 0),
        bytesOut: counts.bytesOut + (underWay.get(host)?.bytesOut ?? 0),
      }))
  }

  open(limit: number): readonly OpenConnection[] {
    return [...this.#open.values()]
      .slice(0, limit)
      .map(({ id, kind, method, host, port, address, startedAt, bytesIn, bytesOut }) => {
        return { id, kind, method, host, port, address, startedAt, bytesIn, bytesOut }
      })
  }

  get totals(): { requests: number; tunnels: number; bytesIn: number; bytesOut: number; open: number } {
    const totals = {
      requests: this.#requests,
      tunnels: this.#tunnels,
      bytesIn: this.#bytesIn,
      bytesOut: this.#bytesOut,
      open: this.#open.size,
    }
    for (const { bytesIn, bytesOut } of this.#open.values()) {
      totals.bytesIn += bytesIn
      totals.bytesOut += bytesOut
    }
    return totals
  }

  #countsOf(host: string): HostCounts {
    let counts = this.#hosts.get(host)
    if (counts === undefined) {
      counts = { requests: 0, tunnels: 0, failures: 0, bytesIn: 0, bytesOut: 0, open: 0, lastAt: 0 }
    } else this.#hosts.delete(host)
    this.#hosts.set(host, counts)
    forgetOldest(this.#hosts)
    return counts
  }
}

function forgetOldest(map: Map<string, unknown>): void {
  if (map.size <= mostHosts) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}
