import type { Static } from 'typebox'
import * as Type from 'typebox'

const milliseconds = Type.Number({ minimum: 0 })
const id = Type.Integer({ minimum: 0 })
const Outcome = Type.Union([
  Type.Literal('answered'),
  Type.Literal('failed'),
  Type.Literal('timedOut'),
  Type.Literal('cancelled'),
])

/** One call as one of its two sides saw it, as it travels between processes. Times in milliseconds. */
export const SpanRecord = Type.Object({
  /** `call` from the caller's side, `answer` from the handler's. */
  kind: Type.Union([Type.Literal('call'), Type.Literal('answer')]),
  traceId: id,
  spanId: id,
  /** 0 for the first call of a trace, and on the handler's side, which is not told. */
  parentSpanId: id,
  /** The other side. */
  peer: Type.String({ maxLength: 102 }),
  /** `contract.method`. */
  method: Type.String({ maxLength: 402 }),
  /** Since the epoch, with fractions: when it was called, or when it arrived. */
  startedAt: milliseconds,
  /** Before it was posted; on the handler's side, before the handler began. */
  queuedMs: milliseconds,
  /** On the way there and back; 0 on the handler's side. */
  wireMs: milliseconds,
  handlerMs: milliseconds,
  totalMs: milliseconds,
  outcome: Outcome,
})
export type SpanRecord = Static<typeof SpanRecord>

/** Most spans that one process tells of at a time. */
export const maxSpansRead = 5_000

/** What one process recorded. */
export const SpanReading = Type.Object({
  spans: Type.Array(SpanRecord, { maxItems: maxSpansRead }),
  /** How many spans newer ones have pushed out that may belong to the asked time; 0 when all of it is here. */
  lost: Type.Integer({ minimum: 0 }),
})
export type SpanReading = Static<typeof SpanReading>

/** What one process recorded, and who it is. */
export const ProcessTrace = Type.Object({
  /** The name of its endpoint, such as `controller` or `storage`. */
  endpoint: Type.String({ maxLength: 102 }),
  /** As the operating system counts it; null where it is not known. */
  pid: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
  ...SpanReading.properties,
})
export type ProcessTrace = Static<typeof ProcessTrace>
