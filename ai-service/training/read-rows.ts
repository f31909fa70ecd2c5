import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Static, TSchema } from 'typebox'
import Value from 'typebox/value'

/** The rows of a gzipped file of one JSON object a line. Throws with the line that has another shape. */
export function readRows<T extends TSchema>(path: string, schema: T): Static<T>[] {
  return readLines(path).map((line, index) => {
    const row: unknown = JSON.parse(line)
    if (!Value.Check(schema, row)) {
      const [error] = Value.Errors(schema, row)
      throw new TypeError(`${path}, line ${index + 1}: ${error?.message ?? 'another shape'}`)
    }
    return row
  })
}

/** The lines of a gzipped text, empty ones left out. */
export function readLines(path: string): string[] {
  return gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n')
    .filter(line => line !== '')
}
