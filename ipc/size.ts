/** The largest message that the framework carries. */
export const maxMessageBytes = 10_000_000

/** Beyond so many parts a size is no longer cheap to know; contracts bound the lengths of lists. */
const maxParts = 20_000
/** A peer may nest without end; the contracts do not. */
const maxDepth = 64

/**
 * About how many bytes a value takes between two processes: strings by their length, buffers by theirs. Stops when
 * the answer is clear or would become expensive.
 */
export function approximateBytes(value: unknown, enough: number = maxMessageBytes): number {
  let bytes = 0
  let parts = 0
  const visit = (part: unknown, depth: number): void => {
    if (typeof part === 'string') {
      bytes += part.length
      return
    }
    bytes += 8
    if (typeof part !== 'object' || part === null || depth > maxDepth) return
    if (part instanceof ArrayBuffer || ArrayBuffer.isView(part)) {
      bytes += part.byteLength
      return
    }
    for (const inner of Array.isArray(part) ? part : Object.values(part)) {
      parts += 1
      if (parts > maxParts || bytes > enough) return
      visit(inner, depth + 1)
    }
  }
  visit(value, 0)
  return bytes
}
