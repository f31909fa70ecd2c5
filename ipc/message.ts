import { isErrorCode, type WireError } from './errors.ts'

/** Raised when the meaning of a message changes; both sides of a socket may come from different builds. */
export const protocolVersion = 1

/**
 * What travels over a port. Only what the port does not prove already: who sent it, to whom and from which process is
 * filled in by the reader (see envelope.ts). Numbers of calls count up from 1 for each port and direction.
 */
export type WireMessage =
  | { readonly kind: 'hello'; readonly version: number }
  | {
      readonly kind: 'request'
      readonly id: number
      readonly contract: string
      readonly method: string
      readonly args: unknown
      /** What is left of the caller's patience when the message is sent. */
      readonly deadlineMs: number
    }
  | { readonly kind: 'response'; readonly id: number; readonly result: unknown; readonly durationMs: number }
  | { readonly kind: 'failure'; readonly id: number; readonly error: WireError; readonly durationMs: number }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'progress'; readonly id: number; readonly index: number; readonly value: unknown }
  | { readonly kind: 'event'; readonly contract: string; readonly event: string; readonly payload: unknown }
  | { readonly kind: 'goodbye'; readonly reason: string }

/** A message that no honest peer sends. */
export interface Malformed {
  readonly kind: 'malformed'
  readonly reason: string
}

const maxNameCharacters = 200
const maxReasonCharacters = 500
const maxStackCharacters = 20_000
/** A day. No call waits longer, and timers beyond 24.8 days would fire at once. */
export const maxDeadlineMs = 86_400_000

/** Reads whatever arrived at a port. Never throws; what is not a message says why. */
export function parseWireMessage(raw: unknown): WireMessage | Malformed {
  if (!isRecord(raw)) return malformed('not an object')
  switch (raw.kind) {
    case 'hello':
      if (!isCount(raw.version)) return malformed('hello without a version')
      return { kind: 'hello', version: raw.version }
    case 'request': {
      const { id, contract, method, args, deadlineMs } = raw
      if (!isCount(id)) return malformed('request without a number')
      if (!isName(contract) || !isName(method)) return malformed('request without a method')
      if (typeof deadlineMs !== 'number' || !(deadlineMs >= 0 && deadlineMs <= maxDeadlineMs)) {
        return malformed('request without a deadline')
      }
      return { kind: 'request', id, contract, method, args, deadlineMs }
    }
    case 'response':
      if (!isCount(raw.id)) return malformed('response without a number')
      return { kind: 'response', id: raw.id, result: raw.result, durationMs: durationOf(raw.durationMs) }
    case 'failure': {
      if (!isCount(raw.id)) return malformed('failure without a number')
      const error = parseWireError(raw.error)
      if (error === null) return malformed('failure without an error')
      return { kind: 'failure', id: raw.id, error, durationMs: durationOf(raw.durationMs) }
    }
    case 'cancel':
      if (!isCount(raw.id)) return malformed('cancel without a number')
      return { kind: 'cancel', id: raw.id }
    case 'progress':
      if (!isCount(raw.id) || !isCount(raw.index)) return malformed('progress without a number')
      return { kind: 'progress', id: raw.id, index: raw.index, value: raw.value }
    case 'event':
      if (!isName(raw.contract) || !isName(raw.event)) return malformed('event without a name')
      return { kind: 'event', contract: raw.contract, event: raw.event, payload: raw.payload }
    case 'goodbye':
      if (typeof raw.reason !== 'string') return malformed('goodbye without a reason')
      return { kind: 'goodbye', reason: raw.reason.slice(0, maxReasonCharacters) }
    default:
      return malformed('unknown kind of message')
  }
}

function parseWireError(raw: unknown): WireError | null {
  if (!isRecord(raw)) return null
  const { code, message, retryable, stack } = raw
  if (!isErrorCode(code) || typeof message !== 'string' || typeof retryable !== 'boolean') return null
  const error = { code, message: message.slice(0, maxReasonCharacters * 4), retryable }
  return typeof stack === 'string' ? { ...error, stack: stack.slice(0, maxStackCharacters) } : error
}

function malformed(reason: string): Malformed {
  return { kind: 'malformed', reason }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= maxNameCharacters
}

/** The peer's own measurement is only a hint, so a wrong one is not worth a refusal. */
function durationOf(value: unknown): number {
  return typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY ? value : 0
}
