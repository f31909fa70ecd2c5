import { mostChannels } from '../../contracts/audio-pcm.ts'
import { BrokenFileError } from './broken-file.ts'
import { viewOf } from './byte-reader.ts'
import { isKnownRate } from './sound.ts'

/** How samples lie in a WAVE file. */
export interface WavLayout {
  readonly codec: 'pcm' | 'float'
  readonly channels: number
  readonly sampleRate: number
  readonly bitsPerSample: number
  /** 1 to 4, or 4 and 8 for floats. */
  readonly bytesPerSample: number
}

const formatTag = { pcm: 1, float: 3, extensible: 0xfffe }
export const shortestFormatBytes = 16
const extensibleBytes = 40
/** The last 14 bytes of the identifier that an extensible format puts behind the tag (KSDATAFORMAT_SUBTYPE). */
const subtypeTail = [0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113]

/**
 * Reads a `fmt ` chunk, which begins at `byte` of the file. Format: Microsoft's "Multiple Channel Audio Data and WAVE
 * Files"; RIFF of 1991.
 */
export function readWavLayout(chunk: Uint8Array, byte: number): WavLayout {
  const view = viewOf(chunk)
  let tag = view.getUint16(0, true)
  const channels = view.getUint16(2, true)
  const sampleRate = view.getUint32(4, true)
  const blockBytes = view.getUint16(12, true)
  const bitsPerSample = view.getUint16(14, true)
  if (tag === formatTag.extensible) {
    if (chunk.length < extensibleBytes)
      throw BrokenFileError.damaged(byte, 'Its extensible format is cut short')
    if (!subtypeTail.every((value, place) => chunk[26 + place] === value)) {
      throw BrokenFileError.unsupported(byte + 24, 'Its samples are in a format without a known name')
    }
    tag = view.getUint16(24, true)
  }
  const codec = codecOf(tag, byte)
  if (channels === 0 || sampleRate === 0) throw BrokenFileError.damaged(byte, 'It has no channels or no rate')
  if (channels > mostChannels) throw BrokenFileError.unsupported(byte + 2, `It has ${channels} channels`)
  if (!isKnownRate(sampleRate)) throw BrokenFileError.unsupported(byte + 4, `Its rate is ${sampleRate} Hz`)
  const bytesPerSample = blockBytes / channels
  const allowed = codec === 'pcm' ? [1, 2, 3, 4] : [4, 8]
  const isWhole = allowed.includes(bytesPerSample) && bytesPerSample === Math.ceil(bitsPerSample / 8)
  if (!isWhole) {
    throw BrokenFileError.damaged(byte + 12, `${bitsPerSample} bits do not fit blocks of ${blockBytes} bytes`)
  }
  return { codec, channels, sampleRate, bitsPerSample, bytesPerSample }
}

function codecOf(tag: number, byte: number): 'pcm' | 'float' {
  if (tag === formatTag.pcm) return 'pcm'
  if (tag === formatTag.float) return 'float'
  throw BrokenFileError.unsupported(byte, `Its samples are in format ${tag}`)
}

/** Turns whole frames into samples of full scale ±1, one array a channel. */
export function samplesOf(bytes: Uint8Array, layout: WavLayout): Float32Array[] {
  const { channels, bytesPerSample } = layout
  const read = readerOf(layout)
  const view = viewOf(bytes)
  const frames = bytes.length / (channels * bytesPerSample)
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(frames)
    let at = channel * bytesPerSample
    for (let frame = 0; frame < frames; frame += 1) {
      samples[frame] = read(view, at)
      at += channels * bytesPerSample
    }
    return samples
  })
}

function readerOf({ codec, bytesPerSample }: WavLayout): (view: DataView, at: number) => number {
  if (codec === 'float') {
    return bytesPerSample === 4
      ? (view, at) => finite(view.getFloat32(at, true))
      : (view, at) => finite(view.getFloat64(at, true))
  }
  switch (bytesPerSample) {
    case 1:
      return (view, at) => (view.getUint8(at) - 128) / 128
    case 2:
      return (view, at) => view.getInt16(at, true) / 32_768
    case 3:
      return (view, at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65_536) / 8_388_608
    default:
      return (view, at) => view.getInt32(at, true) / 2_147_483_648
  }
}

/** What is no number would spread through every filter behind it. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : 0
}
