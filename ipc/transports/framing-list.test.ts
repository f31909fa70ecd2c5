import { describe, expect, it } from 'vitest'
import { decodeList, encodeList, readListHead } from './framing-list.ts'

function carriedOver(list: unknown): unknown {
  const { head, buffers } = encodeList(list)
  const copies = buffers.map(
    ({ owner, offset, length }) => owner.slice(offset, offset + length) as ArrayBuffer,
  )
  return decodeList(readListHead(head), copies)
}

describe('a list for a socket', () => {
  it('carries what JSON cannot say', () => {
    const list = [
      [1, undefined, -0, Number.NaN, Number.NEGATIVE_INFINITY, -(2n ** 100n), 0n],
      [new Date(1_800_000_000_000), new Date(Number.NaN)],
      [new Map<unknown, unknown>([[new Set([1n]), new Map([['inner', undefined]])]])],
      { Float64Array: 'no note', undefined: '-0', nested: { absent: undefined } },
      [new ArrayBuffer(0), new DataView(new ArrayBuffer(3)), new Uint8ClampedArray([255])],
    ]
    expect(carriedOver(list)).toStrictEqual(list)
  })

  it('carries buffers as they are, outside the JSON', () => {
    const bytes = new Uint8Array(1_000).fill(7)
    const { head, buffers } = encodeList([[3, bytes.buffer]])
    expect(head).toBe('[[[3,0]],[["buffer",0,1]],[1000]]')
    expect(buffers).toEqual([{ owner: bytes.buffer, offset: 0, length: 1_000 }])
  })

  it('does not copy a list in which JSON can carry everything', () => {
    expect(encodeList([[1, 'a', { b: [null, true, 1.5] }]])).toEqual({
      head: '[[[1,"a",{"b":[null,true,1.5]}]],[],[]]',
      buffers: [],
    })
  })

  it('takes of a view only its own bytes along', () => {
    const pool = new Uint8Array([9, 9, 1, 2, 9])
    expect(carriedOver([pool.subarray(2, 4)])).toEqual([new Uint8Array([1, 2])])
    const text = Buffer.from('from the pool of Node')
    expect(carriedOver([text])).toEqual([new Uint8Array(text)])
  })

  it('keeps a buffer one that occurs twice', () => {
    const floats = new Float64Array([1.5])
    const [buffer, view] = carriedOver([floats.buffer, floats]) as [ArrayBuffer, Float64Array]
    expect(view).toEqual(floats)
    expect(view.buffer).toBe(buffer)
  })

  it('makes plain objects of instances, without calling toJSON', () => {
    class Point {
      x = 1
      at = new Date(0)
      toJSON(): string {
        return 'no'
      }
    }
    expect(carriedOver([new Point()])).toStrictEqual([{ x: 1, at: new Date(0) }])
  })

  it('keeps a key named __proto__ a mere key', () => {
    const record: unknown = JSON.parse('{"__proto__":{"polluted":0}}')
    Reflect.set(Reflect.get(record as object, '__proto__'), 'polluted', undefined)
    const [arrived] = carriedOver([record]) as [object]
    expect(Object.getPrototypeOf(arrived)).toBe(Object.prototype)
    expect(Object.getOwnPropertyDescriptor(arrived, '__proto__')?.value).toEqual({ polluted: undefined })
  })

  it.each([
    ['a function at 0/run', [{ run: () => {} }]],
    ['a symbol at 0', [Symbol('s')]],
    ['a RegExp at 1', [1, /x/]],
    ['a Error at 0', [new Error('e')]],
    ['a Promise at 0', [Promise.resolve()]],
    ['a SharedArrayBuffer at 0', [new SharedArrayBuffer(1)]],
    ['shared memory at 0', [new Uint8Array(new SharedArrayBuffer(1))]],
    ['a WeakMap at 0', [new WeakMap()]],
  ])('refuses %s', (what, list) => {
    expect(() => encodeList(list)).toThrow(`${what} cannot be sent through a socket`)
  })

  it('refuses what refers to itself, is moved away already, or too deep', () => {
    const ring: unknown[] = []
    ring.push([ring])
    expect(() => encodeList(ring)).toThrow('something that refers to itself at 0/0')
    const gone = new ArrayBuffer(1)
    gone.transfer()
    expect(() => encodeList([gone])).toThrow('a buffer that was moved away at 0')
    const deep = Array.from({ length: 300 }).reduce<unknown>(inner => [inner], 1)
    expect(() => encodeList(deep)).toThrow('something nested deeper than 200')
  })

  it('refuses what grows without end by occurring in itself many times over', () => {
    const grown = Array.from({ length: 40 }).reduce<unknown>(inner => [inner, inner], 1)
    expect(() => encodeList(grown)).toThrow('More than')
  })

  it.each([
    ['its head', '{}'],
    ['its head', '[1,[]]'],
    ['its notes', '[1,{},[]]'],
    ['the sizes of its buffers', '[1,[],[-1]]'],
    ['the sizes of its buffers', `[1,[],[${'0,'.repeat(70_000)}0]]`],
    ['a note', '[1,[1],[]]'],
    ['a note of an unknown kind', '[[0],[["Float16Array",0]],[8]]'],
    ['a Float64Array', '[[0],[["Float64Array",0]],[7]]'],
    ['the number of a buffer', '[[1],[["buffer",0]],[8]]'],
    ['the place of a note', '[[1],[["undefined",1]],[]]'],
    ['the place of a note', '[{},[["undefined","__proto__"]],[]]'],
    ['the place of a note', '[{},[["undefined","constructor","prototype"]],[]]'],
    ['the place of a note', '[[1],[["undefined","length"]],[]]'],
    ['the place of a note', '[[[1]],[["set",0],["undefined",0,0]],[]]'],
    ['a number', '[["1e9"],[["number",0]],[]]'],
    ['a bigint', '[["0x1"],[["bigint",0]],[]]'],
    ['a date', '[["1"],[["date",0]],[]]'],
    ['a map', '[[[1]],[["map",0]],[]]'],
    ['a set', '[[1],[["set",0]],[]]'],
  ])('refuses to read %s that does not fit: %s', (part, text) => {
    expect(() => {
      const head = readListHead(text)
      decodeList(
        head,
        head.sizes.map(size => new ArrayBuffer(size)),
      )
    }).toThrow(`A list whose parts do not fit: ${part}`)
  })
})
