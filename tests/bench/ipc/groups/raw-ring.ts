/**
 * The least that a ring between two threads can be: two positions, frames of one size that never wrap, and a sleep on
 * the other's position when there is nothing to do. No lengths, no kinds, no end, no distrust.
 */
const headBytes = 128
const tailWord = 0
const headWord = 16

export function createRawRing(capacityBytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(headBytes + capacityBytes)
}

/** Positions count frames' bytes and wrap at 2 ** 31, of which the capacity is a divisor. */
class RawRing {
  readonly words: Int32Array
  readonly data: Uint8Array

  constructor(memory: SharedArrayBuffer) {
    this.words = new Int32Array(memory, 0, headBytes / 4)
    this.data = new Uint8Array(memory, headBytes)
  }

  offsetOf(position: number): number {
    return (position >>> 0) % this.data.length
  }
}

export class RawRingWriter {
  readonly #ring: RawRing
  #tail = 0

  constructor(memory: SharedArrayBuffer) {
    this.#ring = new RawRing(memory)
  }

  write(frame: Uint8Array): void {
    const { words, data } = this.#ring
    for (;;) {
      const head = Atomics.load(words, headWord)
      if (((this.#tail - head) | 0) < data.length) break
      Atomics.wait(words, headWord, head)
    }
    data.set(frame, this.#ring.offsetOf(this.#tail))
    this.#tail = (this.#tail + frame.length) | 0
    Atomics.store(words, tailWord, this.#tail)
    Atomics.notify(words, tailWord)
  }
}

export class RawRingReader {
  readonly #ring: RawRing
  #head = 0

  constructor(memory: SharedArrayBuffer) {
    this.#ring = new RawRing(memory)
  }

  read(frame: Uint8Array): void {
    const { words, data } = this.#ring
    while (Atomics.load(words, tailWord) === this.#head) Atomics.wait(words, tailWord, this.#head)
    const from = this.#ring.offsetOf(this.#head)
    frame.set(data.subarray(from, from + frame.length))
    this.#head = (this.#head + frame.length) | 0
    Atomics.store(words, headWord, this.#head)
    Atomics.notify(words, headWord)
  }
}
