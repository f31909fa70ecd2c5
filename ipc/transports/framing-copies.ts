/** Memory that is kept for the next large copies of one socket. */
const maxKeptBytes = 4_000_000
/** Smaller copies come from memory that is warm anyway. */
const minPooledBytes = 65_536

/**
 * Copies of large buffers on their way out, in memory that is used again when they have left. Touching a fresh megabyte for
 * the first time costs several times as much as copying one into memory that was used before.
 */
export class OutgoingCopies {
  #kept: Buffer[] = []
  #keptBytes = 0
  #given: Buffer[] = []

  copy(bytes: Uint8Array): Uint8Array {
    if (bytes.length < minPooledBytes) return Buffer.copyBytesFrom(bytes)
    const memory = this.#take(bytes.length)
    memory.set(bytes)
    this.#given.push(memory)
    return memory.subarray(0, bytes.length)
  }

  /** Ends a frame: gives what is to be called when its copies have left, or null when it has none. */
  settle(): (() => void) | null {
    const given = this.#given
    if (given.length === 0) return null
    this.#given = []
    return () => {
      for (const memory of given) this.#keep(memory)
    }
  }

  #take(length: number): Buffer {
    // Not a far larger one, which a large buffer may need next.
    const index = this.#kept.findIndex(memory => memory.length >= length && memory.length <= length * 4)
    const [memory] = index === -1 ? [] : this.#kept.splice(index, 1)
    if (memory === undefined) return Buffer.allocUnsafeSlow(length)
    this.#keptBytes -= memory.length
    return memory
  }

  #keep(memory: Buffer): void {
    if (this.#keptBytes + memory.length > maxKeptBytes) return
    this.#kept.push(memory)
    this.#keptBytes += memory.length
  }
}
