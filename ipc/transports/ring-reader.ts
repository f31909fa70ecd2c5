import {
  asleep,
  asleepUntilClosed,
  awake,
  baseWord,
  bytesInRing,
  frameHeadBytes,
  headWord,
  type RingBuffer,
  readerWord,
  tailWord,
  wantedWord,
  writerWord,
} from './ring-buffer.ts'

/** `closed`: everything was read, or the ring is broken, see `problem`. */
export type ReadOutcome = 'frame' | 'empty' | 'closed'

/**
 * The reading side of a ring. Looks at one frame at a time: `peek`, then `kind` and `bytes`, then `release`. Whatever the
 * other thread writes, nothing outside the ring is read: what cannot be closes it.
 */
export class RingReader {
  readonly #ring: RingBuffer
  #head: number
  #base = 0
  /** The writer was here when it was last looked for; it can only be further on. */
  #tail: number
  /** -1 while no frame is looked at. */
  #frameBytes = -1
  #kind = 0
  #problem: string | null = null

  constructor(ring: RingBuffer) {
    this.#ring = ring
    this.#head = Atomics.load(ring.words, headWord)
    this.#tail = this.#head
  }

  /** Why the ring was closed from here, when the other thread does not keep to its rules. */
  get problem(): string | null {
    return this.#problem
  }

  /** The number that the frame was written with. Only after `peek` said that there is one. */
  get kind(): number {
    return this.#kind
  }

  get byteLength(): number {
    return this.#frameBytes
  }

  /** Never waits. */
  peek(): ReadOutcome {
    if (this.#frameBytes >= 0) return 'frame'
    // Where the next frame of a broken ring begins nobody knows.
    if (this.#problem !== null) return 'closed'
    if (this.#head === this.#tail) {
      const outcome = this.#lookForWriter()
      if (outcome !== 'frame') return outcome
    }
    const word = this.#offset >> 2
    const byteLength = this.#ring.dataWords[word] ?? -1
    const kind = this.#ring.dataWords[word + 1] ?? -1
    if (kind < 0) return this.#refuse('kind')
    const isTrue =
      byteLength >= 0 &&
      byteLength <= this.#ring.maxFrameBytes &&
      bytesInRing(byteLength) <= this.#ring.distance(this.#head, this.#tail)
    if (!isTrue) return this.#refuse('length')
    this.#frameBytes = byteLength
    this.#kind = kind
    return 'frame'
  }

  /** The payload: in place where it is in one piece, and then only until `release`; the writer should not touch it. */
  bytes(): Uint8Array {
    const start = this.#offset + frameHeadBytes
    const { data, capacityBytes } = this.#ring
    if (start + this.#frameBytes <= capacityBytes) return data.subarray(start, start + this.#frameBytes)
    const whole = new Uint8Array(this.#frameBytes)
    this.copyTo(whole)
    return whole
  }

  /** Copies from the payload, from `offset` on, what there is and what fits. Gives the number of bytes. */
  copyTo(into: Uint8Array, offset = 0): number {
    const { data, capacityBytes } = this.#ring
    const length = Math.min(into.length, this.#frameBytes - offset)
    const start = this.#offset + frameHeadBytes + offset
    if (start >= capacityBytes) {
      into.set(data.subarray(start - capacityBytes, start - capacityBytes + length))
    } else if (start + length <= capacityBytes) {
      into.set(data.subarray(start, start + length))
    } else {
      into.set(data.subarray(start, capacityBytes))
      into.set(data.subarray(0, start + length - capacityBytes), capacityBytes - start)
    }
    return length
  }

  /** Gives the room of the frame back to the writer. */
  release(): void {
    if (this.#frameBytes < 0) return
    const bytes = bytesInRing(this.#frameBytes)
    this.#frameBytes = -1
    this.#moveOn(bytes)
  }

  /** Waits without spinning and without blocking. `empty` when nothing was written for `timeoutMs`. */
  async waitForFrame(timeoutMs = Number.POSITIVE_INFINITY): Promise<ReadOutcome> {
    while (this.#mustSleep()) {
      if (!(await this.#ring.sleep(readerWord, asleep, timeoutMs))) break
    }
    return this.#wakeUp()
  }

  /** The same, blocking this thread; only for workers that have nothing else to do. */
  waitForFrameSync(timeoutMs = Number.POSITIVE_INFINITY): ReadOutcome {
    while (this.#mustSleep()) {
      if (!this.#ring.sleepSync(readerWord, asleep, timeoutMs)) break
    }
    return this.#wakeUp()
  }

  /** Sleeps until the ring is closed or `wake` is called; frames stay where they are. */
  async waitForClose(): Promise<void> {
    Atomics.store(this.#ring.words, readerWord, asleepUntilClosed)
    if (this.peek() !== 'closed') {
      await this.#ring.sleep(readerWord, asleepUntilClosed, Number.POSITIVE_INFINITY)
    }
  }

  /** Ends a wait of this reader. */
  wake(): void {
    this.#ring.wake(readerWord)
  }

  #mustSleep(): boolean {
    if (this.peek() !== 'empty') return false
    Atomics.store(this.#ring.words, readerWord, asleep)
    // Looked again after that is stored, as the writer looks for it after it has stored the tail.
    return this.peek() === 'empty'
  }

  #wakeUp(): ReadOutcome {
    Atomics.store(this.#ring.words, readerWord, awake)
    return this.peek()
  }

  get #offset(): number {
    return this.#ring.offsetOf(this.#head, this.#base)
  }

  #lookForWriter(): ReadOutcome {
    const ring = this.#ring
    // In this order: what was written before the ring was closed is there when the ring is seen closed.
    const isClosed = ring.isClosed
    const tail = Atomics.load(ring.words, tailWord)
    if (tail === this.#head) return isClosed ? 'closed' : 'empty'
    // The writer moved it before the tail, if at all, and cannot move it again before these frames are read.
    const base = Atomics.load(ring.words, baseWord)
    const arePositions = ring.isPosition(tail) && ring.isPosition(base) && ring.isPosition(this.#head)
    if (!arePositions || ring.distance(this.#head, tail) > ring.capacityBytes) return this.#refuse('position')
    this.#tail = tail
    this.#base = base
    return 'frame'
  }

  #moveOn(bytes: number): void {
    const ring = this.#ring
    this.#head = ring.advanced(this.#head, bytes)
    Atomics.store(ring.words, headWord, this.#head)
    if (Atomics.load(ring.words, writerWord) !== asleep) return
    const wanted = Atomics.load(ring.words, wantedWord)
    const tail = Atomics.load(ring.words, tailWord)
    if (ring.capacityBytes - ring.distance(this.#head, tail) >= wanted) ring.wake(writerWord)
  }

  #refuse(what: 'length' | 'kind' | 'position'): 'closed' {
    this.#problem = `the writer left an impossible ${what}`
    this.#ring.close()
    return 'closed'
  }
}
