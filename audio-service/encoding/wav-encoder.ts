import type { EncodeFormat } from '../../contracts/audio.ts'
import type { Shape } from '../resampling/converter.ts'
import type { Encoder } from './encoder.ts'

export type WavSample = Extract<EncodeFormat, { kind: 'wav' }>['sample']

const bytesOf = { int16: 2, int24: 3, float32: 4 } as const
/** Of a file whose size is not known yet, or does not fit in 32 bits. */
const unknownSize = 0xffff_ffff
const ds64Bytes = 28
const extensibleBytes = 40
/** KSDATAFORMAT_SUBTYPE behind its first two bytes. */
const subtypeTail = [0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113]
/** Which loudspeakers the channels are for, by how many there are. */
const speakers = [0, 0x4, 0x3, 0x7, 0x33, 0x37, 0x3f, 0x70f, 0x63f]

/**
 * Writes WAVE files. Room for long sizes is kept in the header, so that it becomes RF64 (EBU Tech 3306) where 4 GB are
 * not enough, and RIFF otherwise. Whole numbers are rounded, without dither; what exceeds full scale is cut.
 */
export class WavEncoder implements Encoder {
  readonly #shape: Shape
  readonly #sample: WavSample
  #frames = 0

  constructor(shape: Shape, sample: WavSample) {
    this.#shape = shape
    this.#sample = sample
  }

  begin(): Uint8Array {
    return this.#header(null)
  }

  encode(channels: readonly Float32Array[]): Uint8Array {
    const frames = channels[0]?.length ?? 0
    const size = bytesOf[this.#sample]
    const bytes = new Uint8Array(frames * channels.length * size)
    const view = new DataView(bytes.buffer)
    const write = writers[this.#sample]
    const stride = channels.length * size
    for (const [place, channel] of channels.entries()) {
      let at = place * size
      for (const value of channel) {
        write(view, at, value)
        at += stride
      }
    }
    this.#frames += frames
    return bytes
  }

  finish(): { bytes: Uint8Array; header: Uint8Array } {
    const dataBytes = this.#frames * this.#shape.channels * bytesOf[this.#sample]
    return { bytes: new Uint8Array(dataBytes % 2), header: this.#header(dataBytes) }
  }

  [Symbol.dispose](): void {}

  #header(dataBytes: number | null): Uint8Array {
    const { channels, sampleRate } = this.#shape
    const size = bytesOf[this.#sample]
    // Plain formats are told for one or two channels of up to 16 bits, extensible ones for the rest.
    const isPlain = channels <= 2 && this.#sample !== 'int24'
    const formatBytes = isPlain ? 16 : extensibleBytes
    const length = 12 + 8 + ds64Bytes + 8 + formatBytes + 8
    const riffBytes = dataBytes === null ? null : length - 8 + dataBytes + (dataBytes % 2)
    const isLong = riffBytes !== null && riffBytes >= unknownSize
    const bytes = new Uint8Array(length)
    const view = new DataView(bytes.buffer)
    const tag = this.#sample === 'float32' ? 3 : 1
    word(bytes, 0, isLong ? 'RF64' : 'RIFF')
    view.setUint32(4, isLong ? unknownSize : (riffBytes ?? unknownSize), true)
    word(bytes, 8, 'WAVE')
    word(bytes, 12, isLong ? 'ds64' : 'JUNK')
    view.setUint32(16, ds64Bytes, true)
    if (isLong) {
      view.setBigUint64(20, BigInt(riffBytes), true)
      view.setBigUint64(28, BigInt(dataBytes ?? 0), true)
      view.setBigUint64(36, BigInt(this.#frames), true)
    }
    const format = 20 + ds64Bytes
    word(bytes, format, 'fmt ')
    view.setUint32(format + 4, formatBytes, true)
    view.setUint16(format + 8, isPlain ? tag : 0xfffe, true)
    view.setUint16(format + 10, channels, true)
    view.setUint32(format + 12, sampleRate, true)
    view.setUint32(format + 16, sampleRate * channels * size, true)
    view.setUint16(format + 20, channels * size, true)
    view.setUint16(format + 22, size * 8, true)
    if (!isPlain) {
      view.setUint16(format + 24, extensibleBytes - 18, true)
      view.setUint16(format + 26, size * 8, true)
      view.setUint32(format + 28, speakers[channels] ?? 0, true)
      view.setUint16(format + 32, tag, true)
      bytes.set(subtypeTail, format + 34)
    }
    word(bytes, length - 8, 'data')
    view.setUint32(length - 4, isLong ? unknownSize : (dataBytes ?? unknownSize), true)
    return bytes
  }
}

function word(bytes: Uint8Array, at: number, letters: string): void {
  for (const [place, letter] of [...letters].entries()) bytes[at + place] = letter.charCodeAt(0)
}

const writers: Readonly<Record<WavSample, (view: DataView, at: number, value: number) => void>> = {
  int16: (view, at, value) => view.setInt16(at, whole(value, 32_768), true),
  int24: (view, at, value) => {
    const number = whole(value, 8_388_608)
    view.setUint16(at, number & 0xffff, true)
    view.setInt8(at + 2, number >> 16)
  },
  float32: (view, at, value) => view.setFloat32(at, value, true),
}

/** The nearest whole number; full scale itself has none above zero. */
export function whole(value: number, scale: number): number {
  return Math.max(-scale, Math.min(scale - 1, Math.round(value * scale)))
}
