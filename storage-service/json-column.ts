import type { Static, TSchema } from 'typebox'
import { checkerOf } from '../ipc/validation.ts'
import { textOf } from './row.ts'
import type { SqlRow } from './sqlite-driver.ts'

/** What a column holds as JSON; null for what is none, or not in the shape that it ought to have. */
export function jsonOf<Schema extends TSchema>(
  schema: Schema,
  row: SqlRow,
  column: string,
): Static<Schema> | null {
  const value = parsedOrUndefined(textOf(row, column))
  return checkerOf(schema).check(value) ? (value as Static<Schema>) : null
}

/** Undefined for what is no JSON. */
export function parsedOrUndefined(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
