import { OpusDecoder } from 'opus-decoder'
import type { AudioFormat } from '../../contracts/audio.ts'
import { mostChannels } from '../../contracts/audio-pcm.ts'
import { BrokenFileError } from './broken-file.ts'
import { startsWith, viewOf } from './byte-reader.ts'
import { fromVorbisOrder } from './channel-order.ts'
import { GranuleTrim } from './granules.ts'
import { takeHeaders } from './ogg-headers.ts'
import type { PacketGroup } from './ogg-packets.ts'
import type { Decoded, Tags } from './sound.ts'
import { readVorbisComment } from './vorbis-comment.ts'

/** Opus counts at this rate, and is decoded at it, whatever was encoded. */
const sampleRate = 48_000
/** What the library takes at once, for each channel: 120 ms at 256 kbit/s. */
const mostPacketBytesOfChannel = 3_840

type Packets = AsyncGenerator<PacketGroup, void>

/** Decodes Opus in Ogg (RFC 7845, RFC 6716) by libopus. */
export async function* decodeOpus(groups: Packets): AsyncGenerator<Decoded, void> {
  const head = await readHead(groups)
  yield { kind: 'format', format: formatOf(head, null) }
  const decoder = new OpusDecoder({
    channels: head.channels,
    streamCount: head.streams,
    coupledStreamCount: head.coupled,
    channelMappingTable: [...head.mapping],
    preSkip: 0,
  })
  await decoder.ready
  try {
    const trim = new GranuleTrim(head.preSkip)
    for await (const { byte, packets, granule, isLast } of groups) {
      const sounds = packets.map(packet => decodePacket(decoder, packet, byte, head))
      yield* trim.trim(sounds, granule, isLast)
    }
  } finally {
    decoder.free()
  }
}

export async function probeOpus(groups: Packets, lastGranule: number | null): Promise<AudioFormat> {
  return formatOf(await readHead(groups), lastGranule)
}

interface OpusHead {
  readonly channels: number
  readonly preSkip: number
  /** To multiply every sample with. */
  readonly gain: number
  readonly streams: number
  readonly coupled: number
  readonly mapping: Uint8Array
  readonly family: number
  readonly tags: Tags
}

async function readHead(groups: Packets): Promise<OpusHead> {
  const [first, second] = await takeHeaders(groups, () => 2)
  if (first === undefined || second === undefined) throw BrokenFileError.damaged(0, 'Headers are missing')
  const { bytes, byte } = first
  if (bytes.length < 19 || !startsWith(second.bytes, 'OpusTags')) {
    throw BrokenFileError.damaged(byte, 'Its headers are not those of Opus')
  }
  const view = viewOf(bytes)
  if (view.getUint8(8) > 15) throw BrokenFileError.unsupported(byte, 'A later version of Opus in Ogg')
  const channels = view.getUint8(9)
  const family = view.getUint8(18)
  if (channels === 0) throw BrokenFileError.damaged(byte, 'It has no channels')
  if (channels > mostChannels) throw BrokenFileError.unsupported(byte, `It has ${channels} channels`)
  return {
    channels,
    preSkip: view.getUint16(10, true),
    gain: 10 ** (view.getInt16(16, true) / 256 / 20),
    ...mappingOf(bytes, channels, family, byte),
    family,
    tags: readVorbisComment(second.bytes.subarray(8)),
  }
}

function mappingOf(
  bytes: Uint8Array,
  channels: number,
  family: number,
  byte: number,
): Pick<OpusHead, 'streams' | 'coupled' | 'mapping'> {
  if (family === 0) {
    if (channels > 2) throw BrokenFileError.damaged(byte, `${channels} channels without a table of them`)
    return { streams: 1, coupled: channels - 1, mapping: Uint8Array.of(0, 1).subarray(0, channels) }
  }
  if (family !== 1 && family !== 255) throw BrokenFileError.unsupported(byte, `Channels of family ${family}`)
  const [streams = 0, coupled = 0] = bytes.subarray(19)
  const mapping = bytes.slice(21, 21 + channels)
  const isPossible =
    mapping.length === channels &&
    streams > 0 &&
    coupled <= streams &&
    mapping.every(place => place === 255 || place < streams + coupled)
  if (!isPossible) throw BrokenFileError.damaged(byte, 'Its table of channels makes no sense')
  return { streams, coupled, mapping }
}

function formatOf({ channels, preSkip, tags }: OpusHead, lastGranule: number | null): AudioFormat {
  return {
    codec: 'opus',
    container: 'ogg',
    sampleRate,
    channels,
    bitsPerSample: null,
    duration:
      lastGranule === null
        ? { kind: 'unknown' }
        : { kind: 'exact', seconds: Math.max(0, lastGranule - preSkip) / sampleRate },
    ...tags,
  }
}

function decodePacket(
  decoder: OpusDecoder,
  packet: Uint8Array,
  byte: number,
  { channels, gain, family }: OpusHead,
): readonly Float32Array[] {
  if (packet.length === 0 || packet.length > mostPacketBytesOfChannel * channels) {
    throw BrokenFileError.damaged(byte, `A packet of ${packet.length} bytes`)
  }
  let decoded: ReturnType<OpusDecoder['decodeFrame']>
  try {
    decoded = decoder.decodeFrame(packet)
  } catch (error) {
    throw BrokenFileError.damaged(byte, 'A packet cannot be decoded', error)
  }
  const [problem] = decoded.errors
  if (problem !== undefined)
    throw BrokenFileError.damaged(byte, `A packet cannot be decoded: ${problem.message}`)
  const sound = decoded.channelData
  if (gain !== 1)
    for (const channel of sound) for (const [at, value] of channel.entries()) channel[at] = value * gain
  return family === 1 ? fromVorbisOrder(sound) : sound
}
