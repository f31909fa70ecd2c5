import { redacted } from './recorded-value.ts'

/** One place where two values differ. */
export interface Difference {
  /** Such as `result/keywords/2/phrase`. */
  readonly path: string
  readonly recorded: unknown
  readonly replayed: unknown
}

/** Enough to see what is wrong. */
const maxDifferences = 20

/** Contracts name durations so, by the rules of this project; no two runs take the same time. */
const durationName = /(?:Ms|^milliseconds)$/

/**
 * Where what was answered differs from what is answered now, at most twenty places. Passes over what was redacted, and
 * over numbers that are durations by their name.
 */
export function differencesBetween(
  recorded: unknown,
  replayed: unknown,
  root: string,
): readonly Difference[] {
  const found: Difference[] = []
  const compare = (left: unknown, right: unknown, path: string): void => {
    if (found.length >= maxDifferences || left === redacted || Object.is(left, right)) return
    const [leftParts, rightParts] = [partsOf(left), partsOf(right)]
    if (leftParts === null || rightParts === null || shapeOf(left) !== shapeOf(right)) {
      found.push({ path, recorded: left, replayed: right })
      return
    }
    for (const name of new Set([...leftParts.keys(), ...rightParts.keys()])) {
      const [one, other] = [leftParts.get(name), rightParts.get(name)]
      const isDuration =
        typeof name === 'string' &&
        durationName.test(name) &&
        typeof one === 'number' &&
        typeof other === 'number'
      if (!isDuration) compare(one, other, `${path}/${String(name)}`)
    }
  }
  compare(recorded, replayed, root)
  return found
}

/** What a value is made of, by name or place; null for what has no parts. */
function partsOf(value: unknown): ReadonlyMap<unknown, unknown> | null {
  if (typeof value !== 'object' || value === null) return null
  if (value instanceof Map) return value
  if (value instanceof Set) return new Map([...value].map(part => [part, part]))
  if (value instanceof Date) return new Map([['time', value.getTime()]])
  if (value instanceof ArrayBuffer) return partsOf(new Uint8Array(value))
  if (Array.isArray(value)) return new Map(value.entries())
  // What is absent and what is undefined travel alike.
  return new Map(Object.entries(value).filter(([, part]) => part !== undefined))
}

function shapeOf(value: unknown): string {
  return Object.prototype.toString.call(value)
}
