import { LatencyHistogram } from './latency-histogram.ts'

/** What came of the calls of a method or a pair during some time. */
export class CallCounts {
  /** Of calls; nobody waits for a notification. */
  readonly latency = new LatencyHistogram()
  notifications = 0
  failed = 0
  timedOut = 0
  retries = 0
  drops = 0
  bytes = 0

  add(other: CallCounts): void {
    this.latency.add(other.latency)
    this.notifications += other.notifications
    this.failed += other.failed
    this.timedOut += other.timedOut
    this.retries += other.retries
    this.drops += other.drops
    this.bytes += other.bytes
  }

  get isEmpty(): boolean {
    return this.latency.count + this.notifications + this.retries + this.drops + this.bytes === 0
  }

  /** The same as shares and percentiles. */
  read() {
    const { latency, notifications, failed, timedOut, retries, drops } = this
    const { count } = latency
    return {
      callCount: count,
      ...(notifications === 0 ? {} : { notificationCount: notifications }),
      p50Ms: rounded(latency.percentile(0.5)),
      p95Ms: rounded(latency.percentile(0.95)),
      p99Ms: rounded(latency.percentile(0.99)),
      maxMs: rounded(latency.maxMs),
      errorRate: shareOf(failed + timedOut, count),
      timeoutRate: shareOf(timedOut, count),
      retryRate: shareOf(retries, count + retries),
      dropCount: drops,
    }
  }
}

function shareOf(some: number, all: number): number {
  return all === 0 ? 0 : Math.min(1, some / all)
}

export function perSecond(amount: number, spanMs: number): number {
  return rounded((amount * 1_000) / spanMs)
}

/** To microseconds, or thousandths. Shares are not rounded: thresholds are compared with them. */
export function rounded(amount: number): number {
  return Math.round(amount * 1_000) / 1_000
}
