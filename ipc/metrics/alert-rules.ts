import type { CountedPair, MessageAlert, MethodTraffic } from './traffic.ts'

/** When to raise an alert. */
export interface AlertRule {
  readonly rule: MessageAlert['rule']
  readonly level: MessageAlert['level']
  /** Raised above it; see `clearsBelow`. */
  readonly threshold: number
  /** So few calls say nothing: with these the worst one alone cannot raise it. */
  readonly minCalls: number
  readonly read: (numbers: Omit<MethodTraffic, 'method'>) => number
}

/** An alert is cleared once its value is at most this share of the threshold, so that it does not flutter. */
export const clearsBelow = 0.8

/** For a method, and for a pair as a whole. Percentiles are those of the histogram: up to 6.25 % above the true ones. */
export const callRules: readonly AlertRule[] = [
  { rule: 'p95Latency', level: 'warning', threshold: 100, minCalls: 20, read: ({ p95Ms }) => p95Ms },
  { rule: 'p99Latency', level: 'critical', threshold: 500, minCalls: 100, read: ({ p99Ms }) => p99Ms },
  {
    rule: 'errorRate',
    level: 'critical',
    threshold: 0.05,
    minCalls: 20,
    read: ({ errorRate }) => errorRate,
  },
  {
    rule: 'dropRate',
    level: 'warning',
    threshold: 0.01,
    minCalls: 100,
    read: ({ dropCount, callCount }) => dropCount / Math.max(1, callCount, dropCount),
  },
]

/** The longest queue of the window, in messages. A queue belongs to a pair. */
export const backlogRule = {
  rule: 'queueBacklog',
  level: 'warning',
  threshold: 500,
  read: ({ maxQueueSize }: CountedPair) => maxQueueSize,
} as const
