const marked = new WeakSet<ArrayBufferLike>()

/**
 * Marks bytes as no longer needed by whoever sends them: where the transport can, they are moved instead of copied,
 * and are empty here afterwards. The whole buffer under them goes.
 */
export function moved<T extends Uint8Array>(bytes: T): T {
  marked.add(bytes.buffer)
  return bytes
}

/** The marked buffers inside a value that is about to be posted. */
export function buffersToMove(value: unknown): readonly ArrayBuffer[] {
  const found = new Set<ArrayBuffer>()
  collect(value, found, 0)
  return [...found]
}

const maxDepth = 8

function collect(value: unknown, found: Set<ArrayBuffer>, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > maxDepth) return
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer && marked.has(value.buffer)) found.add(value.buffer)
    return
  }
  for (const part of Object.values(value)) collect(part, found, depth + 1)
}
