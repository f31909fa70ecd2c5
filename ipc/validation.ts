import type { TSchema } from 'typebox'
import { type Check, compileSchema } from './schema-check.ts'
import { explainMisfit } from './schema-explanation.ts'

/** Says whether a value fits a schema, and if not, where. */
export interface Checker {
  readonly check: Check
  /** The first misfit in words, such as `args/tabId must be string`; for a value that `check` refused. */
  explain(value: unknown, root: string): string
}

const maxExplanationCharacters = 300
const checkers = new WeakMap<TSchema, Checker>()

/**
 * The checker of a schema, made on first use and kept, because many methods of a contract are never called. Works in
 * every process alike, also under a content security policy that forbids generated code. Throws a TypeError for a
 * schema that uses more than the contracts' part of JSON schema.
 */
export function checkerOf(schema: TSchema): Checker {
  const known = checkers.get(schema)
  if (known !== undefined) return known
  const checker: Checker = {
    check: compileSchema(schema),
    explain: (value, root) =>
      (explainMisfit(schema, value, root) ?? `${root} does not fit the contract`).slice(
        0,
        maxExplanationCharacters,
      ),
  }
  checkers.set(schema, checker)
  return checker
}
