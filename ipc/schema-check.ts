/** Says whether a value fits. */
export type Check = (value: unknown) => boolean

/** A JSON schema as typebox makes one: an object with keywords. */
type Schema = Readonly<Record<string, unknown>>

/** Keywords that say nothing about what fits. */
const annotations = new Set(['title', 'description', 'default', 'examples', '$id', '$comment', 'sensitive'])

/**
 * Turns a schema into nested functions, once. No code is generated, so that it works under every content security
 * policy. Objects are closed: a property that is not declared does not fit. Throws a TypeError for a keyword that it
 * does not know, because a rule that is not checked would be a hole.
 */
export function compileSchema(schema: unknown): Check {
  const known = recordOf(schema)
  const kind = kindOf(known)
  refuseUnknown(known, keywords[kind])
  switch (kind) {
    case 'anything':
      return () => true
    case 'const':
      return value => value === known.const
    case 'enum':
      return compileEnum(listOf(known.enum))
    case 'anyOf':
      return compileUnion(listOf(known.anyOf).map(compileSchema))
    case 'null':
      return value => value === null
    case 'boolean':
      return value => typeof value === 'boolean'
    case 'integer':
    case 'number':
      return compileNumber(known, kind)
    case 'string':
      return compileString(known)
    case 'array':
      return compileArray(known)
    case 'object':
      return compileObject(known)
    case 'bytes':
      return compileBytes(known)
  }
}

type Kind =
  | 'anything'
  | 'const'
  | 'enum'
  | 'anyOf'
  | 'null'
  | 'boolean'
  | 'integer'
  | 'number'
  | 'string'
  | 'array'
  | 'object'
  | 'bytes'

