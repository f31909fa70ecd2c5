import { OggOpusDecoder } from 'ogg-opus-decoder'
import { describe, expect, it } from 'vitest'
import type { EncodeFormat } from '../../contracts/audio.ts'
import { joinChannels } from '../../contracts/audio-pcm.ts'
import type { CodecJob } from '../codecs/job.ts'
import { runJob } from '../codecs/run-job.ts'
import { oggChecksum } from '../files/checksums.ts'
import type { Shape } from '../resampling/converter.ts'
import { bytesOf, decodeWhole, signalToNoise, sine } from '../testing/sounds.ts'
import { WavEncoder } from './wav-encoder.ts'

async function encode(
  channels: readonly Float32Array[],
  shape: Shape,
  to: EncodeFormat,
): Promise<{ file: Uint8Array; pieces: Uint8Array[]; header: Uint8Array }> {
  const job: CodecJob = { kind: 'encode', to, shape, tags: { title: 'Größe', artist: null }, serial: 7 }
  async function* input(): AsyncGenerator<Uint8Array, void> {
    const frames = channels[0]?.length ?? 0
    for (let at = 0; at < frames; at += 1_000)
      yield joinChannels(channels.map(part => part.slice(at, at + 1_000)))
  }
  const running = runJob(job, input())
  const pieces: Uint8Array[] = []
  for (;;) {
    const next = await running.next()
    if (next.done !== true) {
      if (next.value.kind === 'bytes') pieces.push(next.value.bytes)
      continue
    }
    const header = next.value.kind === 'encoded' ? next.value.header : new Uint8Array(0)
    const file = bytesOf(...pieces)
    file.set(header)
    return { file, pieces, header }
  }
}

function tones(shape: Shape, frames: number): Float32Array[] {
  return Array.from({ length: shape.channels }, (_, place) =>
    sine(440 * (place + 1), { sampleRate: shape.sampleRate, frames, amplitude: 0.25 }),
  )
}

describe('encoding WAVE', () => {
  it.each([
    { sample: 'int16', bits: 16, snr: 80 },
    { sample: 'int24', bits: 24, snr: 125 },
    { sample: 'float32', bits: 32, snr: Number.MAX_VALUE },
  ] as const)('in $sample gives the sound back', async ({ sample, bits, snr }) => {
    for (const channels of [1, 2, 6]) {
      const shape = { sampleRate: 44_100, channels }
      const sound = tones(shape, 3_001)
      const { file } = await encode(sound, shape, { kind: 'wav', sample })
      const back = await decodeWhole(file)
      expect(back.broken).toBeNull()
      expect(back.format).toMatchObject({
        channels,
        bitsPerSample: bits,
        duration: { kind: 'exact', seconds: 3_001 / 44_100 },
      })
      for (const [place, channel] of back.channels.entries()) {
        expect(signalToNoise(channel, sound[place] ?? channel)).toBeGreaterThanOrEqual(snr)
      }
    }
  })

  it('cuts what is above full scale, and is read before its size was put in', async () => {
    const { pieces } = await encode(
      [Float32Array.of(2, -2, 1, -1)],
      { sampleRate: 8_000, channels: 1 },
      {
        kind: 'wav',
        sample: 'int16',
      },
    )
    const { channels, format } = await decodeWhole(bytesOf(...pieces))
    expect(channels.map(channel => [...channel])).toEqual([[32_767 / 32_768, -1, 32_767 / 32_768, -1]])
    expect(format?.duration).toEqual({ kind: 'unknown' })
  })

  it('goes over to 64-bit sizes where 32 bits do not hold them', async () => {
    const encoder = new WavEncoder({ sampleRate: 48_000, channels: 8 }, 'float32')
    const block = Array.from({ length: 8 }, () => new Float32Array(0))
    // As if so much had been encoded, without the hours that it takes.
    Object.defineProperty(block[0], 'length', { value: 140_000_000 })
    encoder.begin()
    const long = Object.assign(Array.from({ length: 0 }), { 0: block[0] })
    expect(() => encoder.encode(long as never)).not.toThrow()
    const { header } = encoder.finish()
    const { format, broken } = await decodeWhole(header)
    expect([broken?.reason, format?.duration]).toEqual([
      'truncated',
      { kind: 'exact', seconds: 140_000_000 / 48_000 },
    ])
  })
})

