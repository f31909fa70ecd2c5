import type { Protection } from '../port.ts'
import { type FrameGuard, type FrameHeader, headerBytes, readHeader } from './framing.ts'
import { decodeList, type ListHead, readListHead } from './framing-list.ts'

/** Less is not worth a read of the system of its own. */
const minRoomBytes = 32_768

/** What came out of some bytes: whole packets, and whether the stream is beyond repair. */
export interface ArrivedFrames {
  readonly frames: readonly { readonly packet: unknown; readonly protection: Protection }[]
  /** After a broken frame nobody knows where the next one starts, so the connection has to end. */
  readonly problem: string | null
}

/** Puts the bytes of a socket, split anywhere, together into packets. Never throws, whatever arrives. */
export class FrameReader {
  readonly #guard: FrameGuard
  readonly #header = Buffer.alloc(headerBytes)
  #headerFilled = 0
  /** The frame whose body is being read; null between bodies. */
  #body: PartialBody | null = null
  #frames: { packet: unknown; protection: Protection }[] = []
  #problem: string | null = null

  constructor(guard: FrameGuard) {
    this.#guard = guard
  }

  read(chunk: Buffer): ArrivedFrames {
    return this.#collected(() => {
      let at = 0
      while (this.#problem === null && at < chunk.length) {
        at = this.#body === null ? this.#readFrame(chunk, at) : this.#readOn(this.#body, chunk, at)
      }
    })
  }

  /** Where the next bytes belong, when many of them are to go to one place. Put there, they need not be copied. */
  room(): Uint8Array | null {
    const room = this.#body?.room ?? null
    return room !== null && room.length >= minRoomBytes ? room : null
  }

  /** So many bytes were put there instead of being read. */
  filled(bytes: number): ArrivedFrames {
    return this.#collected(() => {
      const body = this.#body
      body?.advance(bytes)
      if (body?.isComplete) this.#finishBody(body)
    })
  }

  #collected(read: () => void): ArrivedFrames {
    this.#frames = []
    try {
      read()
    } catch (error) {
      this.#problem = `a frame that cannot be read: ${error instanceof Error ? error.message : String(error)}`
    }
    if (this.#problem !== null) this.#body = null
    return { frames: this.#frames, problem: this.#problem }
  }

  /** What is wrong when the stream ends here; null between frames. */
  end(): string | null {
    if (this.#problem !== null) return this.#problem
    if (this.#body !== null)
      return `the end after ${this.#body.filled} of the ${this.#body.length} bytes of a frame`
    return this.#headerFilled === 0 ? null : 'the end within the header of a frame'
  }

  /** Reads a header, and the body when all of it is there. */
  #readFrame(chunk: Buffer, from: number): number {
    const at = from + chunk.copy(this.#header, this.#headerFilled, from)
    this.#headerFilled += at - from
    if (this.#headerFilled < headerBytes) return at
    this.#headerFilled = 0
    const header = readHeader(this.#header)
    if (typeof header === 'string') {
      this.#problem = header
      return at
    }
    const end = at + header.length
    if (end <= chunk.length) {
      this.#finish(header, chunk.subarray(at, end))
      return end
    }
    this.#body = new PartialBody(header)
    return at
  }

  #readOn(body: PartialBody, chunk: Buffer, from: number): number {
    const at = body.fill(chunk, from)
    if (body.isComplete) this.#finishBody(body)
    return at
  }

  #finishBody(body: PartialBody): void {
    this.#body = null
    const { header, head } = body
    if (head === null) this.#finish(header, body.first)
    else this.#frames.push({ packet: decodeList(head, body.buffers), protection: 'none' })
  }

  #finish(header: FrameHeader, body: Buffer): void {
    const { kind, protection, headLength } = header
    const plain = protection === 'none' ? body : this.#opened(protection, body)
    if (plain === null) return
    const packet = kind === 'text' ? plain.toString() : listOf(plain, headLength)
    this.#frames.push({ packet, protection })
  }

  #opened(protection: 'signed' | 'encrypted', body: Buffer): Buffer | null {
    const result = this.#guard.open(protection, this.#header, body)
    switch (result.kind) {
      case 'opened':
        return result.body
      case 'refused':
        this.#problem = result.reason
        return null
    }
  }
}

function listOf(body: Buffer, headLength: number): unknown {
  const head = readListHead(body.toString('utf8', 0, headLength))
  const places = placesOf(head, body.length - headLength)
  const buffers = places.map(size => Buffer.allocUnsafeSlow(size))
  let at = headLength
  for (const buffer of buffers) at += body.copy(buffer, 0, at)
  return decodeList(
    head,
    buffers.map(buffer => buffer.buffer),
  )
}

/** The sizes of a list's buffers, which have to be what follows the head. */
function placesOf(head: ListHead, length: number): readonly number[] {
  const sum = head.sizes.reduce((total, size) => total + size, 0)
  if (sum !== length) throw new Error('its buffers are not as long as it says')
  return head.sizes
}

/**
 * A body that comes in several chunks. Its memory is allocated once, and each byte goes straight to its place: for an
 * unprotected list into the buffers that its reader gets.
 */
class PartialBody {
  readonly header: FrameHeader
  /** The head of an unprotected list; the whole body of anything else. */
  readonly first: Buffer
  /** Of an unprotected list whose head is complete. */
  head: ListHead | null = null
  filled = 0
  #parts: Buffer<ArrayBuffer>[] = []
  #target: Buffer
  #targetFilled = 0
  #next = 0

  constructor(header: FrameHeader) {
    this.header = header
    const isOpenList = header.kind === 'list' && header.protection === 'none'
    this.first = Buffer.allocUnsafeSlow(isOpenList ? header.headLength : header.length)
    this.#target = this.first
  }

  get length(): number {
    return this.header.length
  }

  get buffers(): readonly ArrayBuffer[] {
    return this.#parts.map(part => part.buffer)
  }

  get isComplete(): boolean {
    return this.filled === this.length
  }

  /** What is still to be filled of the memory that is being filled. */
  get room(): Uint8Array {
    return this.#target.subarray(this.#targetFilled)
  }

  /** Takes what it needs of the chunk; says where the rest begins. */
  fill(chunk: Buffer, from: number): number {
    let at = from
    while (at < chunk.length && !this.isComplete) {
      const copied = chunk.copy(this.#target, this.#targetFilled, at)
      at += copied
      this.advance(copied)
    }
    return at
  }

  advance(bytes: number): void {
    this.filled += bytes
    this.#targetFilled += bytes
    if (this.#targetFilled === this.#target.length) this.#turnToNext()
  }

  #turnToNext(): void {
    if (this.first.length === this.length) return
    if (this.head === null) {
      this.head = readListHead(this.first.toString())
      const sizes = placesOf(this.head, this.length - this.first.length)
      this.#parts = sizes.map(size => Buffer.allocUnsafeSlow(size))
    }
    // Empty buffers are complete already.
    while (this.#parts[this.#next]?.length === 0) this.#next += 1
    this.#target = this.#parts[this.#next] ?? this.first
    this.#targetFilled = 0
    this.#next += 1
  }
}
