import { describe, expect, it } from 'vitest'
import {
  type Envelope,
  type EnvelopeContext,
  envelopeOf,
  messagesIn,
  type ObservedMessage,
} from './envelope.ts'
import { endpointId } from './identity.ts'

/** A message from the AI process to main. */
const context: EnvelopeContext = {
  source: endpointId('ai'),
  target: endpointId('controller'),
  sequence: 40,
  timestamp: 1_800_000_000_000,
  processId: 4711,
  threadId: 2,
}
const plain = { timeoutMs: null, priority: 'normal', requiresResponse: false, retryCount: 0 }
const failed = { code: 'NOTHING_TO_READ', message: 'The page is empty', retryable: false }

describe('an envelope', () => {
  it('of a request holds all that a port proves and all that the call says', () => {
    const message: ObservedMessage = {
      kind: 'request',
      id: 12,
      name: 'hub.introduce',
      args: { peer: 'tab:7' },
      deadlineMs: 4_200,
      priority: 'high',
      retryCount: 2,
      traceId: 0x1f00000007,
    }
    expect(envelopeOf(message, context)).toEqual({
      id: 'ai>controller#12',
      sequence: 40,
      type: 'request',
      source: 'ai',
      target: 'controller',
      method: 'hub.introduce',
      args: [{ peer: 'tab:7' }],
      options: { timeoutMs: 4_200, priority: 'high', requiresResponse: true, retryCount: 2 },
      response: null,
      traceId: '00001f00000007',
      timestamp: 1_800_000_000_000,
      processId: 4711,
      threadId: 2,
    })
  })

  it('of an answer repeats the id of its request and says what came of it', () => {
    const seen = (message: ObservedMessage): Partial<Envelope> => {
      const { id, type, method, response } = envelopeOf(message, context)
      return { id, type, method, response }
    }
    const requestId = 'controller>ai#3'
    const common = { id: requestId, type: 'response', method: '' }
    expect(seen({ kind: 'response', id: 3, result: [1], durationMs: 2 })).toEqual({
      ...common,
      response: { requestId, status: 'ok', result: [1], error: null, durationMs: 2 },
    })
    expect(seen({ kind: 'failure', id: 3, error: failed, durationMs: 2 })).toEqual({
      ...common,
      response: { requestId, status: 'error', result: undefined, error: failed, durationMs: 2 },
    })
    const late = { ...failed, code: 'TIMEOUT' }
    expect(seen({ kind: 'failure', id: 3, error: late, durationMs: 2 })).toMatchObject({
      response: { status: 'timeout', error: late },
    })
  })

  it.each<[ObservedMessage, string, string, unknown[]]>([
    [{ kind: 'progress', id: 3, index: 1, value: 0.5 }, 'controller>ai#3', 'nexus.progress', [0.5]],
    [{ kind: 'item', id: 3, index: 1, value: 'a' }, 'controller>ai#3', 'nexus.item', ['a']],
    [{ kind: 'input', id: 3, index: 1, value: 'b' }, 'ai>controller#3', 'nexus.input', ['b']],
    [{ kind: 'itemDemand', id: 3, upTo: 16 }, 'ai>controller#3', 'nexus.itemDemand', [16]],
    [{ kind: 'inputDemand', id: 3, upTo: 16 }, 'controller>ai#3', 'nexus.inputDemand', [16]],
    [{ kind: 'inputEnd', id: 3, error: null }, 'ai>controller#3', 'nexus.inputEnd', []],
    [{ kind: 'inputEnd', id: 3, error: failed }, 'ai>controller#3', 'nexus.inputEnd', [failed]],
    [{ kind: 'cancel', id: 3 }, 'ai>controller#3', 'nexus.cancel', []],
    [{ kind: 'credit', upTo: 800 }, 'ai>controller!40', 'nexus.credit', [800]],
    [{ kind: 'hello', version: 2 }, 'ai>controller!40', 'nexus.hello', [2]],
    [{ kind: 'goodbye', reason: 'done' }, 'ai>controller!40', 'nexus.goodbye', ['done']],
    [
      { kind: 'event', name: 'storage.settingsChanged', payload: 1 },
      'ai>controller!40',
      'storage.settingsChanged',
      [1],
    ],
    [
      { kind: 'notification', name: 'log.line', args: { text: 'x' }, priority: 'low', traceId: 0 },
      'ai>controller!40',
      'log.line',
      [{ text: 'x' }],
    ],
  ])('of what nobody answers belongs to its call, or stands alone: %j', (message, id, method, args) => {
    const options = message.kind === 'notification' ? { ...plain, priority: 'low' } : plain
    expect(envelopeOf(message, context)).toEqual({
      ...context,
      id,
      type: 'notification',
      method,
      args,
      options,
      response: null,
      traceId: null,
    })
  })

  it('of a batch holds the envelopes of what travelled together', () => {
    const parts: ObservedMessage[] = [
      { kind: 'cancel', id: 3 },
      { kind: 'response', id: 4, result: null, durationMs: 1 },
    ]
    const batch = envelopeOf(
      { kind: 'batch', messages: [...parts, { kind: 'batch', messages: parts }] },
      context,
    )
    const [first, second] = parts.map(part => envelopeOf(part, context))
    expect(messagesIn(batch)).toEqual([first, second, first, second])
    expect(envelopeOf({ kind: 'batch', messages: parts }, context)).toEqual({
      ...context,
      id: 'ai>controller!40',
      type: 'batch',
      method: '',
      args: parts.map(part => envelopeOf(part, context)),
      options: plain,
      response: null,
      traceId: null,
    })
  })
})