describe('encoding Opus', () => {
  it.each([
    { sampleRate: 48_000, channels: 2, bitsPerSecond: 128_000, least: 38 },
    { sampleRate: 44_100, channels: 1, bitsPerSecond: 64_000, least: 30 },
    { sampleRate: 16_000, channels: 1, bitsPerSecond: 24_000, least: 15 },
  ])('gives the sound back at $sampleRate Hz, $bitsPerSecond bit/s, as long as it was', async one => {
    const { sampleRate, channels, bitsPerSecond, least } = one
    const shape = { sampleRate, channels }
    const { file, header } = await encode(tones(shape, sampleRate * 2 + 17), shape, {
      kind: 'opus',
      bitsPerSecond,
    })
    const frames = Math.ceil(((sampleRate * 2 + 17) * 48_000) / sampleRate)
    expect(header.length).toBe(0)
    const ours = await decodeWhole(file)
    expect([ours.broken, ours.format?.title]).toEqual([null, 'Größe'])
    const theirs = new OggOpusDecoder()
    await theirs.ready
    const { channelData, errors } = await theirs.decodeFile(file)
    theirs.free()
    expect(errors).toEqual([])
    for (const sound of [ours.channels, channelData]) {
      // The other decoder makes two channels of one.
      for (const [place, expected] of tones({ sampleRate: 48_000, channels }, frames).entries()) {
        expect(sound[place]?.length).toBe(frames)
        expect(signalToNoise(sound[place] ?? expected, expected, 4_000)).toBeGreaterThan(least)
      }
    }
  })

  it('lays pages as RFC 7845 asks', async () => {
    const shape = { sampleRate: 48_000, channels: 2 }
    const { file } = await encode(tones(shape, 120_000), shape, { kind: 'opus', bitsPerSecond: 96_000 })
    const pages = pagesOf(file)
    expect(pages.map(({ flags, sequence }) => [flags, sequence])).toEqual([
      [2, 0],
      [0, 1],
      [0, 2],
      [0, 3],
      [4, 4],
    ])
    expect(pages.map(({ granule }) => granule)).toEqual([0, 0, 48_000, 96_000, 120_312])
    expect(new Set(pages.map(({ serial }) => serial))).toEqual(new Set([7]))
    expect(pages.every(({ checksum, bytes }) => checksum === oggChecksum(bytes))).toBe(true)
    expect([...(pages[0]?.bytes.subarray(28) ?? [])]).toEqual([
      ...bytesOf('OpusHead', [1, 1], [2, 1], [312, 2], [48_000, 4], [0, 2], [0, 1]),
    ])
  })

  it.each([0, 1, 647, 648, 649, 960])('keeps %i frames whole', async frames => {
    const shape = { sampleRate: 48_000, channels: 1 }
    const { file } = await encode([new Float32Array(frames)], shape, { kind: 'opus', bitsPerSecond: 32_000 })
    const { channels, broken } = await decodeWhole(file)
    expect([broken, channels[0]?.length ?? 0]).toEqual([null, frames])
  })
})

function pagesOf(file: Uint8Array): {
  bytes: Uint8Array
  flags: number
  granule: number
  serial: number
  sequence: number
  checksum: number
}[] {
  const pages = []
  for (let at = 0; at < file.length; ) {
    const segments = file[at + 26] ?? 0
    const content = file.subarray(at + 27, at + 27 + segments).reduce((sum, length) => sum + length, 0)
    const bytes = file.subarray(at, at + 27 + segments + content)
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    pages.push({
      bytes,
      flags: view.getUint8(5),
      granule: Number(view.getBigInt64(6, true)),
      serial: view.getUint32(14, true),
      sequence: view.getUint32(18, true),
      checksum: view.getUint32(22, true),
    })
    at += bytes.length
  }
  return pages
}
