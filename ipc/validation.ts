import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Check, Errors } from 'typebox/schema'

/** Says whether a value fits a schema, and if not, where. */
export interface Checker {
  check(value: unknown): boolean
  /** The first misfit in words, such as `args/tabId must be string`; for a value that `check` refused. */
  explain(value: unknown, root: string): string
}

const checkers = new WeakMap<TSchema, Checker>()

/**
 * The checker of a schema, made on first use and kept. Objects are closed: a property that the contract does not
 * declare is refused, which also keeps `__proto__` and its like out.
 *
 * In a document the interpreter is used at once: its content security policy forbids generated code, and even trying
 * would be reported as a violation.
 */
export function checkerOf(schema: TSchema): Checker {
  const known = checkers.get(schema)
  if (known !== undefined) return known
  const made = makeChecker(closed(schema) as TSchema, 'document' in globalThis ? 'interpreted' : 'compiled')
  checkers.set(schema, made)
  return made
}

/** Exported for the test that both ways agree; everybody else asks `checkerOf`. */
export function makeChecker(schema: TSchema, way: 'compiled' | 'interpreted'): Checker {
  let check = (value: unknown): boolean => {
    // Compiled on the first check, because many methods of a contract are never called.
    check = way === 'compiled' ? compiledCheck(schema) : value => Check(schema, value)
    return check(value)
  }
  return { check: value => check(value), explain: (value, root) => explain(schema, value, root) }
}

function compiledCheck(schema: TSchema): (value: unknown) => boolean {
  const validator = Compile(schema)
  return value => validator.Check(value)
}

const maxExplanationCharacters = 300

function explain(schema: TSchema, value: unknown, root: string): string {
  const [, errors] = Errors(schema, value)
  // The closing of objects reports twice; the second report is the one with words.
  const first = errors.find(error => error.keyword !== 'boolean') ?? errors[0]
  if (first === undefined) return `${root} does not fit the contract`
  const undeclared = errors.find(error => error.keyword === 'boolean' && error.instancePath !== '')
  const text =
    first.keyword === 'additionalProperties' && undeclared !== undefined
      ? `${root}${undeclared.instancePath} is not declared in the contract`
      : `${root}${first.instancePath} ${first.message}`
  return text.slice(0, maxExplanationCharacters)
}

/** Keywords under which schemas stand by name, and under which they stand alone or in a list. */
const namedSchemas = new Set(['properties', 'patternProperties', '$defs'])
const nestedSchemas = new Set(['items', 'anyOf', 'oneOf', 'prefixItems', 'additionalProperties', 'not'])

/** A copy in which every object refuses undeclared properties. Parts of an intersection stay open. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const copy: Record<string, unknown> = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (namedSchemas.has(keyword) && typeof value === 'object' && value !== null) {
      copy[keyword] = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, closed(part)]))
    } else {
      copy[keyword] = nestedSchemas.has(keyword) ? closed(value) : value
    }
  }
  if (copy.type === 'object' && 'properties' in copy && !('additionalProperties' in copy)) {
    copy.additionalProperties = false
  }
  return copy
}
