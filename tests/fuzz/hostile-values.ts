import type { Random } from './random.ts'

const names = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'toJSON',
  'length',
  'left',
  'right',
  'text',
  'upTo',
]

const numbers = [
  0,
  -0,
  -1,
  1,
  2,
  3,
  64,
  65,
  1_000,
  1_001,
  0.5,
  -1.5,
  2 ** 31,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  1e300,
  -1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  5e-324,
]

const texts = [
  '',
  'a',
  'nexus.introduce',
  'guarded.add',
  'guarded.__proto__',
  '\ud800',
  '\u0000',
  '😀'.repeat(30),
  '__proto__',
  'h',
  'l',
  '\n',
  'ÿ'.repeat(405),
]

export function hostileNumber(random: Random): number {
  return random.oneIn(3) ? random.below(20) - 4 : random.pick(numbers)
}

export function hostileText(random: Random): string {
  if (random.oneIn(4)) return 'x'.repeat(random.pick([20, 21, 64, 65, 405, 406, 1_000, 1_001, 20_000]))
  return random.pick(texts)
}

/** Something that JSON can carry (or, as NaN, makes null of). */
export function hostileJson(random: Random, depth = 0): unknown {
  switch (random.below(depth > 3 ? 5 : 8)) {
    case 0:
      return hostileNumber(random)
    case 1:
      return hostileText(random)
    case 2:
      return null
    case 3:
      return random.oneIn(2)
    case 4:
      return random.pick([[], {}, { left: 1, right: 2 }, { text: 'x' }, { upTo: 3 }])
    case 5:
      return random.list(random.below(5), () => hostileJson(random, depth + 1))
    case 6:
      return withProto(random, depth)
    default:
      return random.oneIn(20) ? nested(random.pick([100, 1_000, 5_000])) : random.below(100)
  }
}

/** An object with awkward names; `__proto__` is a key of its own in it, as JSON.parse makes one. */
function withProto(random: Random, depth: number): unknown {
  const object: Record<string, unknown> = {}
  for (let count = random.below(4); count >= 0; count -= 1) {
    const value = hostileJson(random, depth + 1)
    Object.defineProperty(object, random.pick(names), {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return object
}

function nested(levels: number): unknown {
  let deep: unknown = 1
  for (let level = 0; level < levels; level += 1) deep = level % 2 === 0 ? [deep] : { deep }
  return deep
}

/** Something that only structured clone carries, or not even that. */
export function hostileObject(random: Random): unknown {
  switch (random.below(16)) {
    case 0:
      return new Uint8Array(random.below(40))
    case 1:
      return new Uint8Array(new SharedArrayBuffer(8))
    case 2:
      return new SharedArrayBuffer(random.below(40))
    case 3:
      return new Float64Array([Number.NaN, 1])
    case 4:
      return new Map<unknown, unknown>([
        ['left', 1],
        ['__proto__', {}],
      ])
    case 5:
      return new Set([1, 'text'])
    case 6:
      return new Date(random.pick([0, Number.NaN, 8.64e15]))
    case 7:
      return /^(a+)+$/
    case 8:
      return new Error('no error of yours')
    case 9:
      return 10n ** 40n
    case 10:
      return cyclic()
    case 11:
      return Symbol('no value')
    case 12:
      return undefined
    case 13:
      return withGetter(random)
    case 14:
      return new Uint8Array(new ArrayBuffer(8, { maxByteLength: 64 }))
    default:
      return sparse()
  }
}

export function hostileValue(random: Random): unknown {
  return random.oneIn(4) ? hostileObject(random) : hostileJson(random)
}

function cyclic(): unknown {
  const list: unknown[] = [1]
  const object = { text: list, left: list, right: list }
  list.push(list, object, list)
  return object
}

/** Copying calls the getters; whoever receives the copy has plain values. */
function withGetter(random: Random): unknown {
  const value = hostileJson(random)
  return {
    get left() {
      return value
    },
    get right() {
      return value
    },
  }
}

function sparse(): unknown {
  const list: unknown[] = []
  list[1_000] = 1
  return list
}
