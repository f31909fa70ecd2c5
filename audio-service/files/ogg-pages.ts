import { BrokenFileError } from './broken-file.ts'
import { type ByteReader, startsWith, viewOf } from './byte-reader.ts'
import { oggChecksum } from './checksums.ts'

const headerBytes = 27

/** One page (RFC 3533, section 6). */
export interface OggPage {
  /** Where it begins in the file. */
  readonly byte: number
  readonly serial: number
  readonly sequence: number
  readonly isContinued: boolean
  readonly isFirst: boolean
  readonly isLast: boolean
  /** Null where no packet ends in the page. */
  readonly granule: number | null
  /** Lengths of the pieces of packets. A piece of 255 bytes goes on in the next. */
  readonly lacing: Uint8Array
  readonly content: Uint8Array
}

/** Takes the next page; null at the end of the file. What is no page with a right checksum is damage. */
export async function takeOggPage(reader: ByteReader): Promise<OggPage | null> {
  if (!(await reader.has(1))) return null
  const byte = reader.position
  if ((await reader.has(4)) && !startsWith(reader.peek(4), 'OggS')) {
    throw BrokenFileError.damaged(byte, 'No page begins where one should')
  }
  await reader.expect(headerBytes, 'a page')
  const segments = reader.peek(headerBytes)[26] ?? 0
  await reader.expect(headerBytes + segments, 'a page')
  let contentBytes = 0
  for (const length of reader.peek(headerBytes + segments).subarray(headerBytes)) contentBytes += length
  await reader.expect(headerBytes + segments + contentBytes, 'a page')
  const bytes = reader.take(headerBytes + segments + contentBytes).slice()
  const view = viewOf(bytes)
  if (view.getUint32(22, true) !== oggChecksum(bytes)) {
    throw BrokenFileError.damaged(byte, 'The checksum of a page does not hold')
  }
  if (bytes[4] !== 0) throw BrokenFileError.unsupported(byte + 4, `Pages of version ${bytes[4]}`)
  const flags = bytes[5] ?? 0
  return {
    byte,
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    isContinued: (flags & 1) !== 0,
    isFirst: (flags & 2) !== 0,
    isLast: (flags & 4) !== 0,
    granule: granuleOf(view),
    lacing: bytes.subarray(headerBytes, headerBytes + segments),
    content: bytes.subarray(headerBytes + segments),
  }
}

function granuleOf(view: DataView): number | null {
  const granule = view.getBigInt64(6, true)
  return granule < 0n || granule > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(granule)
}

/** The granule of the last whole page in the end of a file: how long its stream is. Null where none is found. */
export function lastGranuleOf(tail: Uint8Array): number | null {
  for (let at = tail.length - headerBytes; at >= 0; at -= 1) {
    if (tail[at] !== 0x4f || !startsWith(tail, 'OggS', at)) continue
    const segments = tail[at + 26] ?? 0
    let end = at + headerBytes + segments
    for (const length of tail.subarray(at + headerBytes, end)) end += length
    if (end > tail.length) continue
    const page = tail.subarray(at, end)
    if (viewOf(page).getUint32(22, true) !== oggChecksum(page)) continue
    const granule = granuleOf(viewOf(page))
    if (granule !== null) return granule
  }
  return null
}
