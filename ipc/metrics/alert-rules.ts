import type { CountedPair, MessageAlert, MethodTraffic } from './traffic.ts'

type Numbers = Omit<MethodTraffic, 'method'>

/** When to raise an alert. */
export interface AlertRule {
  readonly rule: MessageAlert['rule']
  readonly level: MessageAlert['level']
  /** Raised above it; see `clearsBelow`. */
  readonly threshold: number
  readonly read: (numbers: Numbers) => number
  /** How much the value rests on, and how much that has to be: so much that a single one cannot raise it. */
  readonly sampleOf: (numbers: Numbers) => number
  readonly minSample: number
}

/** An alert is cleared once its value is at most this share of the threshold, so that it does not flutter. */
export const clearsBelow = 0.8

const calls = ({ callCount }: Numbers): number => callCount
const messages = ({ callCount, notificationCount = 0, dropCount }: Numbers): number =>
  Math.max(callCount + notificationCount, dropCount)

/** For a method, and for a pair as a whole. Percentiles are those of the histogram: up to 6.25 % above the true ones. */
export const callRules: readonly AlertRule[] = [
  {
    rule: 'p95Latency',
    level: 'warning',
    threshold: 100,
    read: ({ p95Ms }) => p95Ms,
    sampleOf: calls,
    minSample: 20,
  },
  {
    rule: 'p99Latency',
    level: 'critical',
    threshold: 500,
    read: ({ p99Ms }) => p99Ms,
    sampleOf: calls,
    minSample: 100,
  },
  {
    rule: 'errorRate',
    level: 'critical',
    threshold: 0.05,
    read: ({ errorRate }) => errorRate,
    sampleOf: calls,
    minSample: 20,
  },
  {
    rule: 'dropRate',
    level: 'warning',
    threshold: 0.01,
    read: numbers => numbers.dropCount / Math.max(1, messages(numbers)),
    sampleOf: messages,
    minSample: 100,
  },
]

/** The longest queue of the window, in messages. A queue belongs to a pair. */
export const backlogRule = {
  rule: 'queueBacklog',
  level: 'warning',
  threshold: 500,
  read: ({ maxQueueSize }: CountedPair) => maxQueueSize,
} as const