const numberKeywords = ['type', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']
const keywords: Readonly<Record<Kind, readonly string[]>> = {
  anything: [],
  const: ['const', 'type'],
  enum: ['enum', 'type'],
  anyOf: ['anyOf'],
  null: ['type'],
  boolean: ['type'],
  integer: numberKeywords,
  number: numberKeywords,
  string: ['type', 'minLength', 'maxLength', 'pattern'],
  array: ['type', 'items', 'minItems', 'maxItems'],
  bytes: ['type', 'maxBytes'],
  object: ['type', 'properties', 'required', 'additionalProperties', 'patternProperties'],
}

export function kindOf(schema: Schema): Kind {
  if ('const' in schema) return 'const'
  if ('enum' in schema) return 'enum'
  if ('anyOf' in schema) return 'anyOf'
  switch (schema.type) {
    case undefined:
      return 'anything'
    case 'null':
    case 'boolean':
    case 'integer':
    case 'number':
    case 'string':
    case 'array':
    case 'object':
    case 'bytes':
      return schema.type
    default:
      throw new TypeError(`A contract may not use the type ${JSON.stringify(schema.type)}`)
  }
}

function refuseUnknown(schema: Schema, allowed: readonly string[]): void {
  for (const keyword of Object.keys(schema)) {
    if (!allowed.includes(keyword) && !annotations.has(keyword)) {
      throw new TypeError(`A contract may not use the keyword ${JSON.stringify(keyword)} here`)
    }
  }
}

function compileEnum(allowed: readonly unknown[]): Check {
  const values = new Set(allowed)
  return value => values.has(value)
}

function compileUnion(members: readonly Check[]): Check {
  return value => {
    for (const fits of members) if (fits(value)) return true
    return false
  }
}

function compileNumber(schema: Schema, kind: 'integer' | 'number'): Check {
  const minimum = numberOf(schema.minimum, Number.NEGATIVE_INFINITY)
  const maximum = numberOf(schema.maximum, Number.POSITIVE_INFINITY)
  const above = numberOf(schema.exclusiveMinimum, Number.NEGATIVE_INFINITY)
  const below = numberOf(schema.exclusiveMaximum, Number.POSITIVE_INFINITY)
  const isKind: Check = kind === 'integer' ? Number.isInteger : Number.isFinite
  return value =>
    typeof value === 'number' &&
    isKind(value) &&
    value >= minimum &&
    value <= maximum &&
    value > above &&
    value < below
}

function compileString(schema: Schema): Check {
  const minimum = numberOf(schema.minLength, 0)
  const maximum = numberOf(schema.maxLength, Number.POSITIVE_INFINITY)
  const pattern = typeof schema.pattern === 'string' ? new RegExp(schema.pattern, 'u') : null
  return value =>
    typeof value === 'string' &&
    (value.length <= maximum || (value.length <= 2 * maximum && codePointsOf(value) <= maximum)) &&
    (minimum === 0 || codePointsOf(value) >= minimum) &&
    (pattern === null || pattern.test(value))
}

/** Lengths of strings are counted in characters, not in the halves that some of them consist of. */
function codePointsOf(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

function compileBytes(schema: Schema): Check {
  const maximum = numberOf(schema.maxBytes, Number.POSITIVE_INFINITY)
  return value =>
    value instanceof Uint8Array &&
    value.byteLength <= maximum &&
    // Memory that another thread shares could change after it was looked at.
    value.buffer instanceof ArrayBuffer
}

function compileArray(schema: Schema): Check {
  const fits = compileSchema(schema.items ?? {})
  const minimum = numberOf(schema.minItems, 0)
  const maximum = numberOf(schema.maxItems, Number.POSITIVE_INFINITY)
  return value => {
    if (!Array.isArray(value) || value.length < minimum || value.length > maximum) return false
    // By index, because a hole in a list is `undefined` and has to fit as such.
    for (let index = 0; index < value.length; index += 1) if (!fits(value[index])) return false
    return true
  }
}

function compileObject(schema: Schema): Check {
  const required = new Set(schema.required === undefined ? [] : listOf(schema.required))
  const properties = Object.entries(recordOf(schema.properties ?? {})).map(([name, part]) => {
    // Reading such a name from any object finds something, so its absence could not be told cheaply.
    if (name in Object.prototype) throw new TypeError(`A contract may not use the property name ${name}`)
    return { name, fits: compileSchema(part), isRequired: required.has(name) }
  })
  const others = compileOthers(schema)
  const names = new Set(properties.map(property => property.name))
  return value => {
    if (typeof value !== 'object' || value === null || !isPlain(value)) return false
    const record = value as Schema
    let present = 0
    for (const { name, fits, isRequired } of properties) {
      const part = record[name]
      if (part !== undefined) {
        if (!fits(part)) return false
        present += 1
      } else if (Object.hasOwn(record, name)) {
        // Copying between processes keeps `undefined`; for an optional property it means the same as absence.
        if (isRequired && !fits(part)) return false
        present += 1
      } else if (isRequired) {
        return false
      }
    }
    let total = 0
    for (const _ in record) total += 1
    return total === present || others(record, names)
  }
}

/** Not a list, a map, a date or an error, which carry more than their properties say. Of any realm. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null
}

/** Checks what is not declared by name: nothing may be there, unless the schema is a dictionary. */
function compileOthers(schema: Schema): (record: Schema, declared: ReadonlySet<string>) => boolean {
  const patterns = Object.entries(recordOf(schema.patternProperties ?? {})).map(([pattern, part]) => ({
    pattern: new RegExp(pattern, 'u'),
    fits: compileSchema(part),
  }))
  const { additionalProperties } = schema
  const rest: Check =
    additionalProperties === undefined || additionalProperties === false
      ? () => false
      : compileSchema(additionalProperties === true ? {} : additionalProperties)
  return (record, declared) => {
    for (const name of Object.keys(record)) {
      if (declared.has(name)) continue
      const matching = patterns.filter(({ pattern }) => pattern.test(name))
      const fits = matching.length > 0 ? matching.every(one => one.fits(record[name])) : rest(record[name])
      if (!fits || name === '__proto__') return false
    }
    return true
  }
}

export function recordOf(value: unknown): Schema {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('Not a schema')
  return value as Schema
}

export function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('Not a list of schemas')
  return value
}

function numberOf(value: unknown, absent: number): number {
  return typeof value === 'number' ? value : absent
}
