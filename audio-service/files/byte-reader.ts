import { BrokenFileError } from './broken-file.ts'

/** More than this is never kept of a file; no part of a sane file that has to be seen whole is larger. */
const mostBufferedBytes = 8 * 1_048_576
const firstBufferBytes = 131_072

/** Reads a file that arrives in pieces, forwards only, keeping no more of it than is asked for at once. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>
  #buffer = new Uint8Array(firstBufferBytes)
  #start = 0
  #end = 0
  #position = 0
  #isAtEnd = false

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** Of the next byte, from the beginning of the file. */
  get position(): number {
    return this.#position
  }

  /** Bytes that are at hand without waiting. */
  get buffered(): number {
    return this.#end - this.#start
  }

  /** Waits until so many bytes are at hand; false when the file ends before. */
  async has(count: number): Promise<boolean> {
    if (count > mostBufferedBytes) {
      throw BrokenFileError.damaged(this.#position, `A part of ${count} bytes is larger than any file needs`)
    }
    while (this.buffered < count && !this.#isAtEnd) await this.#fill()
    return this.buffered >= count
  }

  /** Waits for so many bytes; a file that ends before is truncated. */
  async expect(count: number, part: string): Promise<void> {
    if (!(await this.has(count))) throw BrokenFileError.truncated(this.#position, part)
  }

  /** The next bytes, left where they are; fewer when fewer are at hand. Valid until the next wait. */
  peek(count: number): Uint8Array {
    return this.#buffer.subarray(this.#start, Math.min(this.#end, this.#start + count))
  }

  /** The next bytes, taken. Valid until the next wait. */
  take(count: number): Uint8Array {
    const bytes = this.peek(count)
    this.#start += bytes.length
    this.#position += bytes.length
    return bytes
  }

  /** Passes over bytes without keeping them; a file that ends before is truncated. */
  async skip(count: number, part: string): Promise<void> {
    let left = count
    while (left > 0) {
      if (!(await this.has(1))) throw BrokenFileError.truncated(this.#position, part)
      left -= this.take(left).length
    }
  }

  async #fill(): Promise<void> {
    const next = await this.#source.next()
    if (next.done === true) {
      this.#isAtEnd = true
      return
    }
    this.#makeRoom(next.value.length)
    this.#buffer.set(next.value, this.#end)
    this.#end += next.value.length
  }

  #makeRoom(count: number): void {
    if (this.#end + count <= this.#buffer.length) return
    const kept = this.#buffer.subarray(this.#start, this.#end)
    const size = Math.max(this.#buffer.length, 2 ** Math.ceil(Math.log2(kept.length + count)))
    if (size === this.#buffer.length) {
      this.#buffer.copyWithin(0, this.#start, this.#end)
    } else {
      const larger = new Uint8Array(size)
      larger.set(kept)
      this.#buffer = larger
    }
    this.#end -= this.#start
    this.#start = 0
  }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Whether bytes begin with this word of ASCII letters. */
export function startsWith(bytes: Uint8Array, word: string, at = 0): boolean {
  for (let place = 0; place < word.length; place += 1) {
    if (bytes[at + place] !== word.charCodeAt(place)) return false
  }
  return true
}
