import type { WireError } from './errors.ts'
import type { EndpointId } from './identity.ts'
import type { WireMessage } from './message.ts'

/**
 * A message as somebody sees it who looks in from outside: complete, with what the port proves filled in. Made only
 * when somebody looks.
 */
export interface Envelope {
  /** Unique within the pair and direction: `ai>controller#12` is the twelfth call of ai to the controller. */
  readonly id: string
  /** Order in which this endpoint saw it. */
  readonly sequence: number
  readonly type: 'request' | 'response' | 'notification'
  readonly source: EndpointId
  readonly target: EndpointId
  /** `contract.method` or `contract.event`; empty for the answers, which repeat the id of their request. */
  readonly method: string
  readonly args: readonly unknown[]
  readonly options: {
    readonly timeoutMs: number | null
    readonly priority: 'normal'
    readonly requiresResponse: boolean
    readonly retryCount: number
  }
  /** Of a response. */
  readonly status: 'ok' | 'error' | null
  readonly error: WireError | null
  readonly durationMs: number | null
  /** Milliseconds since the epoch. */
  readonly timestamp: number
}

/** What the reader knows from the port. */
export interface EnvelopeContext {
  readonly source: EndpointId
  readonly target: EndpointId
  readonly sequence: number
  readonly timestamp: number
}

export function envelopeOf(message: WireMessage, context: EnvelopeContext): Envelope {
  const { source, target } = context
  const blank = {
    ...context,
    args: [],
    options: { timeoutMs: null, priority: 'normal', requiresResponse: false, retryCount: 0 },
    status: null,
    error: null,
    durationMs: null,
  } as const
  /** Calls are numbered by their caller, so an answer carries the id the other way round. */
  const asked = (id: number): string => `${source}>${target}#${id}`
  const answered = (id: number): string => `${target}>${source}#${id}`
  const notification = (id: string, method: string, args: readonly unknown[]): Envelope => ({
    ...blank,
    id,
    type: 'notification',
    method,
    args,
  })
  switch (message.kind) {
    case 'request':
      return {
        ...blank,
        id: asked(message.id),
        type: 'request',
        method: `${message.contract}.${message.method}`,
        args: [message.args],
        options: { ...blank.options, timeoutMs: message.deadlineMs, requiresResponse: true },
      }
    case 'response':
    case 'failure':
      return {
        ...blank,
        id: answered(message.id),
        type: 'response',
        method: '',
        args: message.kind === 'response' ? [message.result] : [],
        status: message.kind === 'response' ? 'ok' : 'error',
        error: message.kind === 'failure' ? message.error : null,
        durationMs: message.durationMs,
      }
    case 'progress':
      return notification(answered(message.id), 'nexus.progress', [message.value])
    case 'cancel':
      return notification(asked(message.id), 'nexus.cancel', [])
    case 'event':
      return notification(`${source}>${target}!${context.sequence}`, `${message.contract}.${message.event}`, [
        message.payload,
      ])
    case 'hello':
    case 'goodbye':
      return notification(`${source}>${target}!${context.sequence}`, `nexus.${message.kind}`, [])
  }
}
