import { MessageTooLargeError } from '../errors.ts'
import type { Packet, PostOptions, Protection } from '../port.ts'
import { maxMessageBytes } from '../size.ts'
import type { OutgoingCopies } from './framing-copies.ts'
import { type Attachment, encodeList } from './framing-list.ts'

/**
 * How packets follow each other on a socket. A frame is a header of twelve bytes and a body:
 *
 *     0  2  the letters NX
 *     2  1  what the body is: 1 text, 2 list
 *     3  1  how it is protected: 0 not at all, 1 signed, 2 encrypted
 *     4  4  length of the body, most significant byte first
 *     8  4  of these, the length of a list's head (see framing-list.ts); 0 for text
 *
 * The body of text is its UTF-8; text is JSON as JSON.stringify writes it, which never holds half a surrogate pair. What
 * a protected body looks like is for its guard to say.
 */
export interface FrameHeader {
  readonly kind: 'text' | 'list'
  readonly protection: Protection
  readonly length: number
  readonly headLength: number
}

/** What a guard makes of a body. */
export type OpenedBody =
  | { readonly kind: 'opened'; readonly body: Buffer }
  | { readonly kind: 'refused'; readonly reason: string }

/** Puts protection around bodies. See secure-channel.ts. */
export interface FrameGuard {
  /** Bytes that protection adds to a body. */
  addedBytes(protection: 'signed' | 'encrypted'): number
  /** The body, protected. `header` says the length of the result. */
  seal(
    protection: 'signed' | 'encrypted',
    header: Uint8Array,
    pieces: readonly Uint8Array[],
  ): readonly Uint8Array[]
  /** Takes the protection off, or says why this frame is not what the peer has sent. */
  open(protection: 'signed' | 'encrypted', header: Uint8Array, body: Buffer): OpenedBody
}

export const headerBytes = 12
/** The largest message, and what is around it. Text of several messages is bound by it as well. */
export const maxFrameBytes = maxMessageBytes + 10_000

const mark = 0x4e58
/** Shorter frames are copied together: a system call over many pieces costs more than copying them. */
const maxJoinedBytes = 16_384
/** The header, and what protection adds. */
const maxAroundBytes = 64

const kinds = ['text', 'list'] as const
const protections = ['none', 'signed', 'encrypted'] as const

/**
 * A packet as pieces to be written one after the other. Buffers that are to be transferred are moved out of the hands of
 * the caller and leave without being copied; the others are copied, because what a socket cannot take at once it takes
 * later, when the caller may have changed them. Throws MESSAGE_TOO_LARGE, and VALIDATION_ERROR for what cannot be carried;
 * nothing has been moved then.
 */
export function encodeFrame(
  packet: Packet,
  options: PostOptions,
  guard: FrameGuard,
  copies: OutgoingCopies,
): readonly Uint8Array[] {
  const { protection = 'none', transfer = [] } = options
  if (typeof packet === 'string') {
    if (protection === 'none') return [encodeText(packet)]
    return sealed(protection, 'text', [Buffer.from(packet)], guard)
  }
  const { head, buffers } = encodeList(packet)
  const headPiece = Buffer.from(head)
  const length = buffers.reduce((sum, buffer) => sum + buffer.length, headPiece.length)
  refuseOversized(length)
  // Encrypting and joining make bytes of their own anyway.
  const isCopiedLater = protection === 'encrypted' || length <= maxJoinedBytes
  const keep = (bytes: Uint8Array) => (isCopiedLater ? bytes : copies.copy(bytes))
  const pieces = [headPiece, ...ownBytes(buffers, transfer, keep)]
  if (protection !== 'none') return sealed(protection, 'list', pieces, guard)
  return joined([encodeHeader({ kind: 'list', protection, length, headLength: headPiece.length }), ...pieces])
}

function encodeText(text: string): Uint8Array {
  const length = Buffer.byteLength(text)
  refuseOversized(length)
  const frame = Buffer.allocUnsafe(headerBytes + length)
  writeHeader(frame, { kind: 'text', protection: 'none', length, headLength: 0 })
  frame.write(text, headerBytes)
  return frame
}

function sealed(
  protection: 'signed' | 'encrypted',
  kind: FrameHeader['kind'],
  pieces: readonly Uint8Array[],
  guard: FrameGuard,
): readonly Uint8Array[] {
  const length = pieces.reduce((sum, piece) => sum + piece.length, guard.addedBytes(protection))
  refuseOversized(length)
  const headLength = kind === 'list' ? (pieces[0]?.length ?? 0) : 0
  const header = encodeHeader({ kind, protection, length, headLength })
  return joined([header, ...guard.seal(protection, header, pieces)])
}

/** The bytes of the buffers, safe from what the caller does with them from now on. */
function ownBytes(
  buffers: readonly Attachment[],
  transfer: readonly ArrayBuffer[],
  keep: (bytes: Uint8Array) => Uint8Array,
): readonly Uint8Array[] {
  const moved = new Map<ArrayBufferLike, ArrayBuffer>()
  for (const buffer of transfer) if (!buffer.detached) moved.set(buffer, buffer.transfer())
  return buffers.map(({ owner, offset, length }) => {
    const mine = moved.get(owner)
    const bytes = new Uint8Array(mine ?? owner, offset, length)
    return mine === undefined ? keep(bytes) : bytes
  })
}

function joined(pieces: readonly Uint8Array[]): readonly Uint8Array[] {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  return length <= maxJoinedBytes + maxAroundBytes ? [Buffer.concat(pieces, length)] : pieces
}

function refuseOversized(length: number): void {
  if (length > maxFrameBytes) throw new MessageTooLargeError(`${length} bytes are more than ${maxFrameBytes}`)
}

function encodeHeader(header: FrameHeader): Buffer {
  const bytes = Buffer.allocUnsafe(headerBytes)
  writeHeader(bytes, header)
  return bytes
}

function writeHeader(bytes: Buffer, header: FrameHeader): void {
  bytes.writeUInt16BE(mark, 0)
  bytes[2] = kinds.indexOf(header.kind) + 1
  bytes[3] = protections.indexOf(header.protection)
  bytes.writeUInt32BE(header.length, 4)
  bytes.writeUInt32BE(header.headLength, 8)
}

/** Reads a header, or says what is wrong with it. */
export function readHeader(bytes: Buffer): FrameHeader | string {
  const kind = kinds[(bytes[2] ?? 0) - 1]
  const protection = protections[bytes[3] ?? -1]
  if (bytes.readUInt16BE(0) !== mark || kind === undefined || protection === undefined) {
    return 'bytes that are no frame'
  }
  const length = bytes.readUInt32BE(4)
  if (length > maxFrameBytes) return `a frame of ${length} bytes, more than ${maxFrameBytes}`
  const headLength = bytes.readUInt32BE(8)
  if (headLength > length || (kind === 'text' && headLength !== 0)) return 'a frame whose parts do not fit'
  return { kind, protection, length, headLength }
}
