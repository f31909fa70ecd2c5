import type { Static } from 'typebox'
import * as Type from 'typebox'

/** Raised when a reader of before could not understand what is written. */
export const recordingVersion = 1

const count = Type.Integer({ minimum: 0 })
const amount = Type.Number({ minimum: 0 })
const name = Type.String({ maxLength: 405 })
/** As `encodeValue` writes them. */
const encoded = Type.Any()

/** The first line of a recording. */
export const HeaderLine = Type.Object({
  kind: Type.Literal('header'),
  format: Type.Literal('nexus-recording'),
  version: Type.Literal(recordingVersion),
  /** Whose messages these are: all that this endpoint sent and received. */
  endpoint: name,
  /** Milliseconds since the epoch, as all times here. */
  startedAt: amount,
  /** What could be told apart, and redacted by its own rules; everything else was left out as a whole. */
  contracts: Type.Array(name, { maxItems: 1_000 }),
  /** Whether nothing was redacted. */
  isWhole: Type.Boolean(),
  /** For a person who finds the file. */
  about: Type.String({ maxLength: 1_000 }),
})

/** One message: an envelope, with its values encoded. Batches are written as the messages they hold. */
export const MessageLine = Type.Object({
  kind: Type.Literal('message'),
  id: name,
  sequence: count,
  type: Type.Union([Type.Literal('request'), Type.Literal('response'), Type.Literal('notification')]),
  source: name,
  target: name,
  method: name,
  args: Type.Array(encoded, { maxItems: 1_000 }),
  options: Type.Object({
    timeoutMs: Type.Union([amount, Type.Null()]),
    priority: Type.Union([Type.Literal('high'), Type.Literal('normal'), Type.Literal('low')]),
    requiresResponse: Type.Boolean(),
    retryCount: count,
  }),
  response: Type.Union([
    Type.Object({
      requestId: name,
      status: Type.Union([Type.Literal('ok'), Type.Literal('error'), Type.Literal('timeout')]),
      result: encoded,
      error: Type.Union([
        Type.Object({
          code: name,
          message: Type.String(),
          retryable: Type.Boolean(),
          stack: Type.Optional(Type.String()),
        }),
        Type.Null(),
      ]),
      durationMs: amount,
    }),
    Type.Null(),
  ]),
  traceId: Type.Union([name, Type.Null()]),
  timestamp: amount,
  processId: count,
  threadId: count,
})
export type MessageLine = Static<typeof MessageLine>

/** Messages are missing here: whoever takes the lines was too slow. */
export const GapLine = Type.Object({
  kind: Type.Literal('gap'),
  lost: count,
  at: amount,
})

/** The last line; a recording without it was cut off. */
export const EndLine = Type.Object({
  kind: Type.Literal('end'),
  /** `full` when the recording reached its size. */
  reason: Type.Union([Type.Literal('stopped'), Type.Literal('full')]),
  messages: count,
  at: amount,
})

export type RecordingLine =
  | Static<typeof HeaderLine>
  | MessageLine
  | Static<typeof GapLine>
  | Static<typeof EndLine>
