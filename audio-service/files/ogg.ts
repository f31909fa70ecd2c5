import type { AudioFormat } from '../../contracts/audio.ts'
import { BrokenFileError } from './broken-file.ts'
import { type ByteReader, startsWith } from './byte-reader.ts'
import { decodeOggFlac, probeOggFlac } from './ogg-flac.ts'
import { type PacketGroup, packetsOf } from './ogg-packets.ts'
import { lastGranuleOf, takeOggPage } from './ogg-pages.ts'
import { decodeOpus, probeOpus } from './opus.ts'
import type { Decoded } from './sound.ts'
import { decodeVorbis, probeVorbis } from './vorbis.ts'

/** Streams that may begin side by side before one of them is sound that is known here. */
const mostStreams = 20

/** Decodes the first stream of Vorbis, Opus or FLAC in an Ogg file (RFC 3533). One that follows it is not played. */
export async function* decodeOgg(reader: ByteReader): AsyncGenerator<Decoded, void> {
  const { codec, packets } = await findStream(reader)
  switch (codec) {
    case 'vorbis':
      yield* decodeVorbis(packets)
      break
    case 'opus':
      yield* decodeOpus(packets)
      break
    case 'flac':
      yield* decodeOggFlac(packets)
      break
  }
  // Streams beside it may still have pages; one that begins now would be cut off silently.
  for (let page = await takeOggPage(reader); page !== null; page = await takeOggPage(reader)) {
    if (page.isFirst) throw BrokenFileError.unsupported(page.byte, 'Another stream follows the first')
  }
}

/** The format, by the beginning and the end of the file. */
export async function probeOgg(reader: ByteReader, tail: Uint8Array): Promise<AudioFormat> {
  const { codec, packets } = await findStream(reader)
  const granule = lastGranuleOf(tail)
  switch (codec) {
    case 'vorbis':
      return await probeVorbis(packets, granule)
    case 'opus':
      return await probeOpus(packets, granule)
    case 'flac':
      return await probeOggFlac(packets)
  }
}

type OggCodec = 'vorbis' | 'opus' | 'flac'

async function findStream(
  reader: ByteReader,
): Promise<{ codec: OggCodec; packets: AsyncGenerator<PacketGroup, void> }> {
  const byte = reader.position
  for (let stream = 0; stream < mostStreams; stream += 1) {
    const page = await takeOggPage(reader)
    if (page === null || !page.isFirst) break
    const codec = codecOf(page.content)
    if (codec !== null) return { codec, packets: packetsOf(reader, page) }
  }
  throw BrokenFileError.unsupported(byte, 'No stream in it is Vorbis, Opus or FLAC')
}

function codecOf(packet: Uint8Array): OggCodec | null {
  if (startsWith(packet, '\u0001vorbis')) return 'vorbis'
  if (startsWith(packet, 'OpusHead')) return 'opus'
  return startsWith(packet, '\u007fFLAC') ? 'flac' : null
}
