import type { OnReadOpts } from 'node:net'

/** Sizes of the buffer that a socket is read into: small for heads, larger while much comes. */
const bufferSizes = [16 * 1024, 64 * 1024, 256 * 1024]

/**
 * Reads a socket into one buffer, again and again, so that bytes pass through this process without an object for each
 * piece. Whoever is given bytes must have done with them when it returns true; false keeps them, and stops the reading
 * until the socket is resumed.
 */
export class SocketReader {
  /** For `net.connect`. */
  readonly onread: OnReadOpts
  take: (bytes: Buffer) => boolean
  #sizeAt = 0
  #buffer = Buffer.allocUnsafeSlow(bufferSizes[0] ?? 0)
  #fullReads = 0

  constructor(take: (bytes: Buffer) => boolean) {
    this.take = take
    this.onread = {
      buffer: () => this.#buffer,
      callback: count => {
        const bytes = this.#buffer.subarray(0, count)
        this.#adapt(count)
        return this.take(bytes)
      },
    }
  }

  /** A small buffer again, for a connection that waits. `isHeld`: somebody still writes from the one there was. */
  renew(isHeld: boolean): void {
    this.#fullReads = 0
    if (this.#sizeAt === 0 && !isHeld) return
    this.#sizeAt = 0
    this.#buffer = Buffer.allocUnsafeSlow(bufferSizes[0] ?? 0)
  }

  #adapt(count: number): void {
    if (count < this.#buffer.length) {
      this.#fullReads = 0
      return
    }
    this.#fullReads += 1
    const size = bufferSizes[this.#sizeAt + 1]
    if (this.#fullReads < 2 || size === undefined) return
    this.#fullReads = 0
    this.#sizeAt += 1
    this.#buffer = Buffer.allocUnsafeSlow(size)
  }
}
