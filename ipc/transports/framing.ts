import { MessageTooLargeError, ValidationError } from '../errors.ts'
import { maxMessageBytes } from '../size.ts'

const headerBytes = 4
/** The envelope around the largest message. */
export const maxFrameBytes = maxMessageBytes + 10_000

/**
 * One message as bytes: four for the length (most significant first), then JSON in UTF-8. Throws MESSAGE_TOO_LARGE,
 * and VALIDATION_ERROR for what JSON cannot carry.
 */
export function encodeFrame(message: unknown): Buffer {
  let text: string | undefined
  try {
    text = JSON.stringify(message)
  } catch (cause) {
    throw new ValidationError('The message cannot be written as JSON', { cause })
  }
  if (text === undefined) throw new ValidationError('The message cannot be written as JSON')
  const length = Buffer.byteLength(text)
  if (length > maxFrameBytes) throw new MessageTooLargeError(`${length} bytes are more than ${maxFrameBytes}`)
  const frame = Buffer.allocUnsafe(headerBytes + length)
  frame.writeUInt32BE(length, 0)
  frame.write(text, headerBytes)
  return frame
}

/** What came out of some bytes: whole messages, and whether the stream is beyond repair. */
export interface DecodedFrames {
  readonly messages: readonly unknown[]
  /** After a broken frame nobody knows where the next one starts, so the connection has to end. */
  readonly problem: string | null
}

/** Puts the bytes of a socket, split anywhere, together into messages. */
export class FrameReader {
  #chunks: Buffer[] = []
  #buffered = 0
  #problem: string | null = null

  /** Bytes of a frame that is not complete. */
  get pendingBytes(): number {
    return this.#buffered
  }

  read(chunk: Buffer): DecodedFrames {
    if (this.#problem !== null) return { messages: [], problem: this.#problem }
    this.#chunks.push(chunk)
    this.#buffered += chunk.length
    const messages: unknown[] = []
    for (;;) {
      const body = this.#takeBody()
      if (body === null) break
      try {
        messages.push(JSON.parse(body.toString('utf8')))
      } catch {
        this.#problem = 'a frame that is not JSON'
        break
      }
    }
    if (this.#problem !== null) this.#chunks = []
    return { messages, problem: this.#problem }
  }

  /** The next whole frame, or null. */
  #takeBody(): Buffer | null {
    if (this.#buffered < headerBytes) return null
    const length = this.#peekLength()
    if (length > maxFrameBytes) {
      this.#problem = `a frame of ${length} bytes, more than ${maxFrameBytes}`
      return null
    }
    if (this.#buffered < headerBytes + length) return null
    // Joined only when a frame is complete, so that many small chunks do not copy the beginning again and again.
    const all =
      this.#chunks.length === 1 && this.#chunks[0] !== undefined
        ? this.#chunks[0]
        : Buffer.concat(this.#chunks)
    const rest = all.subarray(headerBytes + length)
    this.#chunks = rest.length === 0 ? [] : [rest]
    this.#buffered = rest.length
    return all.subarray(headerBytes, headerBytes + length)
  }

  #peekLength(): number {
    let first = this.#chunks[0]
    if (first === undefined || first.length < headerBytes) {
      first = Buffer.concat(this.#chunks)
      this.#chunks = [first]
    }
    return first.readUInt32BE(0)
  }
}
