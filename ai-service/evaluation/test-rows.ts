import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Static, TSchema } from 'typebox'
import { readRows } from '../training/read-rows.ts'

/**
 * The rows of every `test*.jsonl.gz` of a folder, or of the file of this task where a folder holds several. Throws when
 * there is none, or a line has another shape.
 */
export function readTestRows<T extends TSchema>(folder: string, schema: T, task = ''): Static<T>[] {
  const files = readdirSync(folder)
    .filter(file => /^test.*\.jsonl\.gz$/.test(file) || file === `${task}_test.jsonl.gz`)
    .sort()
  if (files.length === 0) throw new Error(`${folder} holds no test*.jsonl.gz`)
  const rows = files.flatMap(file => readRows(join(folder, file), schema))
  if (rows.length === 0) throw new Error(`${folder} holds no rows that can be measured`)
  return rows
}
