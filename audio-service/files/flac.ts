import { FLACDecoder } from '@wasm-audio-decoders/flac'
import type { AudioFormat } from '../../contracts/audio.ts'
import { BrokenFileError } from './broken-file.ts'
import type { ByteReader } from './byte-reader.ts'
import { viewOf } from './byte-reader.ts'
import { type FlacFrame, takeFlacFrames } from './flac-frames.ts'
import { readFrameHeader, readStreamInfo, type StreamInfo } from './flac-header.ts'
import { type Decoded, noTags, type Tags } from './sound.ts'
import { readVorbisComment } from './vorbis-comment.ts'

const mostCommentBytes = 1_048_576
const mostBlocks = 1_000
const blockType = { streamInfo: 0, comment: 4, invalid: 127 }

/** Decodes FLAC (RFC 9639) by libFLAC. */
export async function* decodeFlac(reader: ByteReader, tagsBefore: Tags): AsyncGenerator<Decoded, void> {
  const { info, tags } = await readHead(reader, tagsBefore)
  yield { kind: 'format', format: flacFormat(info, tags, 'flac') }
  yield* decodeFlacFrames(takeFlacFrames(reader, info), info)
}

export async function probeFlac(reader: ByteReader, tagsBefore: Tags): Promise<AudioFormat> {
  const { info, tags } = await readHead(reader, tagsBefore)
  return flacFormat(info, tags, 'flac')
}

async function readHead(reader: ByteReader, tagsBefore: Tags): Promise<{ info: StreamInfo; tags: Tags }> {
  reader.take(4)
  let info: StreamInfo | null = null
  let tags = tagsBefore
  for (let block = 0; block < mostBlocks; block += 1) {
    await reader.expect(4, 'its metadata')
    const byte = reader.position
    const header = viewOf(reader.take(4)).getUint32(0)
    const isLast = header >>> 31 === 1
    const type = (header >>> 24) & 127
    const size = header & 0xff_ffff
    if (type === blockType.invalid || (type === blockType.streamInfo) !== (block === 0)) {
      throw BrokenFileError.damaged(byte, 'Its metadata is in disorder')
    }
    if (type === blockType.streamInfo || (type === blockType.comment && size <= mostCommentBytes)) {
      await reader.expect(size, 'its metadata')
      const content = reader.take(size)
      if (type === blockType.streamInfo) info = readStreamInfo(content, byte + 4)
      else tags = { ...tags, ...withoutNulls(readVorbisComment(content)) }
    } else {
      await reader.skip(size, 'its metadata')
    }
    if (isLast && info !== null) return { info, tags }
  }
  throw BrokenFileError.damaged(reader.position, `More than ${mostBlocks} blocks of metadata`)
}

function withoutNulls({ title, artist }: Tags): Partial<Tags> {
  return { ...(title === null ? {} : { title }), ...(artist === null ? {} : { artist }) }
}

export function flacFormat(info: StreamInfo, tags: Tags, container: 'flac' | 'ogg'): AudioFormat {
  const { sampleRate, channels, bitsPerSample, frames } = info
  return {
    codec: 'flac',
    container,
    sampleRate,
    channels,
    bitsPerSample,
    duration: frames === null ? { kind: 'unknown' } : { kind: 'exact', seconds: frames / sampleRate },
    ...noTags,
    ...tags,
  }
}

/** Decodes frames that are known to be whole, and sees that none is missing. */
export async function* decodeFlacFrames(
  frames: AsyncIterable<FlacFrame>,
  info: StreamInfo,
): AsyncGenerator<Decoded, void> {
  const decoder = new FLACDecoder()
  await decoder.ready
  try {
    let done = 0
    let end = 0
    for await (const { bytes, byte } of frames) {
      const header = readFrameHeader(bytes)
      if (header === null) throw BrokenFileError.damaged(byte, 'A frame without a header')
      if (header.channels !== info.channels) throw BrokenFileError.damaged(byte, 'A frame of other channels')
      // A stream may begin in the middle of another; from then on nothing may be missing.
      const isNext = done === 0 || header.number === (header.isNumberOfSample ? end : done)
      if (!isNext) throw BrokenFileError.damaged(byte, 'A frame is missing, or out of order')
      done = header.isNumberOfSample ? done + 1 : header.number + 1
      end = header.isNumberOfSample ? header.number + header.frames : end + header.frames
      const { channelData, errors } = await decodeFrame(decoder, bytes, byte)
      const [problem] = errors
      if (problem !== undefined || channelData[0]?.length !== header.frames) {
        throw BrokenFileError.damaged(
          byte,
          `A frame cannot be decoded${problem === undefined ? '' : `: ${problem.message}`}`,
        )
      }
      yield { kind: 'samples', channels: channelData }
    }
  } finally {
    decoder.free()
  }
}

async function decodeFrame(
  decoder: FLACDecoder,
  bytes: Uint8Array,
  byte: number,
): ReturnType<FLACDecoder['decodeFrames']> {
  try {
    return await decoder.decodeFrames([bytes])
  } catch (error) {
    throw BrokenFileError.damaged(byte, 'A frame cannot be decoded', error)
  }
}
