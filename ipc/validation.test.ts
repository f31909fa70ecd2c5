import fc from 'fast-check'
import type { TSchema } from 'typebox'
import * as Type from 'typebox'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { aiContract } from '../contracts/ai.ts'
import { browserContract } from '../contracts/browser.ts'
import { controlContract } from '../contracts/control.ts'
import { pageContract } from '../contracts/page.ts'
import { serviceContract } from '../contracts/service.ts'
import { storageContract } from '../contracts/storage.ts'
import { bytes, type Contract } from './contract.ts'
import { hubContract } from './hub-contract.ts'
import { checkerOf } from './validation.ts'

const closed = { additionalProperties: false }
const Shape = Type.Union([
  Type.Object(
    { kind: Type.Literal('circle'), radius: Type.Number({ minimum: 0, exclusiveMaximum: 100 }) },
    closed,
  ),
  Type.Object(
    { kind: Type.Literal('box'), sides: Type.Array(Type.Integer(), { minItems: 2, maxItems: 2 }) },
    closed,
  ),
])
const Drawing = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 4, pattern: '^[^x]*$' }),
    shapes: Type.Array(Shape, { maxItems: 3 }),
    note: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    isDone: Type.Boolean(),
    labels: Type.Record(Type.String(), Type.Integer()),
  },
  closed,
)

const contracts: readonly Contract[] = [
  aiContract,
  browserContract,
  controlContract,
  hubContract,
  pageContract,
  serviceContract,
  storageContract,
]
const schemas: readonly TSchema[] = contracts.flatMap(contract => [
  ...Object.values(contract.methods).flatMap(({ args, result, progress }) => [
    args,
    result,
    ...(progress ? [progress] : []),
  ]),
  ...Object.values(contract.events).map(event => event.payload),
])

