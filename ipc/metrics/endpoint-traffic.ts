import type { Endpoint } from '../endpoint.ts'
import type { CallStatistics } from '../metrics.ts'
import type { CountedPair, EndpointTraffic } from './traffic.ts'

/** What an endpoint knows of its own pairs: those that it calls, and those that call it. */
export function endpointTraffic({ identity, metrics }: Endpoint): EndpointTraffic {
  const { calls, handled } = metrics.snapshot()
  const made = [...Map.groupBy(calls, ({ peer }) => peer)]
  const answered = [...Map.groupBy(handled, ({ peer }) => peer)]
  return {
    pairs: [
      ...made.map(([peer, methods]) => pairOf(identity.id, peer, methods)),
      ...answered.map(([peer, methods]) => pairOf(peer, identity.id, methods)),
    ],
    pendingCalls: [],
  }
}

function pairOf(from: string, to: string, statistics: readonly CallStatistics[]): CountedPair {
  const methods = statistics.map(one => ({
    method: `${one.contract}.${one.method}`,
    messagesPerSecond: 0,
    bytesPerSecond: 0,
    callCount: one.calls,
    p50Ms: one.p50Ms,
    p95Ms: one.p95Ms,
    p99Ms: one.p99Ms,
    maxMs: one.maxMs,
    errorRate: one.calls === 0 ? 0 : (one.errors + one.timeouts) / one.calls,
    timeoutRate: one.calls === 0 ? 0 : one.timeouts / one.calls,
    retryRate: 0,
    dropCount: 0,
  }))
  const slowest = (read: (method: (typeof methods)[number]) => number) => Math.max(0, ...methods.map(read))
  return {
    from,
    to,
    messagesPerSecond: 0,
    bytesPerSecond: 0,
    p50Ms: slowest(({ p50Ms }) => p50Ms),
    p95Ms: slowest(({ p95Ms }) => p95Ms),
    p99Ms: slowest(({ p99Ms }) => p99Ms),
    maxMs: slowest(({ maxMs }) => maxMs),
    callCount: methods.reduce((sum, { callCount }) => sum + callCount, 0),
    errorRate: 0,
    timeoutRate: 0,
    retryRate: 0,
    dropCount: 0,
    avgQueueSize: 0,
    maxQueueSize: 0,
    pendingCalls: 0,
    queuedMs: 0,
    wireMs: 0,
    handlerMs: 0,
    isPaused: false,
    methods,
  }
}
