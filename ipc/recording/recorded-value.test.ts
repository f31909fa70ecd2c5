import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeValue, encodeValue, holdsRedacted, type Json, redacted } from './recorded-value.ts'

function throughFile(value: unknown): unknown {
  return decodeValue(JSON.parse(JSON.stringify(encodeValue(value))) as Json)
}

describe('a recorded value', () => {
  it('comes back as it was, whatever can travel between processes', () => {
    const value = {
      text: 'ä\u0000\u{1f600}',
      bytes: new Uint8Array([0, 255, 7]).subarray(1),
      buffer: new Uint8Array([1, 2]).buffer,
      samples: new Float32Array([0.5, -1]),
      big: 2n ** 70n,
      date: new Date(5),
      noDate: new Date(Number.NaN),
      map: new Map<unknown, unknown>([[{ a: 1 }, new Set(['x'])]]),
      odd: [Number.NaN, Number.POSITIVE_INFINITY, -0, undefined, null],
      lookalike: { $: 'date', value: 3 },
      nothing: undefined,
    }
    expect(throughFile(value)).toStrictEqual({ ...value, bytes: new Uint8Array([255, 7]) })
  })

  it('comes back as it was (property)', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
    })
    fc.assert(
      fc.property(anything, value => {
        expect(throughFile(value)).toStrictEqual(value)
      }),
    )
  })

  it('holds large bytes', () => {
    const bytes = new Uint8Array(20_003).map((_, index) => index)
    expect(throughFile(bytes)).toEqual(bytes)
  })

  it('sets no prototype', () => {
    const value = throughFile(JSON.parse('{"__proto__": {"isAdmin": true}}'))
    expect(Object.keys(value as object)).toEqual(['__proto__'])
    expect((value as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it('is cut where it has no end', () => {
    const shared = { a: 1 }
    const circle: { self?: unknown; list: unknown[] } = { list: [shared, shared] }
    circle.self = circle
    circle.list.push(circle)
    expect(throughFile(circle)).toEqual({ self: undefined, list: [shared, shared, undefined] })
    const wide = Array.from({ length: 40 }).reduce<unknown>(inner => [inner, inner], 0)
    expect(JSON.stringify(encodeValue(wide)).length).toBeLessThan(10_000_000)
    expect(throughFile({ code: () => 1 })).toEqual({ code: undefined })
  })

  it('says what is missing', () => {
    expect(throughFile([redacted])).toEqual([redacted])
    expect([[1], { a: [redacted] }, new Map([['a', redacted]])].map(holdsRedacted)).toEqual([
      false,
      true,
      true,
    ])
  })

  it('is read without a fault from a file that somebody changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('bytes', 'date', 'map', 'set', 'object', 'bigint', 'number', 'new'),
        fc.jsonValue(),
        (tag, value) => {
          decodeValue({ $: tag, of: 'Float64Array', value: value as Json })
        },
      ),
    )
  })
})
