/**
 * Fails unless these are the very same objects (or lists of the same objects). `assert.equal` would do, but on failure
 * it prints both, and a window or a session is a graph that takes a minute to print; `assert.deepEqual` would take two
 * different views for equal.
 */
export function assertSame(actual: unknown, expected: unknown, what = 'the value'): void {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) {
      throw new Error(`${what}: expected ${brief(expected)}, got ${brief(actual)}`)
    }
    for (const [index, each] of expected.entries()) assertSame(actual[index], each, `${what}[${index}]`)
    return
  }
  if (!Object.is(actual, expected)) {
    throw new Error(`${what}: expected ${brief(expected)}, got ${brief(actual)}`)
  }
}

function brief(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(brief).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const id = 'id' in value ? `#${String(value.id)}` : ''
  return `a ${value.constructor?.name ?? 'object'}${id}`
}
