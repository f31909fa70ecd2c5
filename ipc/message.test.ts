import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as message from './message.ts'

const { kinds } = message
const count = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
const name = fc.string({ minLength: 1, maxLength: 405 })
const anything = fc.anything({ withNullPrototype: true, withMap: true, withSet: true, withTypedArray: true })

describe('reading a message', () => {
  it('takes what an honest peer sends', () => {
    const deadline = fc.double({ min: 0, max: 86_400_000, noNaN: true })
    fc.assert(
      fc.property(count, count, name, anything, deadline, (id, index, called, value, deadlineMs) => {
        expect([
          message.isHello([kinds.hello, message.protocolVersion, 1_000, 0]),
          message.isRequest([kinds.request, id, called, value, deadlineMs]),
          message.isNotification([kinds.notification, called, value]),
          message.isEvent([kinds.event, called, value]),
          message.isResponse([kinds.response, id, value, 1, 1]),
          message.isFailure([kinds.failure, id, value, 1, 1]),
          message.isItem([kinds.item, id, index, value]),
          message.isDemand([kinds.itemDemand, id, index]),
          message.isInputEnd([kinds.inputEnd, id, null]),
        ]).not.toContain(false)
      }),
    )
  })

  it('never throws, whatever arrives, and lets no wrong number or name through', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 7 }), list => {
        if (message.isRequest(list)) {
          expect([Number.isSafeInteger(list[1]), typeof list[2], list[4] >= 0]).toEqual([
            true,
            'string',
            true,
          ])
        }
        if (message.isItem(list)) expect(list[1] >= 1 && list[2] >= 1).toBe(true)
        message.parseExtras(list[0])
        message.parseWireError(list[0])
        expect(message.millisecondsOf(list[0])).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['a request without a number', () => message.isRequest([100, 0, 'a.b', {}, 1])],
    ['a request whose number is a fraction', () => message.isRequest([100, 1.5, 'a.b', {}, 1])],
    ['a request without a name', () => message.isRequest([100, 1, '', {}, 1])],
    ['a request with an endless name', () => message.isRequest([100, 1, 'x'.repeat(406), {}, 1])],
    ['a request without a deadline', () => message.isRequest([100, 1, 'a.b', {}])],
    ['a request with an endless deadline', () => message.isRequest([100, 1, 'a.b', {}, Infinity])],
    ['a request with no deadline at all', () => message.isRequest([100, 1, 'a.b', {}, Number.NaN])],
    ['a hello without a version', () => message.isHello([0])],
    ['a hello of our version without a window', () => message.isHello([0, message.protocolVersion])],
    ['an item without an index', () => message.isItem([300, 1, 0, 'x'])],
  ])('refuses %s', (_what, read) => {
    expect(read()).toBe(false)
  })

  it('lets another version say hello, whatever else its hello says', () => {
    expect(message.isHello([0, 99, 'strange'])).toBe(true)
  })

  it('reads what a request may carry beside its arguments, and nothing else', () => {
    const extras = { trace: 7, parent: 8, priority: 'h', retry: 2, repeatKey: 'k-1' }
    expect(message.parseExtras({ ...extras, isAdmin: true })).toEqual(extras)
    expect(message.parseExtras(undefined)).toEqual({})
    const wrong = [null, 1, { trace: -1 }, { parent: 0.5 }, { priority: 'first' }, { retry: 0 }]
    expect([...wrong, { repeatKey: 'x'.repeat(65) }].map(message.parseExtras)).toEqual(Array(7).fill(null))
  })

  it('cuts long words of an error, and refuses one without a code', () => {
    const error = { code: 'TIMEOUT', message: 'm'.repeat(5_000), retryable: true, stack: 's'.repeat(50_000) }
    expect(message.parseWireError(error)).toEqual({
      code: 'TIMEOUT',
      message: 'm'.repeat(2_000),
      retryable: true,
      stack: 's'.repeat(20_000),
    })
    expect(message.parseWireError({ ...error, code: 'no code' })).toBeNull()
  })
})
