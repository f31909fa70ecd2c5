import type { ObservedMessage } from './envelope.ts'
import type { WireError } from './errors.ts'
import { withoutGroups } from './groups.ts'
import { kinds, millisecondsOf, parseExtras, parseWireError } from './message.ts'
import type { Priority } from './priority.ts'

const priorities: Readonly<Record<string, Priority>> = { h: 'high', l: 'low' }
const unknownError: WireError = { code: 'HANDLER_ERROR', message: '', retryable: false }

/**
 * A packet as it passes, in words, for whoever looks. `spanOf` names a call in traces. Null for what is no message;
 * what it says is not checked any further, because nothing is done with it.
 */
export function observedPacket(packet: unknown, spanOf: (id: number) => number): ObservedMessage | null {
  const list = typeof packet === 'string' ? parse(packet) : packet
  if (!Array.isArray(list)) return null
  const messages = (withoutGroups(list, Number.POSITIVE_INFINITY) ?? []).flatMap(
    message => observedMessage(message, spanOf) ?? [],
  )
  const [first, ...others] = messages
  if (first === undefined) return null
  return others.length === 0 ? first : { kind: 'batch', messages }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function observedMessage(message: unknown, spanOf: (id: number) => number): ObservedMessage | null {
  if (!Array.isArray(message)) return null
  const [kind, first, second, third, fourth, fifth] = message as readonly unknown[]
  const id = numberOf(first)
  switch (kind) {
    case kinds.hello:
      return { kind: 'hello', version: id }
    case kinds.request: {
      const extras = parseExtras(fifth) ?? {}
      return {
        kind: 'request',
        id,
        name: String(second),
        args: third,
        deadlineMs: numberOf(fourth),
        priority: priorities[extras.priority ?? ''] ?? 'normal',
        retryCount: extras.retry ?? 0,
        traceId: extras.trace ?? spanOf(id),
      }
    }
    case kinds.notification: {
      const extras = parseExtras(third) ?? {}
      const priority = priorities[extras.priority ?? ''] ?? 'normal'
      return { kind: 'notification', name: String(first), args: second, priority, traceId: extras.trace ?? 0 }
    }
    case kinds.event:
      return { kind: 'event', name: String(first), payload: second }
    case kinds.cancel:
      return { kind: 'cancel', id }
    case kinds.response:
      return { kind: 'response', id, result: second, durationMs: millisecondsOf(fourth) }
    case kinds.failure:
      return {
        kind: 'failure',
        id,
        error: parseWireError(second) ?? unknownError,
        durationMs: millisecondsOf(fourth),
      }
    case kinds.progress:
      return { kind: 'progress', id, index: numberOf(second), value: third }
    case kinds.item:
      return { kind: 'item', id, index: numberOf(second), value: third }
    case kinds.input:
      return { kind: 'input', id, index: numberOf(second), value: third }
    case kinds.itemDemand:
      return { kind: 'itemDemand', id, upTo: numberOf(second) }
    case kinds.inputDemand:
      return { kind: 'inputDemand', id, upTo: numberOf(second) }
    case kinds.inputEnd:
      return { kind: 'inputEnd', id, error: parseWireError(second) }
    case kinds.credit:
      return { kind: 'credit', upTo: id }
    case kinds.goodbye:
      return { kind: 'goodbye', reason: String(first) }
    default:
      return null
  }
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
