import { OggWriter } from '../../../audio-service/encoding/ogg-writer.ts'
import { WavEncoder } from '../../../audio-service/encoding/wav-encoder.ts'
import { ByteReader } from '../../../audio-service/files/byte-reader.ts'
import { crc8, crc16 } from '../../../audio-service/files/checksums.ts'
import { takeFlacFrames } from '../../../audio-service/files/flac-frames.ts'
import { readStreamInfo } from '../../../audio-service/files/flac-header.ts'
import { readMpegHeader } from '../../../audio-service/files/mpeg-header.ts'
import { packetsOf } from '../../../audio-service/files/ogg-packets.ts'
import { takeOggPage } from '../../../audio-service/files/ogg-pages.ts'
import { allOf, decodeWhole, fixture, inPieces } from '../../../audio-service/testing/sounds.ts'

/** A file of about so many seconds: what a fixture holds, again and again. */
export interface LongFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Frames follow one another; the one with information about the whole is left out. */
export function longMp3(seconds: number): LongFile {
  const file = fixture('stereo.mp3')
  const frames: Uint8Array[] = []
  // Behind the ID3 tag, whose size its header tells.
  let at = 10 + (file[8] ?? 0) * 128 + (file[9] ?? 0)
  for (
    let header = readMpegHeader(file.subarray(at));
    header !== null;
    header = readMpegHeader(file.subarray(at))
  ) {
    frames.push(file.subarray(at, at + header.bytes))
    at += header.bytes
  }
  return { name: 'mp3', bytes: repeated(frames.slice(1), Math.ceil((seconds * 44_100) / 1_152)) }
}

/** Packets laid into pages anew. */
export async function longVorbis(seconds: number): Promise<LongFile> {
  const reader = new ByteReader(inPieces(fixture('stereo.ogg'), 65_536))
  const first = await takeOggPage(reader)
  if (first === null) throw new TypeError('The fixture is empty')
  const packets = (await allOf(packetsOf(reader, first))).flatMap(group => group.packets)
  const [identification, comment, setup, ...sound] = packets
  if (identification === undefined || comment === undefined || setup === undefined)
    throw new TypeError('No headers')
  const writer = new OggWriter(1)
  const pages: Uint8Array[] = []
  for (const headers of [[identification], [comment, setup]]) {
    for (const header of headers) writer.add(header)
    pages.push(writer.page(0, false))
  }
  // The fixture's packets hold 0.4 s together.
  const rounds = Math.ceil(seconds / 0.4)
  for (let round = 1; round <= rounds; round += 1) {
    for (const packet of sound) {
      if (!writer.fits(packet.length)) pages.push(writer.page(round * 17_640 - 1, false))
      writer.add(packet)
    }
    pages.push(writer.page(round * 1_000_000, round === rounds))
  }
  return { name: 'ogg vorbis', bytes: joined(pages) }
}

/** Frames with numbers of their own, and the checksums that belong to them. */
export async function longFlac(seconds: number): Promise<LongFile> {
  const file = fixture('stereo.flac')
  const info = { ...readStreamInfo(file.subarray(8, 42), 8), frames: null }
  const start = beginningOfSound(file)
  const reader = new ByteReader(inPieces(file.subarray(start), 65_536))
  // The last frame is shorter, which only a last frame may be.
  const frames = (await allOf(copied(takeFlacFrames(reader, info)))).slice(0, -1)
  const count = Math.ceil((seconds * 44_100) / 4_096)
  const numbered = Array.from({ length: count }, (_, number) =>
    numberFrame(frames[number % frames.length] ?? new Uint8Array(0), number),
  )
  const head = file.slice(0, 42)
  head[4] = 0x80
  // The number of samples and the digest of the whole are not told.
  head[21] = (head[21] ?? 0) & 0xf0
  head.fill(0, 22, 42)
  return { name: 'flac', bytes: joined([head, ...numbered]) }
}

/** What another file holds, without a codec. */
export async function longWav(source: LongFile): Promise<LongFile> {
  const { channels } = await decodeWhole(source.bytes)
  const encoder = new WavEncoder({ sampleRate: 44_100, channels: channels.length }, 'int16')
  encoder.begin()
  const samples = encoder.encode(channels)
  return { name: 'wav', bytes: joined([encoder.finish().header, samples]) }
}

function beginningOfSound(file: Uint8Array): number {
  let at = 4
  for (let isLast = false; !isLast; ) {
    isLast = (file[at] ?? 0x80) >= 0x80
    at += 4 + (file[at + 1] ?? 0) * 65_536 + (file[at + 2] ?? 0) * 256 + (file[at + 3] ?? 0)
  }
  return at
}

async function* copied(frames: AsyncIterable<{ bytes: Uint8Array }>): AsyncGenerator<Uint8Array, void> {
  for await (const { bytes } of frames) yield bytes.slice()
}

/** The fixture's numbers are below 128: one byte, and the header ends behind it with its checksum. */
function numberFrame(frame: Uint8Array, number: number): Uint8Array {
  const coded = new TextEncoder().encode(String.fromCodePoint(number))
  const header = joined([frame.subarray(0, 4), coded])
  const rest = frame.subarray(6, -2)
  const body = joined([header, Uint8Array.of(crc8(header)), rest])
  const check = crc16(body, 0, body.length, 0)
  return joined([body, Uint8Array.of(check >>> 8, check & 255)])
}

function repeated(parts: readonly Uint8Array[], count: number): Uint8Array {
  return joined(Array.from({ length: count }, (_, at) => parts[at % parts.length] ?? new Uint8Array(0)))
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}
