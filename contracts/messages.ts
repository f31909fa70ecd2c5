import type { Static } from 'typebox'
import * as Type from 'typebox'

/** The id of an endpoint, such as `controller`, `tab:7` or `storage`. */
const Name = Type.String({ maxLength: 102 })
/** `contract.method`. */
const MethodName = Type.String({ maxLength: 402 })
const Amount = Type.Number({ minimum: 0 })
const Count = Type.Integer({ minimum: 0 })
/** 0 to 1. */
const Share = Type.Number({ minimum: 0, maximum: 1 })

/** One method of one pair. Times in milliseconds as the caller saw them, rates per second, over the window. */
export const MethodTraffic = Type.Object({
  method: MethodName,
  callCount: Count,
  messagesPerSecond: Amount,
  bytesPerSecond: Amount,
  p50Ms: Amount,
  p95Ms: Amount,
  p99Ms: Amount,
  maxMs: Amount,
  errorRate: Share,
  timeoutRate: Share,
  retryRate: Share,
  dropCount: Count,
})
export type MethodTraffic = Static<typeof MethodTraffic>

/**
 * One direction of one pair: `from` calls `to`. Latencies in milliseconds as the caller saw them, over the last window:
 * 60 seconds, or since start where that is shorter.
 */
export const PairTraffic = Type.Object({
  from: Name,
  to: Name,
  /** Whether they have a port of their own, apart from main. */
  isDirect: Type.Boolean(),
  messagesPerSecond: Amount,
  bytesPerSecond: Amount,
  p50Ms: Amount,
  p95Ms: Amount,
  p99Ms: Amount,
  maxMs: Amount,
  avgQueueSize: Amount,
  maxQueueSize: Amount,
  /** Messages that a full queue refused. */
  dropCount: Count,
  errorRate: Share,
  timeoutRate: Share,
  retryRate: Share,
  /** Calls that wait for their answer now. */
  pendingCalls: Count,
  callCount: Count,
  /** Medians: where the time of a call goes. */
  queuedMs: Amount,
  wireMs: Amount,
  handlerMs: Amount,
  /** Held back by flow control. */
  isPaused: Type.Boolean(),
  methods: Type.Array(MethodTraffic, { maxItems: 500 }),
})
export type PairTraffic = Static<typeof PairTraffic>

/** Something that is worse than it should be, until it is well again. */
export const MessageAlert = Type.Object({
  id: Type.String({ maxLength: 1_000 }),
  rule: Type.Union([
    Type.Literal('p95Latency'),
    Type.Literal('p99Latency'),
    Type.Literal('errorRate'),
    Type.Literal('dropRate'),
    Type.Literal('queueBacklog'),
  ]),
  level: Type.Union([Type.Literal('warning'), Type.Literal('critical')]),
  from: Name,
  to: Name,
  /** Null when it is about the pair as a whole. */
  method: Type.Union([MethodName, Type.Null()]),
  /** In the unit of the threshold: milliseconds, a share from 0 to 1, or messages. */
  value: Amount,
  threshold: Amount,
  /** Milliseconds since the epoch. */
  since: Count,
})
export type MessageAlert = Static<typeof MessageAlert>

/** A call whose answer has not come yet. */
export const PendingCall = Type.Object({
  from: Name,
  to: Name,
  method: MethodName,
  /** Milliseconds since the epoch. */
  sentAt: Count,
  ageMs: Amount,
  deadlineMs: Amount,
  priority: Type.Union([Type.Literal('high'), Type.Literal('normal'), Type.Literal('low')]),
  retryCount: Count,
  /** Empty where the call is not traced. */
  traceId: Type.String({ maxLength: 64 }),
})
export type PendingCall = Static<typeof PendingCall>

/** Who talks to whom, as it stood at one moment. */
export const MessageTraffic = Type.Object({
  /** Milliseconds since the epoch. */
  sampledAt: Count,
  /** How far back the numbers reach at most. */
  windowMs: Amount,
  pairs: Type.Array(PairTraffic, { maxItems: 2_000 }),
  alerts: Type.Array(MessageAlert, { maxItems: 1_000 }),
  pendingCalls: Type.Array(PendingCall, { maxItems: 1_000 }),
})
export type MessageTraffic = Static<typeof MessageTraffic>
