import { BrokenFileError } from './broken-file.ts'
import type { ByteReader } from './byte-reader.ts'
import { type OggPage, takeOggPage } from './ogg-pages.ts'

/** Larger packets are in no file that plays; cover pictures within comments are the largest there are. */
const mostPacketBytes = 16 * 1_048_576

/** The packets that end in one page. */
export interface PacketGroup {
  /** Where the page begins in the file. */
  readonly byte: number
  readonly packets: readonly Uint8Array[]
  /** What the stream counts up to the end of the last of them; null when none ends here. */
  readonly granule: number | null
  readonly isLast: boolean
}

/**
 * The packets of the stream that begins in `first`, page by page. Streams that run beside it are passed over. Holes,
 * and a stream that does not end, are damage.
 */
export async function* packetsOf(reader: ByteReader, first: OggPage): AsyncGenerator<PacketGroup, void> {
  let page: OggPage | null = first
  let sequence = first.sequence
  let unfinished: Uint8Array[] = []
  while (page !== null) {
    if (page.serial !== first.serial) {
      page = await takeOggPage(reader)
      continue
    }
    if (page !== first) {
      sequence += 1
      if (page.isFirst || page.sequence !== sequence) {
        throw BrokenFileError.damaged(
          page.byte,
          `Page ${sequence} is missing, or another stands in its place`,
        )
      }
      if (page.isContinued !== unfinished.length > 0) {
        throw BrokenFileError.damaged(page.byte, 'A packet does not go on where it was broken off')
      }
    }
    const cut = cutPackets(page, unfinished)
    unfinished = cut.unfinished
    if (unfinished.reduce((sum, { length }) => sum + length, 0) > mostPacketBytes) {
      throw BrokenFileError.damaged(page.byte, 'A packet without end')
    }
    yield { byte: page.byte, packets: cut.packets, granule: page.granule, isLast: page.isLast }
    if (page.isLast) return
    page = await takeOggPage(reader)
  }
  throw BrokenFileError.truncated(reader.position, 'a stream')
}

function cutPackets(
  { lacing, content }: OggPage,
  before: readonly Uint8Array[],
): { packets: Uint8Array[]; unfinished: Uint8Array[] } {
  const packets: Uint8Array[] = []
  let pieces = [...before]
  let from = 0
  let to = 0
  for (const length of lacing) {
    to += length
    if (length === 255) continue
    packets.push(joined([...pieces, content.subarray(from, to)]))
    pieces = []
    from = to
  }
  if (to > from) pieces.push(content.subarray(from, to))
  return { packets, unfinished: pieces }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces
  if (only !== undefined && pieces.length === 1) return only
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
