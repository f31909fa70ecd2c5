import { ProcessTerminatedError } from '../errors.ts'
import type { RingBuffer } from './ring-buffer.ts'
import { RingReader } from './ring-reader.ts'
import { RingWriter } from './ring-writer.ts'

const bytesKind = 0

/** Writes a stream of bytes of any length into a ring; the reader does not see where one write ended. */
export class RingByteWriter {
  readonly #ring: RingBuffer
  readonly #writer: RingWriter
  readonly #maxPieceBytes: number

  constructor(ring: RingBuffer) {
    this.#ring = ring
    this.#writer = new RingWriter(ring)
    // So that the reader reads one piece while the next is written.
    this.#maxPieceBytes = Math.min(ring.maxFrameBytes, (ring.capacityBytes >> 2) & -8)
  }

  /** Waits for room as often as needed, without blocking. False when the ring was closed before all was written. */
  async write(bytes: Uint8Array): Promise<boolean> {
    for (let written = 0; written < bytes.length; ) {
      const piece = this.#piece(bytes, written)
      const outcome = this.#writer.tryWriteBytes(bytesKind, piece)
      if (outcome === 'written') written += piece.length
      else if (!(await this.#writer.waitForRoom(piece.length))) return false
    }
    return true
  }

  /** The same, blocking this thread; only for workers. False also when nothing was read for `timeoutMs`. */
  writeSync(bytes: Uint8Array, timeoutMs = Number.POSITIVE_INFINITY): boolean {
    for (let written = 0; written < bytes.length; ) {
      const piece = this.#piece(bytes, written)
      const outcome = this.#writer.tryWriteBytes(bytesKind, piece)
      if (outcome === 'written') written += piece.length
      else if (!this.#writer.waitForRoomSync(piece.length, timeoutMs)) return false
    }
    return true
  }

  /** Ends the stream; what was written can still be read. */
  end(): void {
    this.#ring.close()
  }

  #piece(bytes: Uint8Array, from: number): Uint8Array {
    if (from === 0 && bytes.length <= this.#maxPieceBytes) return bytes
    return bytes.subarray(from, from + this.#maxPieceBytes)
  }
}

/** Reads what a `RingByteWriter` of another thread writes. */
export class RingByteReader {
  readonly #reader: RingReader
  /** Bytes of the frame at hand that were read. */
  #taken = 0

  constructor(ring: RingBuffer) {
    this.#reader = new RingReader(ring)
  }

  /**
   * Fills `into` with what there is, at least one byte, waiting for it without blocking. 0 at the end of the stream.
   * Rejects with PROCESS_TERMINATED when the ring is broken. Lengths that are multiples of 8 copy fastest.
   */
  async read(into: Uint8Array): Promise<number> {
    if (this.#reader.peek() === 'empty') await this.#reader.waitForFrame()
    return this.#take(into)
  }

  /** The same, blocking this thread; only for workers. 0 also when nothing was written for `timeoutMs`. */
  readSync(into: Uint8Array, timeoutMs = Number.POSITIVE_INFINITY): number {
    if (this.#reader.peek() === 'empty') this.#reader.waitForFrameSync(timeoutMs)
    return this.#take(into)
  }

  #take(into: Uint8Array): number {
    let count = 0
    while (count < into.length && this.#reader.peek() === 'frame') {
      const rest = count === 0 ? into : into.subarray(count)
      const copied = this.#reader.copyTo(rest, this.#taken)
      count += copied
      this.#taken += copied
      if (this.#taken < this.#reader.byteLength) break
      this.#taken = 0
      this.#reader.release()
    }
    const { problem } = this.#reader
    if (count === 0 && problem !== null) throw new ProcessTerminatedError(`The ring is broken: ${problem}`)
    return count
  }
}
