/** What a frame of MPEG audio says of itself (ISO/IEC 11172-3, 2.4.2.3; 13818-3 for lower rates). */
export interface MpegFrameHeader {
  readonly layer: 1 | 2 | 3
  /** 1; 2 and 2.5 for the lower rates. */
  readonly version: 1 | 2 | 2.5
  readonly sampleRate: number
  readonly channels: 1 | 2
  readonly bitsPerSecond: number
  /** Samples of each channel. */
  readonly frames: number
  /** Of the whole frame. */
  readonly bytes: number
}

export const mpegHeaderBytes = 4

/** Kilobits a second by their code, for version 1 by layer, and for the lower rates. */
const rates = {
  first: [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  second: [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  third: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  lowFirst: [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  low: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}
const sampleRates = [44_100, 48_000, 32_000]

/** Reads the header that bytes begin with; null when they are none. Frames of free length are not known here. */
export function readMpegHeader(bytes: Uint8Array): MpegFrameHeader | null {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes
  if (bytes.length < mpegHeaderBytes || first !== 0xff || (second & 0xe0) !== 0xe0) return null
  const version = ([2.5, null, 2, 1] as const)[(second >>> 3) & 3] ?? null
  const layer = ([null, 3, 2, 1] as const)[(second >>> 1) & 3] ?? null
  const kilobits = version === null || layer === null ? 0 : (ratesOf(version, layer)[third >>> 4] ?? 0)
  const fullRate = sampleRates[(third >>> 2) & 3]
  if (version === null || layer === null || kilobits === 0 || fullRate === undefined) return null
  // An emphasis that is reserved: more likely something that only looks like a header.
  if ((fourth & 3) === 2) return null
  const sampleRate = fullRate / (version === 1 ? 1 : version * (version === 2 ? 1 : 1.6))
  const frames = layer === 1 ? 384 : layer === 3 && version !== 1 ? 576 : 1_152
  const padding = (third >>> 1) & 1
  const slot = layer === 1 ? 4 : 1
  const bytesOfFrame = (Math.floor((frames / 8 / slot) * ((kilobits * 1_000) / sampleRate)) + padding) * slot
  return {
    layer,
    version,
    sampleRate,
    channels: fourth >>> 6 === 3 ? 1 : 2,
    bitsPerSecond: kilobits * 1_000,
    frames,
    bytes: bytesOfFrame,
  }
}

function ratesOf(version: 1 | 2 | 2.5, layer: 1 | 2 | 3): readonly number[] {
  if (version !== 1) return layer === 1 ? rates.lowFirst : rates.low
  return layer === 1 ? rates.first : layer === 2 ? rates.second : rates.third
}

/** Whether two frames can be of one stream. */
export function isSameStream(one: MpegFrameHeader, other: MpegFrameHeader): boolean {
  return (
    one.layer === other.layer &&
    one.version === other.version &&
    one.sampleRate === other.sampleRate &&
    one.channels === other.channels
  )
}
