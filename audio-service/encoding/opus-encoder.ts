import OpusScript from 'opusscript'
import type { Tags } from '../files/sound.ts'
import { Converter, type Shape } from '../resampling/converter.ts'
import type { Encoder } from './encoder.ts'
import { OggWriter } from './ogg-writer.ts'
import { whole } from './wav-encoder.ts'

/** Opus in Ogg counts at this rate. */
const sampleRate = 48_000
/** 20 ms: what Opus is best at. */
const packetFrames = 960
/** Frames by which libopus is late at 48 kHz for music: 2.5 ms and 4 ms. They are cut off by whoever decodes. */
const preSkip = 312
/** A page a second: what is lost with a page, and what a page costs, are both small. */
const packetsOfPage = 50
const vendor = 'Nexus'

/** Writes Ogg files of Opus (RFC 7845) with one or two channels. */
export class OpusEncoder implements Encoder {
  readonly #library: OpusScript
  readonly #ogg: OggWriter
  readonly #converter: Converter
  readonly #shape: Shape
  readonly #tags: Tags
  /** Samples of channels in turn, as the library takes them, of a packet that is not full yet. */
  readonly #packet: Int16Array
  #filled = 0
  #frames = 0
  #packets = 0
  #packetsInPage = 0

  constructor(shape: Shape, bitsPerSecond: number, tags: Tags, serial: number) {
    this.#shape = shape
    this.#tags = tags
    this.#ogg = new OggWriter(serial)
    this.#library = new OpusScript(sampleRate, shape.channels, OpusScript.Application.AUDIO)
    this.#library.setBitrate(bitsPerSecond)
    this.#converter = new Converter(shape, { ...shape, sampleRate })
    this.#packet = new Int16Array(packetFrames * shape.channels)
  }

  begin(): Uint8Array {
    this.#ogg.add(opusHead(this.#shape))
    const head = this.#ogg.page(0, false)
    this.#ogg.add(opusTags(this.#tags))
    return joined([head, this.#ogg.page(0, false)])
  }

  encode(channels: readonly Float32Array[]): Uint8Array {
    return joined(this.#take(this.#converter.convert(channels)))
  }

  finish(): { bytes: Uint8Array; header: Uint8Array } {
    const pages = this.#take(this.#converter.finish())
    const end = this.#frames + preSkip
    // Silence behind the end brings out what the encoder still holds.
    const missing = Math.max(1, Math.ceil(end / packetFrames)) * packetFrames - this.#frames
    const silence = Array.from({ length: this.#shape.channels }, () => new Float32Array(missing))
    const last = this.#take(silence, true)
    last.push(this.#ogg.page(end, true))
    return { bytes: joined([...pages, ...last]), header: new Uint8Array(0) }
  }

  [Symbol.dispose](): void {
    this.#library.delete()
  }

  #take(channels: readonly Float32Array[], isPadding = false): Uint8Array[] {
    const pages: Uint8Array[] = []
    const frames = channels[0]?.length ?? 0
    if (!isPadding) this.#frames += frames
    for (let frame = 0; frame < frames; frame += 1) {
      for (const [place, channel] of channels.entries()) {
        this.#packet[this.#filled * channels.length + place] = whole(channel[frame] ?? 0, 32_768)
      }
      this.#filled += 1
      if (this.#filled === packetFrames) this.#encodePacket(pages)
    }
    return pages
  }

  #encodePacket(pages: Uint8Array[]): void {
    this.#filled = 0
    const packet = this.#library.encode(Buffer.from(this.#packet.buffer), packetFrames)
    // A page is written when the next packet is there, so that the last page is never empty.
    if (this.#packetsInPage === packetsOfPage || !this.#ogg.fits(packet.length)) {
      pages.push(this.#ogg.page(this.#packets * packetFrames, false))
      this.#packetsInPage = 0
    }
    this.#ogg.add(packet)
    this.#packets += 1
    this.#packetsInPage += 1
  }
}

/** RFC 7845, section 5.1. */
function opusHead({ channels, sampleRate: original }: Shape): Uint8Array {
  const head = new Uint8Array(19)
  head.set(new TextEncoder().encode('OpusHead'))
  const view = new DataView(head.buffer)
  view.setUint8(8, 1)
  view.setUint8(9, channels)
  view.setUint16(10, preSkip, true)
  view.setUint32(12, original, true)
  return head
}

/** RFC 7845, section 5.2. */
function opusTags({ title, artist }: Tags): Uint8Array {
  const comments = [
    ...(title === null ? [] : [`TITLE=${title}`]),
    ...(artist === null ? [] : [`ARTIST=${artist}`]),
  ]
  return joined([
    new TextEncoder().encode('OpusTags'),
    counted(vendor),
    little(comments.length),
    ...comments.map(counted),
  ])
}

function counted(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  return joined([little(bytes.length), bytes])
}

function little(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, true)
  return bytes
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
