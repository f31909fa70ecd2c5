import type { CountedPair, MethodTraffic } from '../metrics/traffic.ts'

const numbers = {
  messagesPerSecond: 10,
  bytesPerSecond: 1_000,
  callCount: 1_000,
  p50Ms: 1,
  p95Ms: 1,
  p99Ms: 1,
  maxMs: 1,
  errorRate: 0,
  timeoutRate: 0,
  retryRate: 0,
  dropCount: 0,
}

/** A method that fares well. */
export function sampleMethod(method: string, more: Partial<MethodTraffic> = {}): MethodTraffic {
  return { method, ...numbers, ...more }
}

/** A pair that fares well. */
export function sampleCountedPair(from: string, to: string, more: Partial<CountedPair> = {}): CountedPair {
  return {
    from,
    to,
    ...numbers,
    avgQueueSize: 0,
    maxQueueSize: 0,
    pendingCalls: 0,
    queuedMs: 0,
    wireMs: 0,
    handlerMs: 0,
    isPaused: false,
    methods: [],
    ...more,
  }
}
