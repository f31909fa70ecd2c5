import { mostChannels } from '../../contracts/audio-pcm.ts'
import { BrokenFileError } from './broken-file.ts'
import { viewOf } from './byte-reader.ts'
import { crc8 } from './checksums.ts'
import { isKnownRate } from './sound.ts'

export const streamInfoBytes = 34

/** What stands before the sound of a FLAC stream (RFC 9639, section 8.2). */
export interface StreamInfo {
  readonly sampleRate: number
  readonly channels: number
  readonly bitsPerSample: number
  /** Null when it is not told. */
  readonly frames: number | null
  /** Null when it is not told. */
  readonly largestFrameBytes: number | null
  /** As it stands in the file, for the library. */
  readonly bytes: Uint8Array
}

export function readStreamInfo(block: Uint8Array, byte: number): StreamInfo {
  if (block.length < streamInfoBytes)
    throw BrokenFileError.damaged(byte, 'Its stream information is cut short')
  const view = viewOf(block)
  const packed = view.getUint32(10)
  const sampleRate = packed >>> 12
  const channels = ((packed >>> 9) & 7) + 1
  const bitsPerSample = ((packed >>> 4) & 31) + 1
  const frames = (packed & 15) * 2 ** 32 + view.getUint32(14)
  const largestFrameBytes = view.getUint32(7) & 0xff_ffff
  if (!isKnownRate(sampleRate)) throw BrokenFileError.unsupported(byte, `Its rate is ${sampleRate} Hz`)
  if (channels > mostChannels || bitsPerSample < 4) {
    throw BrokenFileError.damaged(byte, `Samples of ${bitsPerSample} bits`)
  }
  return {
    sampleRate,
    channels,
    bitsPerSample,
    frames: frames === 0 ? null : frames,
    largestFrameBytes: largestFrameBytes === 0 ? null : largestFrameBytes,
    bytes: block.slice(0, streamInfoBytes),
  }
}

/** What a frame says of itself (RFC 9639, section 9.1). */
export interface FlacFrameHeader {
  /** Of the first sample, or of the frame where all are of one length. */
  readonly number: number
  readonly isNumberOfSample: boolean
  readonly frames: number
  readonly channels: number
}

export const longestFrameHeaderBytes = 16

/** Reads the header that bytes begin with; null when they are none, by its rules and its checksum. */
export function readFrameHeader(bytes: Uint8Array): FlacFrameHeader | null {
  const [sync = 0, flags = 0, sizes = 0, layout = 0] = bytes
  if (sync !== 0xff || (flags & 0xfe) !== 0xf8 || (layout & 1) !== 0) return null
  const sizeCode = sizes >>> 4
  const rateCode = sizes & 15
  const channelCode = layout >>> 4
  if (sizeCode === 0 || rateCode === 15 || channelCode > 10) return null
  const coded = readCodedNumber(bytes, 4)
  if (coded === null) return null
  let at = 4 + coded.bytes
  let frames = blockFrames[sizeCode] ?? 0
  if (sizeCode === 6) {
    frames = (bytes[at] ?? 0) + 1
    at += 1
  } else if (sizeCode === 7) {
    frames = (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0) + 1
    at += 2
  }
  if (rateCode === 12) at += 1
  if (rateCode === 13 || rateCode === 14) at += 2
  if (at >= bytes.length || crc8(bytes.subarray(0, at)) !== bytes[at]) return null
  const channels = channelCode < 8 ? channelCode + 1 : 2
  return { number: coded.value, isNumberOfSample: (flags & 1) === 1, frames, channels }
}

/** By the code in the header; 6 and 7 say it behind the header. */
const blockFrames = [0, 192, 576, 1152, 2304, 4608, 0, 0, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768]

/** A number of one to seven bytes, written as UTF-8 writes letters. */
function readCodedNumber(bytes: Uint8Array, from: number): { value: number; bytes: number } | null {
  const first = bytes[from]
  if (first === undefined || first === 0xff) return null
  if (first < 0x80) return { value: first, bytes: 1 }
  const length = Math.clz32(~first << 24)
  if (length < 2) return null
  let value = length >= 7 ? 0 : first & ((1 << (7 - length)) - 1)
  for (let at = from + 1; at < from + length; at += 1) {
    const byte = bytes[at]
    if (byte === undefined || (byte & 0xc0) !== 0x80) return null
    value = value * 64 + (byte & 0x3f)
  }
  return { value, bytes: length }
}
