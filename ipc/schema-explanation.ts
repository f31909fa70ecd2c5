import { compileSchema, isPlain, kindOf, listOf, recordOf } from './schema-check.ts'

/** Alternatives are rarely nested; a hostile value must not make the search for words long. */
const maxDepth = 32

/**
 * Where a value first does not fit, in words: `args/tabId must be string`. Null when it fits. Slow, for values that
 * `compileSchema` refused. Never repeats the value itself, which may be private.
 */
export function explainMisfit(schema: unknown, value: unknown, path: string, depth = 0): string | null {
  if (depth > maxDepth || compileSchema(schema)(value)) return null
  const known = recordOf(schema)
  const kind = kindOf(known)
  switch (kind) {
    case 'anything':
      return null
    case 'const':
      return `${path} must be ${JSON.stringify(known.const)}`
    case 'enum':
      return `${path} must be one of ${JSON.stringify(known.enum)}`
    case 'anyOf':
      return explainUnion(listOf(known.anyOf), value, path, depth)
    case 'null':
    case 'boolean':
      return `${path} must be ${kind}`
    case 'integer':
    case 'number':
    case 'string':
      return `${path} must be ${kind}${boundsOf(known)}`
    case 'array':
      return explainArray(known, value, path, depth)
    case 'object':
      return explainObject(known, value, path, depth)
    case 'bytes':
      return `${path} must be bytes${boundsOf(known)}`
  }
}

const boundWords: readonly (readonly [keyword: string, words: string])[] = [
  ['minimum', 'at least'],
  ['exclusiveMinimum', 'more than'],
  ['maximum', 'at most'],
  ['exclusiveMaximum', 'less than'],
  ['minLength', 'at least this many characters:'],
  ['maxLength', 'at most this many characters:'],
  ['minItems', 'at least this many items:'],
  ['maxItems', 'at most this many items:'],
  ['maxBytes', 'at most this many:'],
  ['pattern', 'of the form'],
]

function boundsOf(schema: Readonly<Record<string, unknown>>): string {
  return boundWords
    .filter(([keyword]) => schema[keyword] !== undefined)
    .map(([keyword, words]) => `, ${words} ${schema[keyword]}`)
    .join('')
}

/** Of alternatives that are told apart by a constant, the one that the value claims to be; else all by their names. */
function explainUnion(members: readonly unknown[], value: unknown, path: string, depth: number): string {
  for (const member of members) {
    const { properties } = recordOf(member)
    if (typeof value !== 'object' || value === null || properties === undefined) continue
    const isClaimed = Object.entries(recordOf(properties)).some(([name, part]) => {
      const constant = recordOf(part).const
      return constant !== undefined && Object.hasOwn(value, name) && Reflect.get(value, name) === constant
    })
    const explanation = isClaimed ? explainMisfit(member, value, path, depth + 1) : null
    if (explanation !== null) return explanation
  }
  const names = [...new Set(members.map(nameOf))]
  return `${path} must be ${names.join(' or ')}`
}

function nameOf(member: unknown): string {
  const schema = recordOf(member)
  const kind = kindOf(schema)
  if (kind === 'const') return JSON.stringify(schema.const)
  return kind === 'enum' ? `one of ${JSON.stringify(schema.enum)}` : kind
}

function explainArray(
  schema: Readonly<Record<string, unknown>>,
  value: unknown,
  path: string,
  depth: number,
): string {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const explanation = explainMisfit(schema.items ?? {}, value[index], `${path}/${index}`, depth + 1)
      if (explanation !== null) return explanation
    }
  }
  return `${path} must be array${boundsOf(schema)}`
}

function explainObject(
  schema: Readonly<Record<string, unknown>>,
  value: unknown,
  path: string,
  depth: number,
): string {
  if (typeof value !== 'object' || value === null || !isPlain(value)) return `${path} must be object`
  const properties = recordOf(schema.properties ?? {})
  const required = schema.required === undefined ? [] : listOf(schema.required)
  for (const [name, part] of Object.entries(properties)) {
    const inner: unknown = Reflect.get(value, name)
    if (!Object.hasOwn(value, name)) {
      if (required.includes(name)) return `${path} must have the property ${name}`
    } else if (inner !== undefined || required.includes(name)) {
      const explanation = explainMisfit(part, inner, `${path}/${name}`, depth + 1)
      if (explanation !== null) return explanation
    }
  }
  const undeclared = Object.keys(value).find(name => !Object.hasOwn(properties, name))
  return `${path}/${undeclared ?? ''} is not declared in the contract`
}
