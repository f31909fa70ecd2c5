import * as Type from 'typebox'
import { describe, expect, it } from 'vitest'
import { redacted } from './recorded-value.ts'
import { holdsSensitive, redactedBySchema } from './redaction.ts'

const Secret = Type.String({ maxLength: 100, sensitive: true })
const Visit = Type.Object({ url: Secret, at: Type.Integer(), note: Type.Optional(Secret) })

describe('redaction by schema', () => {
  it('takes out single properties, wherever they stand', () => {
    const schema = Type.Object({
      list: Type.Array(Visit),
      either: Type.Union([
        Type.Object({ kind: Type.Literal('open'), name: Type.String() }),
        Type.Object({ kind: Type.Literal('secret'), name: Secret }),
        Type.Null(),
      ]),
      byName: Type.Record(Type.String(), Visit),
      count: Type.Integer(),
    })
    const value = {
      list: [{ url: 'http://a/', at: 1 }],
      either: { kind: 'secret', name: 'x' },
      byName: { 'http://b/': { url: 'http://b/', at: 2 } },
      count: 3,
    }
    expect(redactedBySchema(schema, value)).toEqual({
      list: [{ url: redacted, at: 1 }],
      either: { kind: 'secret', name: redacted },
      byName: { 'http://b/': redacted },
      count: 3,
    })
    expect(redactedBySchema(schema, { ...value, either: { kind: 'open', name: 'x' } })).toMatchObject({
      either: { kind: 'open', name: 'x' },
    })
    expect(redactedBySchema(schema, { ...value, either: null })).toMatchObject({ either: null })
  })

  it('leaves out a whole object or list that is marked', () => {
    const schema = Type.Object({
      page: Type.Object({ text: Type.String() }, { sensitive: true }),
      lines: Type.Array(Type.String(), { sensitive: true }),
    })
    expect(redactedBySchema(schema, { page: { text: 'x' }, lines: ['y'] })).toEqual({
      page: redacted,
      lines: redacted,
    })
  })

  it('leaves out all of what does not fit a schema with sensitive parts', () => {
    expect(redactedBySchema(Visit, { adress: 'http://a/', at: 1 })).toBe(redacted)
    expect(redactedBySchema(Type.Union([Visit, Type.Null()]), 'http://a/')).toBe(redacted)
  })

  it('leaves everything where nothing is marked', () => {
    const schema = Type.Object({ count: Type.Integer() })
    const value = { whatever: 'it is' }
    expect(redactedBySchema(schema, value)).toBe(value)
    expect([holdsSensitive(schema), holdsSensitive(Visit)]).toEqual([false, true])
  })
})
