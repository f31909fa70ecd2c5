import { describe, expect, it } from 'vitest'
import { nodeCodec } from './node-codec.ts'

function throughJson(value: unknown): unknown {
  return nodeCodec.decode(JSON.parse(JSON.stringify(nodeCodec.encode(value))))
}

describe('the DevTools codec', () => {
  it('carries every cloneable value as structured clone would', () => {
    const values: unknown[] = [
      'text',
      true,
      12.5,
      null,
      undefined,
      Number.NaN,
      -0,
      Number.POSITIVE_INFINITY,
      12345678901234567890n,
      new Date(1700000000000),
      new Date(Number.NaN),
      /a[b]+/giu,
      new Map<unknown, unknown>([
        ['key', { nested: [1, 2] }],
        [{ object: 'key' }, new Set([1, 'two'])],
      ]),
      new Set(),
      Object(7),
      Object('boxed'),
      { $: 'tagged', a: undefined, u: ['u'], nested: { deep: [[], [[]]] } },
      ['r', 0],
    ]
    expect(throughJson(values)).toStrictEqual(structuredClone(values))
  })

  it('keeps cycles and shared references', () => {
    const shared = { name: 'shared' }
    const list: unknown[] = [shared, shared]
    list.push(list, new Map([[shared, list]]))
    const copy = throughJson(list) as [object, object, unknown[], Map<object, unknown>]
    expect(copy[0]).toBe(copy[1])
    expect(copy[2]).toBe(copy)
    expect(copy[3].get(copy[0])).toBe(copy)
  })

  it('keeps holes, the length of sparse arrays and named properties of arrays', () => {
    // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
    const list = Object.assign([1, , 3], { named: true })
    list.length = 100_000
    const copy = throughJson(list) as unknown[] & { named: boolean }
    expect([copy.length, 1 in copy, copy[2], copy.named]).toEqual([100_000, false, 3, true])
  })

  it('carries binary data, and views that share one buffer still do', () => {
    const buffer = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]).buffer
    const value = {
      whole: buffer,
      part: new Uint8Array(buffer, 2, 3),
      words: new Uint16Array(buffer),
      view: new DataView(buffer, 4),
    }
    const copy = throughJson(value) as typeof value
    expect([...copy.part]).toEqual([3, 4, 5])
    expect(copy.part.buffer).toBe(copy.whole)
    expect(copy.view.getUint8(0)).toBe(5)
    copy.part[0] = 255
    expect(copy.words[1]).toBe(255 + 4 * 256)
  })

  it('carries errors with name, message, stack and cause', () => {
    const error = new RangeError('outer', { cause: new Error('inner') })
    const copy = throughJson(error) as RangeError
    expect(copy).toBeInstanceOf(RangeError)
    expect([copy.message, copy.stack, (copy.cause as Error).message]).toEqual(['outer', error.stack, 'inner'])
  })

  it('drops prototypes of class instances', () => {
    class Point {
      x = 1
      get y() {
        return 2
      }
    }
    expect(throughJson(new Point())).toStrictEqual({ x: 1 })
  })

  it.each([
    () => 1,
    Symbol('s'),
    { nested: () => 1 },
    Promise.resolve(),
    new WeakMap(),
    new SharedArrayBuffer(1),
  ])('refuses what cannot be cloned, in the words of Electron (%#)', value => {
    expect(() => nodeCodec.encode(value)).toThrow(new Error('An object could not be cloned.'))
  })

  it('does not let a forged tree touch prototypes', () => {
    const copy = nodeCodec.decode(['o', '__proto__', ['o', 'polluted', true], 'constructor', 1]) as object
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
    expect(Object.keys(copy)).toEqual(['__proto__', 'constructor'])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it.each([[['q']], [{ a: 1 }], [['r', 5]], [['t', 99, ['a', ''], 0, 0]], [['b', {}]], [['l', { x: 1 }]]])(
    'refuses a tree it did not make (%#)',
    tree => {
      expect(() => nodeCodec.decode(tree)).toThrow(TypeError)
    },
  )
})
