import { MPEGDecoder } from 'mpg123-decoder'
import type { AudioFormat } from '../../contracts/audio.ts'
import { BrokenFileError } from './broken-file.ts'
import { type ByteReader, startsWith } from './byte-reader.ts'
import { isSameStream, type MpegFrameHeader, mpegHeaderBytes, readMpegHeader } from './mpeg-header.ts'
import { type MpegInfo, readMpegInfo } from './mpeg-info.ts'
import type { Decoded, FileFacts, Tags } from './sound.ts'

/** Decodes MPEG audio, layers I to III, by libmpg123. Encoder delay and padding are cut off where the file tells them. */
export async function* decodeMpeg(
  reader: ByteReader,
  facts: FileFacts,
  tags: Tags,
): AsyncGenerator<Decoded, void> {
  const head = await readHead(reader)
  yield { kind: 'format', format: formatOf(head, facts, tags) }
  const decoder = new MPEGDecoder({ enableGapless: true })
  await decoder.ready
  try {
    let count = 0
    for (;;) {
      const byte = reader.position
      const header = await nextHeader(reader, head)
      if (header === null) break
      const { channelData, samplesDecoded } = decodeFrame(decoder, reader.take(header.bytes), byte)
      count += 1
      if (samplesDecoded > 0) {
        yield { kind: 'samples', channels: channelData.slice(0, head.first.channels) }
      }
    }
    const expected = head.info?.count ?? null
    // The frame that holds the information is not counted in it.
    if (expected !== null && count - 1 < expected)
      throw BrokenFileError.truncated(reader.position, 'its sound')
  } finally {
    decoder.free()
  }
}

export async function probeMpeg(reader: ByteReader, facts: FileFacts, tags: Tags): Promise<AudioFormat> {
  return formatOf(await readHead(reader), facts, tags)
}

/** Whether a stream of MPEG audio begins here: a frame, and behind it another that fits, or the end. */
export async function isMpeg(reader: ByteReader): Promise<boolean> {
  if (!(await reader.has(mpegHeaderBytes))) return false
  const first = readMpegHeader(reader.peek(mpegHeaderBytes))
  if (first === null) return false
  if (!(await reader.has(first.bytes + mpegHeaderBytes))) return true
  const second = readMpegHeader(reader.peek(first.bytes + mpegHeaderBytes).subarray(first.bytes))
  return second !== null && isSameStream(first, second)
}

interface MpegHead {
  readonly first: MpegFrameHeader
  readonly info: MpegInfo | null
  /** Where the sound begins. */
  readonly byte: number
}

async function readHead(reader: ByteReader): Promise<MpegHead> {
  const byte = reader.position
  const first = readMpegHeader(reader.peek(mpegHeaderBytes))
  if (first === null) throw BrokenFileError.damaged(byte, 'No frame begins where one should')
  await reader.expect(first.bytes, 'its first frame')
  return { first, info: readMpegInfo(reader.peek(first.bytes), first), byte }
}

function formatOf({ first, info, byte }: MpegHead, { totalBytes }: FileFacts, tags: Tags): AudioFormat {
  const { sampleRate, channels, frames, bitsPerSecond } = first
  return {
    codec: 'mp3',
    container: 'mpeg',
    sampleRate,
    channels,
    bitsPerSample: null,
    duration:
      info?.count != null
        ? {
            kind: 'exact',
            seconds: Math.max(0, info.count * frames - info.delay - info.padding) / sampleRate,
          }
        : totalBytes === null
          ? { kind: 'unknown' }
          : { kind: 'estimated', seconds: (Math.max(0, totalBytes - byte) * 8) / bitsPerSecond },
    ...tags,
  }
}

/** The header of the frame that comes next, all of which is at hand then; null where the sound ends. */
async function nextHeader(reader: ByteReader, { first }: MpegHead): Promise<MpegFrameHeader | null> {
  if (!(await reader.has(1))) return null
  await reader.has(mpegHeaderBytes)
  const header = readMpegHeader(reader.peek(mpegHeaderBytes))
  if (header === null || !isSameStream(first, header)) {
    if (await isBehindTheSound(reader)) return null
    const isCutShort = reader.buffered < mpegHeaderBytes
    if (isCutShort) throw BrokenFileError.truncated(reader.position, 'a frame')
    throw BrokenFileError.damaged(reader.position, 'No frame begins where one should')
  }
  await reader.expect(header.bytes, 'a frame')
  return header
}

const trailers = ['TAG', 'APETAGEX', 'LYRICSBEGIN', 'ID3']

/** Tags that older programs put at the end, or the zeros with which some fill up a file. */
async function isBehindTheSound(reader: ByteReader): Promise<boolean> {
  await reader.has(11)
  if (trailers.some(word => startsWith(reader.peek(word.length), word))) return true
  while (await reader.has(1)) {
    if (reader.peek(reader.buffered).some(byte => byte !== 0)) return false
    reader.take(reader.buffered)
  }
  return true
}

function decodeFrame(
  decoder: MPEGDecoder,
  frame: Uint8Array,
  byte: number,
): ReturnType<MPEGDecoder['decodeFrame']> {
  let decoded: ReturnType<MPEGDecoder['decodeFrame']>
  try {
    decoded = decoder.decodeFrame(frame)
  } catch (error) {
    throw BrokenFileError.damaged(byte, 'A frame cannot be decoded', error)
  }
  const [problem] = decoded.errors
  if (problem !== undefined)
    throw BrokenFileError.damaged(byte, `A frame cannot be decoded: ${problem.message}`)
  return decoded
}
