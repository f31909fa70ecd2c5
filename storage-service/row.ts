import type { SqlRow } from './sqlite-driver.ts'
import { StorageError } from './storage-error.ts'

/** Reads columns as what they ought to be; anything else means that the file is damaged. */
export function textOf(row: SqlRow, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw wrong(column)
  return value
}

export function textOrNullOf(row: SqlRow, column: string): string | null {
  return row[column] === null ? null : textOf(row, column)
}

export function integerOf(row: SqlRow, column: string): number {
  const value = row[column]
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw wrong(column)
  return value
}

export function integerOrNullOf(row: SqlRow, column: string): number | null {
  return row[column] === null ? null : integerOf(row, column)
}

/** Null for an empty column, and for what is no blob. */
export function bytesOrNullOf(row: SqlRow, column: string): Uint8Array | null {
  const value = row[column]
  return value instanceof Uint8Array ? value : null
}

function wrong(column: string): StorageError {
  return new StorageError('DATABASE_DAMAGED', `The column ${column} holds something else than it should`)
}
