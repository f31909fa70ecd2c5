import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis'
import type { AudioFormat } from '../../contracts/audio.ts'
import { mostChannels } from '../../contracts/audio-pcm.ts'
import { BrokenFileError } from './broken-file.ts'
import { startsWith, viewOf } from './byte-reader.ts'
import { fromVorbisOrder } from './channel-order.ts'
import { GranuleTrim } from './granules.ts'
import { type HeaderPacket, takeHeaders } from './ogg-headers.ts'
import type { PacketGroup } from './ogg-packets.ts'
import { type Decoded, isKnownRate, type Tags } from './sound.ts'
import { readVorbisComment } from './vorbis-comment.ts'

/** What the library takes at once; no encoder makes packets near this size. */
const mostPacketBytes = 131_072
const identificationBytes = 30

type Packets = AsyncGenerator<PacketGroup, void>

/** Decodes Vorbis (Vorbis I specification) by libvorbis. */
export async function* decodeVorbis(groups: Packets): AsyncGenerator<Decoded, void> {
  const head = await readHead(groups)
  yield { kind: 'format', format: formatOf(head, null) }
  const decoder = new OggVorbisDecoder()
  await decoder.ready
  try {
    const core = coreOf(decoder)
    begin(core, head)
    const trim = new GranuleTrim(0)
    for await (const { byte, packets, granule, isLast } of groups) {
      const sounds = packets.map(packet => decodePacket(core, packet, byte, head.channels))
      yield* trim.trim(sounds, granule, isLast)
    }
  } finally {
    decoder.free()
  }
}

export async function probeVorbis(groups: Packets, lastGranule: number | null): Promise<AudioFormat> {
  return formatOf(await readHead(groups), lastGranule)
}

interface VorbisHead {
  readonly identification: HeaderPacket
  readonly setup: HeaderPacket
  readonly channels: number
  readonly sampleRate: number
  readonly tags: Tags
}

async function readHead(groups: Packets): Promise<VorbisHead> {
  const [identification, comment, setup] = await takeHeaders(groups, () => 3)
  if (identification === undefined || comment === undefined || setup === undefined) {
    throw BrokenFileError.damaged(0, 'Headers are missing')
  }
  const { bytes, byte } = identification
  const isWhole =
    bytes.length >= identificationBytes &&
    startsWith(comment.bytes, '\u0003vorbis') &&
    startsWith(setup.bytes, '\u0005vorbis')
  if (!isWhole) throw BrokenFileError.damaged(byte, 'Its headers are not those of Vorbis')
  const view = viewOf(bytes)
  const channels = view.getUint8(11)
  const sampleRate = view.getUint32(12, true)
  if (view.getUint32(7, true) !== 0) throw BrokenFileError.unsupported(byte, 'A later version of Vorbis')
  if (channels === 0 || sampleRate === 0) throw BrokenFileError.damaged(byte, 'It has no channels or no rate')
  if (channels > mostChannels) throw BrokenFileError.unsupported(byte, `It has ${channels} channels`)
  if (!isKnownRate(sampleRate)) throw BrokenFileError.unsupported(byte, `Its rate is ${sampleRate} Hz`)
  const tags = readVorbisComment(comment.bytes.subarray(7))
  return { identification, setup, channels, sampleRate, tags }
}

function formatOf({ channels, sampleRate, tags }: VorbisHead, lastGranule: number | null): AudioFormat {
  return {
    codec: 'vorbis',
    container: 'ogg',
    sampleRate,
    channels,
    bitsPerSample: null,
    duration:
      lastGranule === null ? { kind: 'unknown' } : { kind: 'exact', seconds: lastGranule / sampleRate },
    ...tags,
  }
}

/** The part of the library that takes packets. Its own reader of Ogg checks nothing and tells no positions. */
interface VorbisCore {
  sendSetupHeader(packet: Uint8Array): void
  initDsp(): void
  decodePackets(packets: readonly Uint8Array[]): {
    readonly channelData: readonly Float32Array[]
    readonly errors: readonly { readonly message: string }[]
  }
}

function coreOf(decoder: OggVorbisDecoder): VorbisCore {
  const core: unknown = Reflect.get(decoder, '_decoder')
  if (!isCore(core)) throw new TypeError('@wasm-audio-decoders/ogg-vorbis has changed inside')
  return core
}

function isCore(core: unknown): core is VorbisCore {
  return (
    typeof core === 'object' &&
    core !== null &&
    ['sendSetupHeader', 'initDsp', 'decodePackets'].every(
      name => typeof Reflect.get(core, name) === 'function',
    )
  )
}

function begin(core: VorbisCore, { identification, setup }: VorbisHead): void {
  if (setup.bytes.length > mostPacketBytes)
    throw BrokenFileError.unsupported(setup.byte, 'A very large codebook')
  try {
    core.sendSetupHeader(identification.bytes)
    core.sendSetupHeader(setup.bytes)
    core.initDsp()
  } catch (error) {
    throw BrokenFileError.damaged(setup.byte, 'Its codebooks make no sense', error)
  }
}

function decodePacket(
  core: VorbisCore,
  packet: Uint8Array,
  byte: number,
  channels: number,
): readonly Float32Array[] {
  if (packet.length > mostPacketBytes) throw BrokenFileError.damaged(byte, 'A packet is too large')
  // An empty packet stands for one that was lost (section 4.3.9: "decodes to nothing").
  if (packet.length === 0) return []
  let decoded: ReturnType<VorbisCore['decodePackets']>
  try {
    decoded = core.decodePackets([packet])
  } catch (error) {
    throw BrokenFileError.damaged(byte, 'A packet cannot be decoded', error)
  }
  const [problem] = decoded.errors
  if (problem !== undefined)
    throw BrokenFileError.damaged(byte, `A packet cannot be decoded: ${problem.message}`)
  const { channelData } = decoded
  if (channelData.length !== channels) throw BrokenFileError.damaged(byte, 'A packet of other channels')
  return fromVorbisOrder(channelData)
}
