import { startsWith, viewOf } from './byte-reader.ts'
import type { MpegFrameHeader } from './mpeg-header.ts'

/** What the first frame of a stream may hold instead of sound: how long the rest is. */
export interface MpegInfo {
  /** Frames of MPEG behind this one; null when it is not told. */
  readonly count: number | null
  /** Samples that the encoder put before the sound, and after it. */
  readonly delay: number
  readonly padding: number
}

/** Reads the information that encoders put into the first frame (Xing, LAME, VBRI); null when it is sound. */
export function readMpegInfo(
  frame: Uint8Array,
  { version, channels, layer }: MpegFrameHeader,
): MpegInfo | null {
  if (layer !== 3) return null
  const sideBytes = version === 1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17
  const at = 4 + sideBytes
  if (startsWith(frame, 'Xing', at) || startsWith(frame, 'Info', at)) return readXing(frame.subarray(at))
  if (startsWith(frame, 'VBRI', 36) && frame.length >= 54) {
    return { count: viewOf(frame).getUint32(50), delay: 0, padding: 0 }
  }
  return null
}

function readXing(tag: Uint8Array): MpegInfo {
  const view = viewOf(tag)
  const flags = tag[7] ?? 0
  const hasCount = (flags & 1) !== 0
  const count = hasCount && tag.length >= 12 ? view.getUint32(8) : null
  // Each part is there only if its flag is: count, bytes, table of contents, quality.
  const lame =
    8 +
    (hasCount ? 4 : 0) +
    ((flags & 2) !== 0 ? 4 : 0) +
    ((flags & 4) !== 0 ? 100 : 0) +
    ((flags & 8) !== 0 ? 4 : 0)
  const hasDelays = tag.length >= lame + 24 && (tag[lame] ?? 0) !== 0
  const [high = 0, middle = 0, low = 0] = hasDelays ? tag.subarray(lame + 21) : []
  return { count, delay: high * 16 + (middle >>> 4), padding: (middle & 15) * 256 + low }
}
