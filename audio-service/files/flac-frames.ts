import { BrokenFileError } from './broken-file.ts'
import type { ByteReader } from './byte-reader.ts'
import { crc16 } from './checksums.ts'
import {
  type FlacFrameHeader,
  longestFrameHeaderBytes,
  readFrameHeader,
  type StreamInfo,
} from './flac-header.ts'

/** No frame is larger: 65,535 samples of 8 channels and 32 bits, verbatim, would be, but nobody makes those. */
const mostFrameBytes = 1_048_576
/** Looked at once, so that the bytes of a frame are not asked for one by one. */
const lookAheadBytes = 16_384

export interface FlacFrame {
  readonly bytes: Uint8Array
  /** Where it begins in the file. */
  readonly byte: number
}

/**
 * Cuts a stream into frames. A frame does not say how long it is: it ends where its checksum holds and a header that
 * fits begins, or the file ends (RFC 9639, section 9.3).
 */
export async function* takeFlacFrames(reader: ByteReader, info: StreamInfo): AsyncGenerator<FlacFrame, void> {
  let samples = 0
  while (info.frames === null || samples < info.frames) {
    if (!(await reader.has(1))) {
      if (info.frames === null) return
      throw BrokenFileError.truncated(reader.position, 'its sound')
    }
    const byte = reader.position
    await reader.has(longestFrameHeaderBytes)
    const header = readFrameHeader(reader.peek(longestFrameHeaderBytes))
    if (header === null) throw BrokenFileError.damaged(byte, 'No frame begins where one should')
    const length = await frameLength(reader, header, info)
    samples += header.frames
    yield { bytes: reader.take(length), byte }
  }
}

async function frameLength(reader: ByteReader, header: FlacFrameHeader, info: StreamInfo): Promise<number> {
  const byte = reader.position
  const most = info.largestFrameBytes ?? mostFrameBytes
  let checksum = 0
  let checked = 0
  /** Where the next frame is looked for; the checksum takes the last two bytes before it. */
  let at = longestFrameHeaderBytes / 2
  let isNextFound = false
  for (let wanted = lookAheadBytes; ; wanted += lookAheadBytes) {
    const isMore = await reader.has(wanted + longestFrameHeaderBytes)
    const bytes = reader.peek(wanted + longestFrameHeaderBytes)
    const last = isMore ? wanted : bytes.length
    for (; at <= last; at += 1) {
      const isEnd = !isMore && at === bytes.length
      if (!isEnd && (bytes[at] !== 0xff || ((bytes[at + 1] ?? 0) & 0xfe) !== 0xf8)) continue
      if (!isEnd && !fits(readFrameHeader(bytes.subarray(at, at + longestFrameHeaderBytes)), header)) continue
      checksum = crc16(bytes, checked, at - 2, checksum)
      checked = at - 2
      if (checksum === (bytes[at - 2] ?? 0) * 256 + (bytes[at - 1] ?? 0)) return at
      isNextFound ||= !isEnd
    }
    if (!isMore) break
    if (at > most + longestFrameHeaderBytes) throw BrokenFileError.damaged(byte, 'A frame without an end')
  }
  // Where another frame begins behind it, this one is there, but wrong.
  if (isNextFound) throw BrokenFileError.damaged(byte, 'The checksum of a frame does not hold')
  throw BrokenFileError.truncated(byte, 'a frame, or its checksum does not hold')
}

function fits(next: FlacFrameHeader | null, { isNumberOfSample, channels }: FlacFrameHeader): boolean {
  return next !== null && next.isNumberOfSample === isNumberOfSample && next.channels === channels
}
