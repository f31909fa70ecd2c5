import type { AudioFormat } from '../../contracts/audio.ts'
import { BrokenFileError } from './broken-file.ts'
import { type ByteReader, startsWith, viewOf } from './byte-reader.ts'
import { type Decoded, noTags, type Tags, tagText } from './sound.ts'
import { readWavLayout, samplesOf, shortestFormatBytes, type WavLayout } from './wav-format.ts'

const framesAtOnce = 8_192
const mostChunks = 1_000
const mostFormatBytes = 1_024
const mostInfoBytes = 65_536
/** In a 32-bit size: look into `ds64`, or, without one, go on to the end of the file. */
const unknownSize = 0xffff_ffff

/** Decodes RIFF, RF64 and BW64 files (EBU Tech 3306, ITU-R BS.2088) with PCM or float samples. */
export async function* decodeWav(reader: ByteReader): AsyncGenerator<Decoded, void> {
  const { layout, tags, dataBytes } = await readHead(reader)
  yield { kind: 'format', format: formatOf(layout, tags, dataBytes) }
  const frameBytes = layout.channels * layout.bytesPerSample
  let left = dataBytes ?? Number.POSITIVE_INFINITY
  while (left >= frameBytes) {
    const wanted = Math.min(left, framesAtOnce * frameBytes)
    await reader.has(wanted)
    const whole = Math.min(wanted, reader.buffered)
    const bytes = reader.take(whole - (whole % frameBytes))
    if (bytes.length > 0) yield { kind: 'samples', channels: samplesOf(bytes, layout) }
    left -= bytes.length
    if (bytes.length < wanted - (wanted % frameBytes)) break
  }
  const isCutShort = dataBytes === null ? reader.buffered > 0 : left >= frameBytes
  if (isCutShort) throw BrokenFileError.truncated(reader.position, 'its samples')
}

/** The format alone. */
export async function probeWav(reader: ByteReader): Promise<AudioFormat> {
  const { layout, tags, dataBytes } = await readHead(reader)
  return formatOf(layout, tags, dataBytes)
}

interface WavHead {
  readonly layout: WavLayout
  readonly tags: Tags
  /** Null when the file does not say. */
  readonly dataBytes: number | null
}

/** Reads chunk after chunk up to the samples. */
async function readHead(reader: ByteReader): Promise<WavHead> {
  reader.take(12)
  let layout: WavLayout | null = null
  let tags = noTags
  let longDataBytes: number | null = null
  for (let chunk = 0; chunk < mostChunks; chunk += 1) {
    await reader.expect(8, 'its chunks')
    const byte = reader.position
    const header = reader.take(8).slice()
    const size = viewOf(header).getUint32(4, true)
    const padded = size + (size % 2)
    if (startsWith(header, 'data')) {
      if (layout === null) throw BrokenFileError.damaged(byte, 'Its samples stand before their format')
      return { layout, tags, dataBytes: size === unknownSize ? longDataBytes : size }
    }
    if (startsWith(header, 'fmt ')) {
      if (size < shortestFormatBytes || size > mostFormatBytes) {
        throw BrokenFileError.damaged(byte, `A format of ${size} bytes`)
      }
      await reader.expect(padded, 'its format')
      layout = readWavLayout(reader.take(padded).subarray(0, size), byte + 8)
    } else if (startsWith(header, 'ds64')) {
      if (size < 16 || size > mostFormatBytes)
        throw BrokenFileError.damaged(byte, `Long sizes of ${size} bytes`)
      await reader.expect(padded, 'its sizes')
      longDataBytes = Number(viewOf(reader.take(padded)).getBigUint64(8, true))
    } else if (startsWith(header, 'LIST') && size >= 4 && size <= mostInfoBytes) {
      await reader.expect(padded, 'its tags')
      tags = readInfo(reader.take(padded))
    } else {
      await reader.skip(padded, 'a chunk')
    }
  }
  throw BrokenFileError.damaged(reader.position, `More than ${mostChunks} chunks before the samples`)
}

function formatOf(layout: WavLayout, tags: Tags, dataBytes: number | null): AudioFormat {
  const { codec, channels, sampleRate, bitsPerSample, bytesPerSample } = layout
  const frames = dataBytes === null ? null : Math.floor(dataBytes / (channels * bytesPerSample))
  return {
    codec,
    container: 'wav',
    sampleRate,
    channels,
    bitsPerSample,
    duration: frames === null ? { kind: 'unknown' } : { kind: 'exact', seconds: frames / sampleRate },
    ...tags,
  }
}

function readInfo(list: Uint8Array): Tags {
  if (!startsWith(list, 'INFO')) return noTags
  let tags = noTags
  for (let at = 4; at + 8 <= list.length; ) {
    const size = viewOf(list).getUint32(at + 4, true)
    const value = tagText(new TextDecoder().decode(list.subarray(at + 8, at + 8 + size)))
    if (startsWith(list, 'INAM', at)) tags = { ...tags, title: value }
    if (startsWith(list, 'IART', at)) tags = { ...tags, artist: value }
    at += 8 + size + (size % 2)
  }
  return tags
}
