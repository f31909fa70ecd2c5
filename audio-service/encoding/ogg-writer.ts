import { oggChecksum } from '../files/checksums.ts'

/** Pieces of packets that one page holds at most. */
const mostSegments = 255

/** Lays packets into the pages of one Ogg stream (RFC 3533). */
export class OggWriter {
  readonly #serial: number
  readonly #segments: number[] = []
  readonly #pieces: Uint8Array[] = []
  #sequence = 0

  constructor(serial: number) {
    this.#serial = serial
  }

  /** Whether a packet of so many bytes still fits into the page that is being filled. */
  fits(bytes: number): boolean {
    return this.#segments.length + Math.floor(bytes / 255) + 1 <= mostSegments
  }

  /** Adds a packet that fits. */
  add(packet: Uint8Array): void {
    for (let left = packet.length; left >= 255; left -= 255) this.#segments.push(255)
    this.#segments.push(packet.length % 255)
    this.#pieces.push(packet)
  }

  /** The page that was filled. `granule` is what the stream counts up to its end. */
  page(granule: number, isLast: boolean): Uint8Array {
    const contentBytes = this.#pieces.reduce((sum, { length }) => sum + length, 0)
    const page = new Uint8Array(27 + this.#segments.length + contentBytes)
    const view = new DataView(page.buffer)
    page.set([0x4f, 0x67, 0x67, 0x53, 0, (this.#sequence === 0 ? 2 : 0) | (isLast ? 4 : 0)])
    view.setBigInt64(6, BigInt(granule), true)
    view.setUint32(14, this.#serial, true)
    view.setUint32(18, this.#sequence, true)
    view.setUint8(26, this.#segments.length)
    page.set(this.#segments, 27)
    let at = 27 + this.#segments.length
    for (const piece of this.#pieces) {
      page.set(piece, at)
      at += piece.length
    }
    view.setUint32(22, oggChecksum(page), true)
    this.#sequence += 1
    this.#segments.length = 0
    this.#pieces.length = 0
    return page
  }
}
