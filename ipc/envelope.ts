import type { WireError } from './errors.ts'
import type { EndpointId } from './identity.ts'
import type { Priority } from './priority.ts'
import { traceIdText } from './tracing/trace-id.ts'

/**
 * A message as somebody sees it who looks in from outside: complete, with what the port proves filled in. Made only
 * while somebody looks.
 */
export interface Envelope {
  /**
   * `ai>controller#12` is the twelfth call of ai to the controller, and of all that belongs to this call: its answer,
   * its progress, its end. `ai>controller!40` is the fortieth message, for what belongs to no call.
   */
  readonly id: string
  /** Order in which this endpoint saw it. */
  readonly sequence: number
  readonly type: 'request' | 'response' | 'notification' | 'batch'
  readonly source: EndpointId
  readonly target: EndpointId
  /**
   * `contract.method` or `contract.event`; `nexus.` and a word for what the framework itself says; empty for answers,
   * which repeat the id of their request, and for batches.
   */
  readonly method: string
  /** Of a batch: the envelopes of its messages. */
  readonly args: readonly unknown[]
  readonly options: EnvelopeOptions
  /** Null unless it is an answer. */
  readonly response: EnvelopeResponse | null
  /** Hexadecimal; null where the message tells none. */
  readonly traceId: string | null
  /** Milliseconds since the epoch. */
  readonly timestamp: number
  /** Of the sender, as the operating system counts them; 0 where it is not known. */
  readonly processId: number
  readonly threadId: number
}

export interface EnvelopeOptions {
  /** What is left of the caller's patience; null where nobody waits. */
  readonly timeoutMs: number | null
  readonly priority: Priority
  readonly requiresResponse: boolean
  /** 0 for the first attempt. */
  readonly retryCount: number
}

export interface EnvelopeResponse {
  readonly requestId: string
  readonly status: 'ok' | 'error' | 'timeout'
  /** Undefined unless the status is `ok`. */
  readonly result: unknown
  readonly error: WireError | null
  /** Time in the handler. */
  readonly durationMs: number
}

/** What the reader knows from the port. */
export interface EnvelopeContext {
  readonly source: EndpointId
  readonly target: EndpointId
  readonly sequence: number
  readonly timestamp: number
  readonly processId: number
  readonly threadId: number
}

/** A message of the wire in words; the connection makes one of these for whoever looks. `name` is `contract.method`. */
export type ObservedMessage =
  | {
      readonly kind: 'request'
      readonly id: number
      readonly name: string
      readonly args: unknown
      readonly deadlineMs: number
      readonly priority: Priority
      readonly retryCount: number
      /** 0 where none is known. */
      readonly traceId: number
    }
  | {
      readonly kind: 'notification'
      readonly name: string
      readonly args: unknown
      readonly priority: Priority
      readonly traceId: number
    }
  | { readonly kind: 'event'; readonly name: string; readonly payload: unknown }
  | { readonly kind: 'response'; readonly id: number; readonly result: unknown; readonly durationMs: number }
  | { readonly kind: 'failure'; readonly id: number; readonly error: WireError; readonly durationMs: number }
  /** `progress` and `item` come from the answering side, `input` from the caller. */
  | {
      readonly kind: 'progress' | 'item' | 'input'
      readonly id: number
      readonly index: number
      readonly value: unknown
    }
  /** The caller takes items up to here, or the answering side input. */
  | { readonly kind: 'itemDemand' | 'inputDemand'; readonly id: number; readonly upTo: number }
  | { readonly kind: 'inputEnd'; readonly id: number; readonly error: WireError | null }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'credit'; readonly upTo: number }
  | { readonly kind: 'hello'; readonly version: number }
  | { readonly kind: 'goodbye'; readonly reason: string }
  /** What travelled together. */
  | { readonly kind: 'batch'; readonly messages: readonly ObservedMessage[] }

const noOptions: EnvelopeOptions = {
  timeoutMs: null,
  priority: 'normal',
  requiresResponse: false,
  retryCount: 0,
}

/** Fills in what the port proves. */
export function envelopeOf(message: ObservedMessage, context: EnvelopeContext): Envelope {
  const { source, target, sequence } = context
  /** Calls are numbered by their caller, so what the answering side says carries the id the other way round. */
  const asked = (id: number): string => `${source}>${target}#${id}`
  const answered = (id: number): string => `${target}>${source}#${id}`
  const single = `${source}>${target}!${sequence}`
  const make = (parts: Pick<Envelope, 'id' | 'type' | 'method'> & Partial<Envelope>): Envelope => ({
    args: [],
    options: noOptions,
    response: null,
    traceId: null,
    ...context,
    ...parts,
  })
  const notification = (id: string, method: string, args: readonly unknown[]): Envelope =>
    make({ id, type: 'notification', method, args })
  const answer = (id: string, response: Omit<EnvelopeResponse, 'requestId'>): Envelope =>
    make({ id, type: 'response', method: '', response: { requestId: id, ...response } })

  switch (message.kind) {
    case 'request': {
      const { deadlineMs: timeoutMs, priority, retryCount } = message
      return make({
        id: asked(message.id),
        type: 'request',
        method: message.name,
        args: [message.args],
        options: { timeoutMs, priority, requiresResponse: true, retryCount },
        traceId: traceText(message.traceId),
      })
    }
    case 'notification':
      return make({
        id: single,
        type: 'notification',
        method: message.name,
        args: [message.args],
        options: { ...noOptions, priority: message.priority },
        traceId: traceText(message.traceId),
      })
    case 'event':
      return notification(single, message.name, [message.payload])
    case 'response': {
      const { result, durationMs } = message
      return answer(answered(message.id), { status: 'ok', result, error: null, durationMs })
    }
    case 'failure': {
      const { error, durationMs } = message
      const status = statusOfFailure(error.code)
      return answer(answered(message.id), { status, result: undefined, error, durationMs })
    }
    case 'progress':
    case 'item':
      return notification(answered(message.id), `nexus.${message.kind}`, [message.value])
    case 'input':
      return notification(asked(message.id), 'nexus.input', [message.value])
    case 'itemDemand':
      return notification(asked(message.id), 'nexus.itemDemand', [message.upTo])
    case 'inputDemand':
      return notification(answered(message.id), 'nexus.inputDemand', [message.upTo])
    case 'inputEnd':
      return notification(asked(message.id), 'nexus.inputEnd', message.error === null ? [] : [message.error])
    case 'cancel':
      return notification(asked(message.id), 'nexus.cancel', [])
    case 'credit':
      return notification(single, 'nexus.credit', [message.upTo])
    case 'hello':
      return notification(single, 'nexus.hello', [message.version])
    case 'goodbye':
      return notification(single, 'nexus.goodbye', [message.reason])
    case 'batch':
      return make({
        id: single,
        type: 'batch',
        method: '',
        args: message.messages.map(part => envelopeOf(part, context)),
      })
  }
}

/** The messages of an envelope: those of a batch, or the one that it is. */
export function messagesIn(envelope: Envelope): readonly Envelope[] {
  // `envelopeOf` puts nothing else into a batch.
  return envelope.type === 'batch' ? (envelope.args as readonly Envelope[]).flatMap(messagesIn) : [envelope]
}

/** How envelopes and responses call an error with this code. */
export function statusOfFailure(code: string): 'error' | 'timeout' {
  return code === 'TIMEOUT' ? 'timeout' : 'error'
}

function traceText(id: number): string | null {
  return id === 0 ? null : traceIdText(id)
}
