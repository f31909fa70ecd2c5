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

/** How many methods of a pair are told one by one. */
export const maxMethods = 500

/** What methods and pairs have in common. Everything is of the last 45 to 60 seconds, or since the start. */
const numbers = {
  messagesPerSecond: Amount,
  bytesPerSecond: Amount,
  callCount: Count,
  /** Notifications and events, for which nobody waits; absent where there were none. */
  notificationCount: Type.Optional(Count),
  /** Milliseconds as the caller saw them; where only the other side is known, as the handler saw them. */
  p50Ms: Amount,
  p95Ms: Amount,
  p99Ms: Amount,
  maxMs: Amount,
  /** Calls that failed or timed out. */
  errorRate: Share,
  timeoutRate: Share,
  /** Of all that was sent, what was sent once more. */
  retryRate: Share,
  /** Messages that a full queue refused. */
  dropCount: Count,
}

/** One method of one pair. */
export const MethodTraffic = Type.Object({ method: MethodName, ...numbers })
export type MethodTraffic = Static<typeof MethodTraffic>

/** One direction of one pair, as one of the two counts it: `from` calls `to`. */
export const CountedPair = Type.Object({
  from: Name,
  to: Name,
  ...numbers,
  avgQueueSize: Amount,
  maxQueueSize: Amount,
  /** Calls that wait for their answer now. */
  pendingCalls: Count,
  /** Medians: where the time of a call goes. */
  queuedMs: Amount,
  wireMs: Amount,
  handlerMs: Amount,
  /** Held back by flow control. */
  isPaused: Type.Boolean(),
  methods: Type.Array(MethodTraffic, { maxItems: maxMethods }),
})
export type CountedPair = Static<typeof CountedPair>

/** How many alerts are raised at a time; more help nobody. */
export const maxAlerts = 1_000

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

/** How many calls in flight are told one by one. */
export const maxPendingCalls = 1_000

/** What one endpoint knows of its own pairs. */
export const EndpointTraffic = Type.Object({
  pairs: Type.Array(CountedPair, { maxItems: 2_000 }),
  pendingCalls: Type.Array(PendingCall, { maxItems: maxPendingCalls }),
})
export type EndpointTraffic = Static<typeof EndpointTraffic>
