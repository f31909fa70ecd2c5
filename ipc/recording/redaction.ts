import type { TSchema } from 'typebox'
import { kindOf, listOf, recordOf } from '../schema-check.ts'
import { checkerOf } from '../validation.ts'
import { redacted } from './recorded-value.ts'

type Schema = Readonly<Record<string, unknown>>
type Redact = (value: unknown) => unknown

/** Null where nothing is sensitive. */
const known = new WeakMap<object, { readonly redact: Redact | null }>()

/** Whether any part of what fits this schema is marked `{ sensitive: true }`. */
export function holdsSensitive(schema: TSchema): boolean {
  return redactionOf(schema) !== null
}

/**
 * A copy of `value` without the parts that its schema marks `{ sensitive: true }`. What does not fit a schema with
 * sensitive parts is left out as a whole, because nobody knows which part of it is which.
 */
export function redactedBySchema(schema: TSchema, value: unknown): unknown {
  const redact = redactionOf(schema)
  if (redact === null) return value
  return checkerOf(schema).check(value) ? redact(value) : redacted
}

function redactionOf(schema: object): Redact | null {
  let entry = known.get(schema)
  if (entry === undefined) {
    entry = { redact: compile(recordOf(schema)) }
    known.set(schema, entry)
  }
  return entry.redact
}

function compile(schema: Schema): Redact | null {
  if (schema.sensitive === true) return () => redacted
  switch (kindOf(schema)) {
    case 'anyOf':
      return compileUnion(schema)
    case 'array':
      return compileArray(schema)
    case 'object':
      return compileObject(schema)
    case 'anything':
    case 'const':
    case 'enum':
    case 'null':
    case 'boolean':
    case 'integer':
    case 'number':
    case 'string':
    case 'bytes':
      return null
  }
}

/** What is sensitive in the member that fits, is left out. */
function compileUnion(schema: Schema): Redact | null {
  const members = listOf(schema.anyOf).map(member => {
    const part = recordOf(member) as TSchema
    return { fits: checkerOf(part).check, redact: redactionOf(part) }
  })
  if (members.every(({ redact }) => redact === null)) return null
  return value =>
    members.reduce((rest, { fits, redact }) => (redact !== null && fits(value) ? redact(rest) : rest), value)
}

function compileArray(schema: Schema): Redact | null {
  const redact = schema.items === undefined ? null : redactionOf(recordOf(schema.items))
  return redact === null ? null : value => (Array.isArray(value) ? value.map(redact) : value)
}

function compileObject(schema: Schema): Redact | null {
  const properties = new Map(
    Object.entries(recordOf(schema.properties ?? {})).map(([name, part]) => [
      name,
      redactionOf(recordOf(part)),
    ]),
  )
  const others = [
    ...Object.values(recordOf(schema.patternProperties ?? {})),
    ...(typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []),
  ].map(part => redactionOf(recordOf(part)))
  // Of a dictionary, one sensitive kind of entry makes all entries sensitive.
  const ofOthers = others.some(redact => redact !== null) ? () => redacted : null
  if (ofOthers === null && [...properties.values()].every(redact => redact === null)) return null
  return value => {
    // An earlier member of a union may have left it out already.
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => {
        const redact = properties.has(name) ? properties.get(name) : ofOthers
        return [name, redact === null || redact === undefined || part === undefined ? part : redact(part)]
      }),
    )
  }
}
