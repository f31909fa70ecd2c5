/** The largest message that the framework carries. */
export const maxMessageBytes = 10_000_000

/** Beyond so many parts a size is no longer cheap to know, and taken for too large. */
const maxParts = 200_000
/** A peer may nest without end; the contracts do not. */
const maxDepth = 64
const bytesOfSmallValue = 8

/**
 * About how many bytes a value takes between two processes: strings by their length, buffers by theirs. Stops when
 * it is more than `maxMessageBytes`; infinite for what has so many parts that it would be expensive to know.
 */
export function approximateBytes(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return bytesOfSmallValue
  const measure = { bytes: 0, parts: 0 }
  addInner(value, measure, 0)
  return measure.parts > maxParts ? Number.POSITIVE_INFINITY : measure.bytes
}

interface Measure {
  bytes: number
  parts: number
}

function addInner(value: object, measure: Measure, depth: number): void {
  measure.bytes += bytesOfSmallValue
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    measure.bytes += value.byteLength
    return
  }
  if (depth > maxDepth) return
  if (value instanceof Map) {
    for (const [key, part] of value) if (!add(key, measure, depth) || !add(part, measure, depth)) return
    return
  }
  if (value instanceof Set) {
    for (const part of value) if (!add(part, measure, depth)) return
    return
  }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) if (!add(value[index], measure, depth)) return
    return
  }
  for (const name in value) if (!add((value as Record<string, unknown>)[name], measure, depth)) return
}

/** False when nothing more needs to be added. */
function add(part: unknown, measure: Measure, depth: number): boolean {
  measure.parts += 1
  if (typeof part === 'string') measure.bytes += part.length
  else if (typeof part === 'object' && part !== null) addInner(part, measure, depth + 1)
  else measure.bytes += bytesOfSmallValue
  return measure.parts <= maxParts && measure.bytes <= maxMessageBytes
}
