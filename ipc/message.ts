import { isErrorCode, type WireError } from './errors.ts'

/** Raised when the meaning of a message changes; both sides of a socket may come from different builds. */
export const protocolVersion = 2

/**
 * The kinds of messages. Each message is a flat list that begins with one of these numbers, because lists are
 * cheaper to write and to read than objects with names. What the port proves already (who sent it, to whom and from
 * which process) does not travel. Numbers of calls count up from 1 for each port and direction. Durations are whole
 * microseconds.
 */
export const kinds = {
  /** `[0, version, window, traceSeed]`: how many messages may be on their way to me, and the base of my trace ids. */
  hello: 0,
  /** `[100, id, 'contract.method', args, deadlineMs, extras?]` */
  request: 100,
  /** `[101, 'contract.method', args, extras?]`: a call that nobody waits for. */
  notification: 101,
  /** `[102, 'contract.event', payload]` */
  event: 102,
  /** `[110, 'contract.method', [id, args, deadlineMs, id, args, deadlineMs, …]]`: neighbours that say the same. */
  requests: 110,
  /** `[111, 'contract.method', [args, args, …]]` */
  notifications: 111,
  /** `[112, 'contract.event', [payload, payload, …]]` */
  events: 112,
  /** `[103, id]`: the caller does not wait any more. */
  cancel: 103,
  /** `[200, id, result, waitedMicros, handlerMicros]` */
  response: 200,
  /** `[201, id, error, waitedMicros, handlerMicros]` */
  failure: 201,
  /** `[210, [id, result, waitedMicros, handlerMicros, …]]` */
  responses: 210,
  /** `[202, id, index, value]`: how far the work is. */
  progress: 202,
  /** `[300, id, index, value]`: one item of a stream, from the answering side. */
  item: 300,
  /** `[301, id, upTo]`: the caller takes items up to this index. */
  itemDemand: 301,
  /** `[302, id, index, value]`: one item of a stream, from the caller's side. */
  input: 302,
  /** `[303, id, upTo]`: the answering side takes items up to this index. */
  inputDemand: 303,
  /** `[304, id, error | null]`: the caller's stream is over. */
  inputEnd: 304,
  /** `[400, upTo]`: so many requests, notifications and events in all may be sent to me. */
  credit: 400,
  /** `[500, reason]` */
  goodbye: 500,
} as const

/** What only some requests carry. */
export interface RequestExtras {
  /** Trace that a call belongs to, when it was made within another. */
  readonly trace?: number
  /** Span of the call within which this one was made. */
  readonly parent?: number
  /** `h` or `l`; nothing means normal. */
  readonly priority?: 'h' | 'l'
  /** Which attempt this is, from 1; nothing means the first. */
  readonly retry?: number
  /** Repeats of one call carry the same key, so that the work is done once. */
  readonly repeatKey?: string
}

type Id = number
export type HelloMessage = readonly [0, version: number, window: number, traceSeed: number]
export type RequestMessage = readonly [
  100,
  id: Id,
  name: string,
  args: unknown,
  deadlineMs: number,
  extras?: unknown,
]
export type NotificationMessage = readonly [101, name: string, args: unknown, extras?: unknown]
export type EventMessage = readonly [102, name: string, payload: unknown]
export type ResponseMessage = readonly [200, id: Id, result: unknown, waited: unknown, handler: unknown]
export type FailureMessage = readonly [201, id: Id, error: unknown, waited: unknown, handler: unknown]
/** The shape of progress and of items of streams in either direction. */
export type ItemMessage = readonly [kind: 202 | 300 | 302, id: Id, index: number, value: unknown]
export type DemandMessage = readonly [kind: 301 | 303, id: Id, upTo: number]
export type InputEndMessage = readonly [304, id: Id, error: unknown]

const maxNameCharacters = 405
const maxKeyCharacters = 64
export const maxReasonCharacters = 500
const maxStackCharacters = 20_000
/** A day. No call waits longer, and timers beyond 24.8 days would fire at once. */
export const maxDeadlineMs = 86_400_000

type Raw = readonly unknown[]

export function isHello(message: Raw): message is HelloMessage {
  return (
    isCount(message[1]) && (message[1] !== protocolVersion || (isCount(message[2]) && isIndex(message[3])))
  )
}

export function isRequest(message: Raw): message is RequestMessage {
  const deadlineMs = message[4]
  return (
    isCount(message[1]) &&
    isName(message[2]) &&
    typeof deadlineMs === 'number' &&
    deadlineMs >= 0 &&
    deadlineMs <= maxDeadlineMs
  )
}

export function isNotification(message: Raw): message is NotificationMessage {
  return isName(message[1])
}

export function isEvent(message: Raw): message is EventMessage {
  return isName(message[1])
}

export function isResponse(message: Raw): message is ResponseMessage {
  return isCount(message[1])
}

export function isFailure(message: Raw): message is FailureMessage {
  return isCount(message[1])
}

export function isItem(message: Raw): message is ItemMessage {
  return isCount(message[1]) && isCount(message[2])
}

export function isDemand(message: Raw): message is DemandMessage {
  return isCount(message[1]) && isCount(message[2])
}

export function isInputEnd(message: Raw): message is InputEndMessage {
  return isCount(message[1])
}

/** Reads what a request may carry beside its arguments; null when it is malformed. */
export function parseExtras(raw: unknown): RequestExtras | null {
  if (raw === undefined) return noExtras
  if (typeof raw !== 'object' || raw === null) return null
  const { trace, parent, priority, retry, repeatKey } = raw as Readonly<Record<string, unknown>>
  if (trace !== undefined && !isIndex(trace)) return null
  if (parent !== undefined && !isIndex(parent)) return null
  if (priority !== undefined && priority !== 'h' && priority !== 'l') return null
  if (retry !== undefined && !isCount(retry)) return null
  if (repeatKey !== undefined && !(typeof repeatKey === 'string' && repeatKey.length <= maxKeyCharacters)) {
    return null
  }
  return {
    ...(trace === undefined ? {} : { trace }),
    ...(parent === undefined ? {} : { parent }),
    ...(priority === undefined ? {} : { priority }),
    ...(retry === undefined ? {} : { retry }),
    ...(repeatKey === undefined ? {} : { repeatKey }),
  }
}

const noExtras: RequestExtras = {}

/** Reads an error that came along; null when it is none. */
export function parseWireError(raw: unknown): WireError | null {
  if (typeof raw !== 'object' || raw === null) return null
  const { code, message, retryable, stack } = raw as Readonly<Record<string, unknown>>
  if (!isErrorCode(code) || typeof message !== 'string' || typeof retryable !== 'boolean') return null
  const error = { code, message: message.slice(0, maxReasonCharacters * 4), retryable }
  return typeof stack === 'string' ? { ...error, stack: stack.slice(0, maxStackCharacters) } : error
}

/** The peer's own measurement, in milliseconds. Only a hint, so a wrong one is not worth a refusal. */
export function millisecondsOf(micros: unknown): number {
  return typeof micros === 'number' && micros >= 0 && micros < Number.POSITIVE_INFINITY ? micros / 1_000 : 0
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= maxNameCharacters
}
