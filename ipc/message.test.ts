import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseWireMessage, type WireMessage } from './message.ts'

const count = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
const name = fc.string({ minLength: 1, maxLength: 200 })
const anything = fc.anything({ withNullPrototype: true, withMap: true, withSet: true, withTypedArray: true })
const error = fc.record({
  code: fc.constantFrom('TIMEOUT', 'NOTHING_TO_READ'),
  message: fc.string({ maxLength: 2_000 }),
  retryable: fc.boolean(),
})

const wireMessage: fc.Arbitrary<WireMessage> = fc.oneof(
  fc.record({ kind: fc.constant('hello' as const), version: count }),
  fc.record({
    kind: fc.constant('request' as const),
    id: count,
    contract: name,
    method: name,
    args: anything,
    deadlineMs: fc.double({ min: 0, max: 86_400_000, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant('response' as const),
    id: count,
    result: anything,
    durationMs: fc.double({ min: 0, max: 1e9, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant('failure' as const),
    id: count,
    error,
    durationMs: fc.double({ min: 0, max: 1e9, noNaN: true }),
  }),
  fc.record({ kind: fc.constant('cancel' as const), id: count }),
  fc.record({ kind: fc.constant('progress' as const), id: count, index: count, value: anything }),
  fc.record({ kind: fc.constant('event' as const), contract: name, event: name, payload: anything }),
  fc.record({ kind: fc.constant('goodbye' as const), reason: fc.string({ maxLength: 500 }) }),
)

describe('reading a message', () => {
  it('gives back what was sent, for every kind', () => {
    fc.assert(
      fc.property(wireMessage, message => {
        expect(parseWireMessage(message)).toEqual(message)
      }),
    )
  })

  it('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(anything, raw => {
        expect(typeof parseWireMessage(raw).kind).toBe('string')
      }),
      { numRuns: 1_000 },
    )
  })

  it('refuses a message of which one field is replaced by nonsense, or reads only sound values', () => {
    fc.assert(
      fc.property(wireMessage, fc.nat(), anything, (message, which, nonsense) => {
        const fields = Object.keys(message)
        const spoilt = { ...message, [fields[which % fields.length] ?? 'kind']: nonsense }
        const read = parseWireMessage(spoilt)
        switch (read.kind) {
          case 'malformed':
            expect(read.reason).not.toBe('')
            return
          case 'request':
            expect(read.deadlineMs).toBeLessThanOrEqual(86_400_000)
            expect(Number.isSafeInteger(read.id)).toBe(true)
            return
          case 'failure':
            expect(read.error.code).toMatch(/^[A-Z][A-Z0-9_]*$/)
            return
          case 'response':
          case 'cancel':
          case 'progress':
            expect(Number.isSafeInteger(read.id)).toBe(true)
            return
          case 'event':
            expect(read.contract.length + read.event.length).toBeLessThanOrEqual(400)
            return
          case 'hello':
          case 'goodbye':
            return
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['no number', { kind: 'request', contract: 'a', method: 'b', deadlineMs: 1 }],
    ['a huge number', { kind: 'cancel', id: 2 ** 60 }],
    ['a negative number', { kind: 'cancel', id: -1 }],
    ['a fraction', { kind: 'cancel', id: 1.5 }],
    ['a number as text', { kind: 'cancel', id: '1' }],
    ['an endless name', { kind: 'event', contract: 'a'.repeat(201), event: 'b' }],
    ['no patience at all', { kind: 'request', id: 1, contract: 'a', method: 'b', deadlineMs: Number.NaN }],
    [
      'a code that is no code',
      { kind: 'failure', id: 1, error: { code: '__proto__', message: '', retryable: true } },
    ],
    ['an unknown kind', { kind: 'toString' }],
    ['a list', []],
    ['nothing', null],
  ])('refuses %s', (_name, raw) => {
    expect(parseWireMessage(raw).kind).toBe('malformed')
  })
})
