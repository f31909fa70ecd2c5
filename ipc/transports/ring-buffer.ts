/**
 * What one thread writes and one other reads, over one SharedArrayBuffer: frames of any length, in order. Exactly one
 * RingWriter and one RingReader may be at work on it; there are no locks.
 *
 * Bytes 0 to 511 hold one word per cache line, so that neither thread takes a line away from the other that it does
 * not have to. Then come the frames: two words (length in bytes, kind) and the payload, padded to 8 bytes, because
 * copying to or from a SharedArrayBuffer at any other place is eight times slower. A frame may go over the end and on
 * at the beginning; its two words never do. Positions count from 0 to twice the capacity, so that full and empty differ.
 */
export class RingBuffer {
  readonly memory: SharedArrayBuffer
  readonly capacityBytes: number
  /** The words of the head, by the `...Word` numbers of this file; only for Atomics. */
  readonly words: Int32Array<SharedArrayBuffer>
  /** The place of the frames, as bytes and as words. */
  readonly data: Uint8Array<SharedArrayBuffer>
  readonly dataWords: Int32Array<SharedArrayBuffer>

  /** Looks at memory that `createRingMemory` made, in this thread or another. Throws TypeError for any other. */
  constructor(memory: SharedArrayBuffer) {
    if (!(memory instanceof SharedArrayBuffer)) throw new TypeError('Not the memory of a ring')
    const capacityBytes = memory.byteLength - headBytes
    if (!isCapacity(capacityBytes) || new Int32Array(memory, 0, 1)[0] !== mark) {
      throw new TypeError('Not the memory of a ring')
    }
    this.memory = memory
    this.capacityBytes = capacityBytes
    this.words = new Int32Array(memory, 0, headBytes / 4)
    this.data = new Uint8Array(memory, headBytes, capacityBytes)
    this.dataWords = new Int32Array(memory, headBytes, capacityBytes / 4)
  }

  /** The longest payload that a frame of this ring can have. */
  get maxFrameBytes(): number {
    return this.capacityBytes - frameHeadBytes
  }

  /** Whether either side has closed it. What was written before may still be read. */
  get isClosed(): boolean {
    return Atomics.load(this.words, closedWord) !== 0
  }

  /** Either side may; both see it, also when they sleep. */
  close(): void {
    Atomics.store(this.words, closedWord, 1)
    this.wake(readerWord)
    this.wake(writerWord)
  }

  /** Where in `data` a position lies, when the data begins anew at `base`. */
  offsetOf(position: number, base: number): number {
    const bytes = position >= base ? position - base : position - base + 2 * this.capacityBytes
    return bytes >= this.capacityBytes ? bytes - this.capacityBytes : bytes
  }

  advanced(position: number, bytes: number): number {
    const next = position + bytes
    return next >= 2 * this.capacityBytes ? next - 2 * this.capacityBytes : next
  }

  /** Whether the other thread may have left this position; what else it leaves is against the rules. */
  isPosition(word: number): boolean {
    return word >= 0 && word < 2 * this.capacityBytes && word % frameAlignment === 0
  }

  /** Bytes between two positions; more than the capacity when both cannot be true. */
  distance(from: number, to: number): number {
    return to >= from ? to - from : to - from + 2 * this.capacityBytes
  }

  /** Ends the sleep of whoever sleeps at this word. */
  wake(word: number): void {
    if (Atomics.exchange(this.words, word, awake) !== awake) Atomics.notify(this.words, word)
  }

  /**
   * Sleeps without blocking the thread; `state` was stored at the word before the last look at the ring. False when
   * nothing happened for `timeoutMs`.
   */
  async sleep(word: number, state: number, timeoutMs: number): Promise<boolean> {
    const { value } = Atomics.waitAsync(this.words, word, state, timeoutMs)
    return (await value) !== 'timed-out'
  }

  /** The same, blocking the thread. */
  sleepSync(word: number, state: number, timeoutMs: number): boolean {
    return Atomics.wait(this.words, word, state, timeoutMs) !== 'timed-out'
  }
}

/** The seed's 100 MB. Memory is taken from the machine only where it is written to, so an unused ring costs next to nothing. */
export const defaultRingBytes = 100_000_000

export interface RingOptions {
  /** Room for frames, in bytes; rounded up to whole cache lines. At most 2 ** 30. */
  readonly capacityBytes?: number
}

/** Fresh memory for a ring; hand it to both threads. Throws RangeError for a capacity that cannot be. */
export function createRingMemory({ capacityBytes = defaultRingBytes }: RingOptions = {}): SharedArrayBuffer {
  const rounded = Math.ceil(capacityBytes / cacheLineBytes) * cacheLineBytes
  if (!isCapacity(rounded)) throw new RangeError(`A ring cannot hold ${capacityBytes} bytes`)
  const memory = new SharedArrayBuffer(headBytes + rounded)
  new Int32Array(memory, 0, 1)[0] = mark
  return memory
}

const cacheLineBytes = 64
const headBytes = 8 * cacheLineBytes
/** Positions of twice the capacity have to be signed words. */
const maxCapacityBytes = 2 ** 30
/** Tells the memory of a ring from any other: "ring". */
const mark = 0x72_69_6e_67

function isCapacity(bytes: number): boolean {
  return bytes >= cacheLineBytes && bytes <= maxCapacityBytes && bytes % cacheLineBytes === 0
}

const wordsOfLine = cacheLineBytes / 4
/** The position up to which frames are written. Stored by the writer. */
export const tailWord = wordsOfLine
/**
 * The position that lies at the beginning of the data. The writer moves it, before the tail, when the ring is empty:
 * a ring that is read in time goes through the same few pages of memory again and again.
 */
export const baseWord = tailWord + 1
/** The position up to which frames were read. Stored by the reader. */
export const headWord = 2 * wordsOfLine
/** Whether the reader sleeps. */
export const readerWord = 3 * wordsOfLine
/** Whether the writer sleeps. */
export const writerWord = 4 * wordsOfLine
/** So many bytes have to be free before the writer wants to be woken. */
export const wantedWord = 5 * wordsOfLine
const closedWord = 6 * wordsOfLine

export const awake = 0
export const asleep = 1
/** Only closing matters to a reader that has not been started. */
export const asleepUntilClosed = 2

const frameAlignment = 8
/** Length and kind of a frame, one word each. */
export const frameHeadBytes = 8

/** What a frame takes in the ring. */
export function bytesInRing(payloadBytes: number): number {
  return frameHeadBytes + ((payloadBytes + frameAlignment - 1) & -frameAlignment)
}
