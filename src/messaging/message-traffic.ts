import { type MessageTraffic, maxPendingCalls } from '../../contracts/messages.ts'
import type { Clock } from '../../ipc/clock.ts'
import type { Log } from '../../ipc/log.ts'
import { AlertBook, type AlertChange } from '../../ipc/metrics/alert-book.ts'
import { MetricsReporter } from '../../ipc/metrics/metrics-reporter.ts'
import { windowMs } from '../../ipc/metrics/sliding-minute.ts'
import { mergeTraffic, type TrafficReport } from './merge-traffic.ts'
import { WatchedSampler } from './watched-sampler.ts'

export interface MessageMonitorOptions {
  readonly clock: Clock
  readonly log: Log
  /** What main and every service that answers counted; see `trafficReports`. */
  readonly reports: () => Promise<readonly TrafficReport[]>
  /** Main's own id. */
  readonly main: string
  /** The name in the process tree for the id of an endpoint. */
  readonly nameOf: (endpoint: string) => string
  readonly publish: (traffic: MessageTraffic, isWatching: (watcher: string) => boolean) => void
}

/**
 * Knows who talks to whom. Looks once a second while somebody watches, whenever it is asked, and once a minute for the
 * log; each look compares the numbers with the thresholds, and what is raised or cleared by it is logged.
 */
export class MessageMonitor implements Disposable {
  readonly #options: MessageMonitorOptions
  readonly #alerts: AlertBook
  readonly #sampler: WatchedSampler<MessageTraffic>
  readonly #reporter: MetricsReporter<MessageTraffic>

  constructor(options: MessageMonitorOptions) {
    this.#options = options
    const { clock, log, publish } = options
    this.#alerts = new AlertBook(change => log(entryOf(change)))
    this.#sampler = new WatchedSampler({ clock, publish, sample: () => this.sample() })
    this.#reporter = new MetricsReporter({
      clock,
      read: () => this.sample(),
      report: traffic => log(summaryOf(traffic)),
      onFailure: error =>
        log({ level: 'error', message: 'The traffic could not be read', details: { error: String(error) } }),
    })
  }

  watch(watcher: string): void {
    this.#sampler.watch(watcher)
  }

  unwatch(watcher: string): void {
    this.#sampler.unwatch(watcher)
  }

  /** The traffic now. */
  async sample(): Promise<MessageTraffic> {
    const { clock, main, nameOf, reports } = this.#options
    const { pairs, pendingCalls } = mergeTraffic(await reports(), main, nameOf)
    const sampledAt = Math.round(clock.wallClock())
    return {
      sampledAt,
      windowMs,
      pairs: [...pairs],
      alerts: [...this.#alerts.evaluate(pairs, sampledAt)],
      pendingCalls: pendingCalls.slice(0, maxPendingCalls),
    }
  }

  [Symbol.dispose](): void {
    this.#sampler[Symbol.dispose]()
    this.#reporter[Symbol.dispose]()
  }
}

function entryOf({ kind, alert }: AlertChange): Parameters<Log>[0] {
  const { rule, level, from, to, method, value, threshold } = alert
  const isRaised = kind === 'raised'
  return {
    level: isRaised ? 'warning' : 'info',
    message: isRaised ? 'Messages fare worse than they should' : 'Messages fare well again',
    details: { rule, level, from, to, method, value, threshold },
  }
}

/** Names and numbers only: no arguments, no addresses. */
function summaryOf({ pairs, alerts, pendingCalls }: MessageTraffic): Parameters<Log>[0] {
  return {
    level: 'info',
    message: 'Messages of the last minute',
    details: {
      pairs: pairs.map(({ methods, ...numbers }) => ({ ...numbers, methods: methods.length })),
      alerts: alerts.length,
      pendingCalls: pendingCalls.length,
    },
  }
}
