import type { AudioFormat } from '../../contracts/audio.ts'
import { BrokenFileError } from './broken-file.ts'
import { viewOf } from './byte-reader.ts'
import { crc16 } from './checksums.ts'
import { decodeFlacFrames, flacFormat } from './flac.ts'
import type { FlacFrame } from './flac-frames.ts'
import { readStreamInfo, type StreamInfo } from './flac-header.ts'
import { takeHeaders } from './ogg-headers.ts'
import type { PacketGroup } from './ogg-packets.ts'
import { type Decoded, noTags, type Tags } from './sound.ts'
import { readVorbisComment } from './vorbis-comment.ts'

type Packets = AsyncGenerator<PacketGroup, void>

/** Decodes FLAC in Ogg (RFC 9639, section 10.1): each packet is a frame. */
export async function* decodeOggFlac(groups: Packets): AsyncGenerator<Decoded, void> {
  const { info, tags } = await readHead(groups)
  yield { kind: 'format', format: flacFormat(info, tags, 'ogg') }
  yield* decodeFlacFrames(framesOf(groups), info)
}

export async function probeOggFlac(groups: Packets): Promise<AudioFormat> {
  const { info, tags } = await readHead(groups)
  return flacFormat(info, tags, 'ogg')
}

async function readHead(groups: Packets): Promise<{ info: StreamInfo; tags: Tags }> {
  const headers = await takeHeaders(groups, first => 1 + (first.length >= 9 ? viewOf(first).getUint16(7) : 0))
  const [first, comment] = headers
  if (first === undefined || first.bytes.length < 17) {
    throw BrokenFileError.damaged(first?.byte ?? 0, 'Its headers are not those of FLAC')
  }
  const info = readStreamInfo(first.bytes.subarray(17), first.byte)
  const isComment = comment !== undefined && ((comment.bytes[0] ?? 0) & 127) === 4
  return { info, tags: isComment ? readVorbisComment(comment.bytes.subarray(4)) : noTags }
}

async function* framesOf(groups: Packets): AsyncGenerator<FlacFrame, void> {
  for await (const { byte, packets } of groups) {
    for (const bytes of packets) {
      // Over a whole frame with its checksum, the checksum is zero.
      if (crc16(bytes, 0, bytes.length, 0) !== 0) {
        throw BrokenFileError.damaged(byte, 'The checksum of a frame does not hold')
      }
      yield { bytes, byte }
    }
  }
}
