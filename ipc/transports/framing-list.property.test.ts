import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeList, encodeList, readListHead } from './framing-list.ts'

/** What a list may hold; fast-check's own `anything` also makes boxed values, which are refused. */
const carried = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withNullPrototype: true,
  withUnicodeString: true,
  maxDepth: 4,
})

/** As it is read on the other side. */
function carriedOver(list: unknown): unknown {
  const { head, buffers } = encodeList(list)
  const copies = buffers.map(
    ({ owner, offset, length }) => owner.slice(offset, offset + length) as ArrayBuffer,
  )
  return decodeList(readListHead(head), copies)
}

describe('a list', () => {
  it('arrives as structured clone would bring it', () => {
    fc.assert(
      fc.property(fc.array(carried), list => {
        expect(carriedOver(list)).toStrictEqual(structuredClone(list))
      }),
      { numRuns: 500 },
    )
  })

  it('never does harm, whatever the head says', () => {
    const step = fc.oneof(fc.nat(3), fc.constantFrom('a', '__proto__', 'length', 'constructor', 'prototype'))
    const kind = fc.constantFrom(
      'undefined',
      'number',
      'bigint',
      'date',
      'map',
      'set',
      'buffer',
      'Float64Array',
      'x',
    )
    const note = fc.tuple(kind, fc.array(step, { maxLength: 4 })).map(([first, path]) => [first, ...path])
    const head = fc.tuple(
      fc.jsonValue({ maxDepth: 4 }),
      fc.oneof(fc.array(note), fc.jsonValue()),
      fc.oneof(fc.array(fc.nat(9)), fc.jsonValue()),
    )
    fc.assert(
      fc.property(head, parts => {
        try {
          const read = readListHead(JSON.stringify(parts))
          decodeList(
            read,
            read.sizes.slice(0, 5).map(size => new ArrayBuffer(size % 100)),
          )
        } catch (error) {
          expect(error).toMatchObject({ code: 'VALIDATION_ERROR' })
        }
        expect(Object.keys(Object.prototype)).toEqual([])
        expect(Object.keys(Array.prototype)).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })
})
