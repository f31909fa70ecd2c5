import { MessageTooLargeError } from '../errors.ts'
import {
  asleep,
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

/** A payload that writes itself into the ring, so that text needs no copy in between. */
export interface FrameSource {
  readonly byteLength: number
  /** Fills the whole of `target`, whose length is `byteLength`. */
  writeTo(target: Uint8Array): void
}

/** `full`: try again when there is room. `closed`: never again, see `problem`. */
export type WriteOutcome = 'written' | 'full' | 'closed'

export interface RingWriterOptions {
  /** An empty ring begins anew beyond here, so that a quiet connection keeps to a few pages of memory. */
  readonly rewindAfterBytes?: number
}

/** The pages that a quiet connection keeps to. Fits the caches next to a core. */
const usualRewindBytes = 262_144
/** Looking where the reader is costs a cache line, so it is not done for every frame. */
const rewindCheckBytes = 65_536

/** The writing side of a ring. */
export class RingWriter {
  readonly #ring: RingBuffer
  readonly #rewindAfterBytes: number
  #tail: number
  #base: number
  /** The reader was here when it was last looked for; it can only be further on. */
  #head: number
  #rewindCheckAt: number
  #problem: string | null = null

  constructor(ring: RingBuffer, { rewindAfterBytes = usualRewindBytes }: RingWriterOptions = {}) {
    this.#ring = ring
    this.#rewindAfterBytes = Math.min(rewindAfterBytes, ring.capacityBytes / 2)
    this.#rewindCheckAt = this.#rewindAfterBytes
    this.#tail = Atomics.load(ring.words, tailWord)
    this.#base = Atomics.load(ring.words, baseWord)
    this.#head = this.#tail
    if (!ring.isPosition(this.#tail) || !ring.isPosition(this.#base)) this.#refuse()
    else this.#lookForReader()
  }

  /** Why the ring was closed from here, when the other thread does not keep to its rules. */
  get problem(): string | null {
    return this.#problem
  }

  /** Never waits. `kind` is at least 0. Throws MESSAGE_TOO_LARGE for what could not even enter an empty ring. */
  tryWrite(kind: number, source: FrameSource): WriteOutcome {
    const outcome = this.#claim(source.byteLength)
    if (outcome !== 'written') return outcome
    const { data, capacityBytes } = this.#ring
    const start = this.#offset + frameHeadBytes
    if (start + source.byteLength <= capacityBytes) {
      source.writeTo(data.subarray(start, start + source.byteLength))
    } else {
      const whole = new Uint8Array(source.byteLength)
      source.writeTo(whole)
      this.#copyIn(whole)
    }
    this.#publish(kind, source.byteLength)
    return 'written'
  }

  /** The same for bytes that are there already. */
  tryWriteBytes(kind: number, bytes: Uint8Array): WriteOutcome {
    const outcome = this.#claim(bytes.length)
    if (outcome !== 'written') return outcome
    this.#copyIn(bytes)
    this.#publish(kind, bytes.length)
    return 'written'
  }

  /**
   * Waits without spinning and without blocking until a frame of `byteLength` fits, and then some, so that a slow
   * reader is not asked for every frame. False when the ring is closed, or nothing was read for `timeoutMs`.
   */
  async waitForRoom(byteLength: number, timeoutMs = Number.POSITIVE_INFINITY): Promise<boolean> {
    while (this.#mustSleepFor(byteLength)) {
      if (!(await this.#ring.sleep(writerWord, asleep, timeoutMs))) break
    }
    return this.#wakeUpTo(byteLength)
  }

  /** The same, blocking this thread; only for workers that have nothing else to do. */
  waitForRoomSync(byteLength: number, timeoutMs = Number.POSITIVE_INFINITY): boolean {
    while (this.#mustSleepFor(byteLength)) {
      if (!this.#ring.sleepSync(writerWord, asleep, timeoutMs)) break
    }
    return this.#wakeUpTo(byteLength)
  }

  #claim(byteLength: number): WriteOutcome {
    if (byteLength > this.#ring.maxFrameBytes) {
      throw new MessageTooLargeError(`${byteLength} bytes do not fit a ring of ${this.#ring.capacityBytes}`)
    }
    if (this.#ring.isClosed) return 'closed'
    const needed = bytesInRing(byteLength)
    if (!this.#hasRoom(needed)) return this.#ring.isClosed ? 'closed' : 'full'
    if (this.#offset >= this.#rewindCheckAt) this.#rewindWhenEmpty()
    return 'written'
  }

  get #offset(): number {
    return this.#ring.offsetOf(this.#tail, this.#base)
  }

  #hasRoom(needed: number): boolean {
    if (this.#freeBytes >= needed) return true
    return this.#lookForReader() && this.#freeBytes >= needed
  }

  get #freeBytes(): number {
    return this.#ring.capacityBytes - this.#ring.distance(this.#head, this.#tail)
  }

  /** False when the reader cannot be where it says it is. */
  #lookForReader(): boolean {
    const ring = this.#ring
    const head = Atomics.load(ring.words, headWord)
    if (!ring.isPosition(head) || ring.distance(head, this.#tail) > ring.capacityBytes) {
      return this.#refuse()
    }
    this.#head = head
    return true
  }

  #refuse(): false {
    this.#problem = 'the reader is at an impossible position'
    this.#ring.close()
    return false
  }

  #rewindWhenEmpty(): void {
    this.#rewindCheckAt = this.#offset + rewindCheckBytes
    if (!this.#lookForReader() || this.#head !== this.#tail) return
    this.#base = this.#tail
    Atomics.store(this.#ring.words, baseWord, this.#base)
    this.#rewindCheckAt = this.#rewindAfterBytes
  }

  #copyIn(bytes: Uint8Array): void {
    const { data, capacityBytes } = this.#ring
    const start = this.#offset + frameHeadBytes
    const first = capacityBytes - start
    if (bytes.length <= first) {
      data.set(bytes, start)
    } else {
      data.set(bytes.subarray(0, first), start)
      data.set(bytes.subarray(first), 0)
    }
  }

  #publish(kind: number, byteLength: number): void {
    const ring = this.#ring
    const before = this.#offset
    ring.dataWords[before >> 2] = byteLength
    ring.dataWords[(before >> 2) + 1] = kind
    this.#tail = ring.advanced(this.#tail, bytesInRing(byteLength))
    if (this.#offset < before) this.#rewindCheckAt = this.#rewindAfterBytes
    Atomics.store(ring.words, tailWord, this.#tail)
    // Stored before this look, as the reader stores that it sleeps before it looks at the tail: one sees the other.
    if (Atomics.load(ring.words, readerWord) === asleep) ring.wake(readerWord)
  }

  #mustSleepFor(byteLength: number): boolean {
    const ring = this.#ring
    const needed = bytesInRing(byteLength)
    if (ring.isClosed || this.#hasRoom(needed)) return false
    Atomics.store(ring.words, wantedWord, Math.max(needed, ring.capacityBytes >> 2))
    Atomics.store(ring.words, writerWord, asleep)
    return !ring.isClosed && !this.#hasRoom(needed)
  }

  #wakeUpTo(byteLength: number): boolean {
    Atomics.store(this.#ring.words, writerWord, awake)
    return !this.#ring.isClosed && this.#hasRoom(bytesInRing(byteLength))
  }
}