describe('a checker', () => {
  it('judges as typebox does', () => {
    const judge = Compile(Drawing)
    /** Mostly what fits, so that each rule is tried alone. */
    const mostly = <Good, Bad>(good: fc.Arbitrary<Good>, bad: fc.Arbitrary<Bad>) =>
      fc.oneof({ arbitrary: good, weight: 9 }, { arbitrary: bad, weight: 1 })
    // Refused on purpose, where typebox lets it pass.
    const key = fc.string().filter(text => text !== '__proto__')
    const globe = '\u{1F30D}'
    const shape = fc.oneof(
      fc.record({
        kind: mostly(fc.constant('circle'), fc.constantFrom('box', 'blob')),
        radius: mostly(
          fc.constantFrom(0, 99.5),
          fc.constantFrom(-1, 100, Number.NaN, Number.POSITIVE_INFINITY, '1'),
        ),
      }),
      fc.record({
        kind: fc.constant('box'),
        sides: mostly(fc.constant([1, 2]), fc.array(fc.constantFrom(1, 2.5, 'x'), { maxLength: 3 })),
      }),
    )
    const drawing = fc.record(
      {
        name: mostly(
          fc.constantFrom('abc', 'abcd', globe.repeat(4)),
          fc.constantFrom('', 'abcde', globe.repeat(5), 'ax', 7),
        ),
        shapes: mostly(
          fc.array(shape, { maxLength: 3 }),
          fc.oneof(fc.constant(Array(4).fill({ kind: 'box', sides: [1, 2] })), fc.anything()),
        ),
        note: mostly(fc.constantFrom('text', null, undefined), fc.constant(5)),
        isDone: mostly(fc.boolean(), fc.constant(undefined)),
        labels: mostly(
          fc.dictionary(key, fc.integer()),
          fc.dictionary(key, fc.oneof(fc.integer(), fc.string())),
        ),
      },
      { requiredKeys: ['name', 'shapes', 'isDone', 'labels'] },
    )
    const coloured = drawing.map(value => ({ ...value, colour: 'red' }))
    let fitting = 0
    fc.assert(
      fc.property(mostly(mostly(drawing, coloured), fc.anything()), value => {
        const verdict = checkerOf(Drawing).check(value)
        if (verdict) fitting += 1
        expect(verdict).toBe(judge.Check(value))
      }),
      { numRuns: 3_000 },
    )
    expect(fitting).toBeGreaterThan(500)
  })

  it('closes objects that the contract leaves open, at any depth', () => {
    const checker = checkerOf(
      Type.Object({ inner: Type.Object({ count: Type.Integer() }), other: Type.Optional(Type.Null()) }),
    )
    expect(checker.check({ inner: { count: 1 } })).toBe(true)
    expect(checker.check({ inner: { count: 1 }, other: undefined })).toBe(true)
    expect(checker.check({ inner: { count: 1 }, more: undefined })).toBe(false)
    expect(checker.check({ inner: { count: 1, more: 1 } })).toBe(false)
    expect(checker.check(JSON.parse('{"inner":{"count":1},"__proto__":{}}'))).toBe(false)
    expect(checker.check(JSON.parse('{"inner":{"count":1,"__proto__":1}}'))).toBe(false)
    expect(
      checkerOf(Type.Record(Type.String(), Type.Integer())).check(JSON.parse('{"a":1,"__proto__":1}')),
    ).toBe(false)
  })

  it('names the place of the first misfit, and never the value', () => {
    const drawing = { name: 'a', shapes: [], isDone: true, labels: {} }
    const cases: readonly [unknown, string][] = [
      [
        { ...drawing, name: 7 },
        'args/name must be string, at least this many characters: 1, at most this many characters: 4, of the form ^[^x]*$',
      ],
      [{ ...drawing, colour: 'secret' }, 'args/colour is not declared in the contract'],
      [{ ...drawing, isDone: undefined }, 'args/isDone must be boolean'],
      [{ name: 'a', shapes: [] }, 'args must have the property isDone'],
      ['secret', 'args must be object'],
      [{ ...drawing, note: 5 }, 'args/note must be string or null'],
      [
        { ...drawing, shapes: [{ kind: 'circle', radius: -1 }] },
        'args/shapes/0/radius must be number, at least 0, less than 100',
      ],
      [{ ...drawing, shapes: [{ kind: 'blob' }] }, 'args/shapes/0 must be object'],
      [{ ...drawing, shapes: [1, 2, 3, 4] }, 'args/shapes/0 must be object'],
      [
        { ...drawing, shapes: Array(4).fill({ kind: 'circle', radius: 1 }) },
        'args/shapes must be array, at most this many items: 3',
      ],
    ]
    expect(cases.map(([value]) => checkerOf(Drawing).explain(value, 'args'))).toEqual(
      cases.map(([, words]) => words),
    )
  })

  it('is made once for a schema', () => {
    expect(checkerOf(Drawing)).toBe(checkerOf(Drawing))
  })

  it('refuses schemas with rules that it does not know', () => {
    for (const schema of [
      Type.Tuple([Type.String()]),
      Type.Array(Type.String(), { uniqueItems: true }),
      Type.String({ format: 'email' }),
      Type.Intersect([Type.Object({}), Type.Object({})]),
      Type.Number({ multipleOf: 2 }),
      Type.Object({ constructor: Type.String() }),
    ]) {
      expect(() => checkerOf(schema)).toThrow('A contract may not use')
    }
  })

  it('can be made for every schema of every contract, and agrees with typebox on them', () => {
    expect(schemas.length).toBeGreaterThan(60)
    for (const schema of schemas) {
      const checker = checkerOf(schema)
      const judge = Compile(schema)
      for (const value of [
        undefined,
        null,
        0,
        'text',
        [],
        {},
        { id: 1 },
        Symbol('x'),
        { tabId: 'tab:1' },
        { url: 'x' },
      ]) {
        // Typebox leaves objects open, so it may accept more, never less.
        if (checker.check(value)) expect(judge.Check(value)).toBe(true)
        else expect(checker.explain(value, 'value')).toContain('value')
      }
    }
  })

  it('uses no generated code, which a content security policy would refuse and report', () => {
    const original = globalThis.Function
    let uses = 0
    globalThis.Function = new Proxy(original, {
      construct(target, args, newTarget) {
        uses += 1
        return Reflect.construct(target, args, newTarget)
      },
      apply(target, self, args) {
        uses += 1
        return Reflect.apply(target, self, args)
      },
    })
    try {
      const checker = checkerOf(Type.Object({ title: Type.String() }))
      expect([checker.check({ title: 'x' }), checker.check({ title: 1 })]).toEqual([true, false])
      expect(checker.explain({ title: 1 }, 'args')).toBe('args/title must be string')
    } finally {
      globalThis.Function = original
    }
    expect(uses).toBe(0)
  })
})

it('takes no bytes that another thread could change after they were looked at', () => {
  const { check } = checkerOf(bytes({ maxBytes: 8 }))
  const shared = new Uint8Array(new SharedArrayBuffer(4))
  expect([new Uint8Array(4), shared, new Uint8Array(9)].map(check)).toEqual([true, false, false])
})

it('takes plain objects only, because others carry more than their properties say', () => {
  const { check } = checkerOf(Type.Object({}))
  const others = [new Map([['a', 1]]), new Set(), new Date(0), new Error('no'), /x/, new Uint8Array(0)]
  expect(others.map(check)).toEqual(others.map(() => false))
  expect([{}, Object.create(null), structuredClone({}), JSON.parse('{}')].map(check)).toEqual([
    true,
    true,
    true,
    true,
  ])
})
