import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Static, TSchema } from 'typebox'
import Value from 'typebox/value'

/**
 * The rows of a gzipped file of one JSON object a line. Throws TypeError, with the file and the line, where a line is no
 * JSON or has another shape.
 */
export function readRows<T extends TSchema>(path: string, schema: T): Static<T>[] {
  return numberedLines(path).map(({ line, number }) => {
    const row = parsed(line, `${path}, line ${number}`)
    if (!Value.Check(schema, row)) {
      const [error] = Value.Errors(schema, row)
      const place =
        error?.instancePath === undefined || error.instancePath === '' ? '' : `${error.instancePath} `
      throw new TypeError(`${path}, line ${number}: ${place}${error?.message ?? 'another shape'}`)
    }
    return row
  })
}

/** The lines of a gzipped text, empty ones left out. */
export function readLines(path: string): string[] {
  return numberedLines(path).map(({ line }) => line)
}

function numberedLines(path: string): { readonly line: string; readonly number: number }[] {
  return unzipped(path)
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
}

function unzipped(path: string): string {
  try {
    return gunzipSync(readFileSync(path)).toString('utf8')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new TypeError(`${path} cannot be read as a gzipped text: ${reason}`, { cause })
  }
}

function parsed(line: string, place: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new TypeError(`${place}: no JSON (${cause instanceof Error ? cause.message : cause})`, { cause })
  }
}
