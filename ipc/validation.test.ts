import Type from 'typebox'
import { describe, expect, it } from 'vitest'
import { aiContract } from '../contracts/ai.ts'
import { browserContract } from '../contracts/browser.ts'
import { pageContract } from '../contracts/page.ts'
import { storageContract } from '../contracts/storage.ts'
import { checkerOf, makeChecker } from './validation.ts'

const Shape = Type.Union([
  Type.Object({ kind: Type.Literal('circle'), radius: Type.Number({ minimum: 0 }) }),
  Type.Object({ kind: Type.Literal('box'), sides: Type.Array(Type.Integer(), { minItems: 2, maxItems: 2 }) }),
])
const Drawing = Type.Object({
  name: Type.String({ maxLength: 10 }),
  shapes: Type.Array(Shape, { maxItems: 3 }),
  note: Type.Optional(Type.Union([Type.String(), Type.Null()])),
})

describe.each(['compiled', 'interpreted'] as const)('a %s check', way => {
  const checker = makeChecker(Drawing, way)
  it.each([
    [{ name: 'x', shapes: [] }, true],
    [
      {
        name: 'x',
        shapes: [
          { kind: 'circle', radius: 1 },
          { kind: 'box', sides: [1, 2] },
        ],
        note: null,
      },
      true,
    ],
    [{ name: 'x', shapes: [], note: undefined }, true],
    [{ name: 'x'.repeat(11), shapes: [] }, false],
    [{ name: 'x', shapes: [{ kind: 'circle', radius: -1 }] }, false],
    [{ name: 'x', shapes: [{ kind: 'circle', radius: Number.NaN }] }, false],
    [{ name: 'x', shapes: [{ kind: 'box', sides: [1] }] }, false],
    [{ name: 'x' }, false],
    [{ name: 'x', shapes: {} }, false],
    [null, false],
    [[], false],
  ])('of %j says %s', (value, expected) => {
    expect(checker.check(value)).toBe(expected)
  })
})

describe('a checker', () => {
  it('refuses properties that are not declared, at any depth', () => {
    const checker = checkerOf(Drawing)
    expect(checker.check({ name: 'x', shapes: [], colour: 'red' })).toBe(false)
    expect(checker.check({ name: 'x', shapes: [{ kind: 'circle', radius: 1, colour: 'red' }] })).toBe(false)
    expect(checker.check(JSON.parse('{"name":"x","shapes":[],"__proto__":{}}'))).toBe(false)
  })

  it('names the place of the first misfit', () => {
    const checker = checkerOf(Drawing)
    expect([
      checker.explain({ name: 7, shapes: [] }, 'args'),
      checker.explain({ name: 'x', shapes: [], colour: 'red' }, 'args'),
      checker.explain({ shapes: [] }, 'result'),
      checker.explain('text', 'payload'),
    ]).toEqual([
      'args/name must be string',
      'args/colour is not declared in the contract',
      'result must have required properties name',
      'payload must be object',
    ])
  })

  it('is made once for a schema', () => {
    expect(checkerOf(Drawing)).toBe(checkerOf(Drawing))
  })

  it('works where generated code is forbidden, as in a page with a content security policy', () => {
    const original = globalThis.Function
    const inDocument = Object.assign(globalThis, { document: {} })
    try {
      // Any use of it would be reported as a violation of the policy.
      Object.assign(globalThis, {
        Function: () => {
          throw new EvalError('unsafe-eval')
        },
      })
      const checker = checkerOf(Type.Object({ title: Type.String() }))
      expect([checker.check({ title: 'x' }), checker.check({ title: 1 })]).toEqual([true, false])
      expect(checker.explain({ title: 1 }, 'args')).toBe('args/title must be string')
    } finally {
      globalThis.Function = original
      Reflect.deleteProperty(inDocument, 'document')
    }
  })

  it('can be made for every schema of every contract', () => {
    for (const contract of [aiContract, browserContract, pageContract, storageContract]) {
      for (const { args, result } of Object.values(contract.methods)) {
        for (const schema of [args, result]) {
          const checker = checkerOf(schema)
          expect(checker.check(Symbol('nothing fits this'))).toBe(false)
          expect(checker.explain(Symbol('nothing fits this'), 'value')).toContain('value')
        }
      }
    }
  })
})
