import { describe, expect, it } from 'vitest'
import { decodeWhole, fixture, inPieces, signalToNoise, sine } from '../testing/sounds.ts'
import { ByteReader } from './byte-reader.ts'
import { probeFile } from './open-file.ts'

const tags = { title: 'Two Tones', artist: 'Nexus' }
const noTags = { title: null, artist: null }
const stereo = { channels: 2, duration: { kind: 'exact', seconds: 0.4 }, ...tags }

/** What the files say, and what they hold: a tone in each channel, as their README tells. */
const files = [
  {
    name: 'stereo.flac',
    codec: 'flac',
    container: 'flac',
    rate: 44_100,
    bits: 16,
    frames: 17_640,
    snr: 80,
    is: stereo,
  },
  {
    name: 'stereo.mp3',
    codec: 'mp3',
    container: 'mpeg',
    rate: 44_100,
    bits: null,
    frames: 17_640,
    snr: 38,
    is: stereo,
  },
  {
    name: 'stereo.ogg',
    codec: 'vorbis',
    container: 'ogg',
    rate: 44_100,
    bits: null,
    frames: 17_640,
    snr: 35,
    is: stereo,
  },
  {
    name: 'stereo.opus',
    codec: 'opus',
    container: 'ogg',
    rate: 48_000,
    bits: null,
    frames: 19_200,
    snr: 34,
    is: stereo,
  },
  {
    name: 'deep.flac',
    codec: 'flac',
    container: 'flac',
    rate: 44_100,
    bits: 24,
    frames: 4_410,
    snr: 80,
    is: { channels: 2, duration: { kind: 'exact', seconds: 0.1 }, ...noTags },
  },
  {
    name: 'mono.oga',
    codec: 'flac',
    container: 'ogg',
    rate: 22_050,
    bits: 16,
    frames: 8_820,
    snr: 80,
    is: { channels: 1, duration: { kind: 'exact', seconds: 0.4 }, ...noTags },
  },
] as const

describe('decoding', () => {
  it.each(files)('gives what $name holds, however it is cut into pieces', async file => {
    const { format, channels, broken } = await decodeWhole(fixture(file.name), 997)
    expect(broken).toBeNull()
    const isOggWithoutTail = file.codec === 'vorbis' || file.codec === 'opus'
    expect(format).toEqual({
      codec: file.codec,
      container: file.container,
      sampleRate: file.rate,
      bitsPerSample: file.bits,
      ...file.is,
      // A stream of Ogg tells its length at its end.
      ...(isOggWithoutTail ? { duration: { kind: 'unknown' } } : {}),
    })
    expect(channels.map(({ length }) => length)).toEqual(channels.map(() => file.frames))
    for (const [place, channel] of channels.entries()) {
      const tone = sine(440 * (place + 1), { sampleRate: file.rate, frames: file.frames, amplitude: 0.25 })
      expect(signalToNoise(channel, tone, 1_000)).toBeGreaterThan(file.snr)
    }
    expect(await decodeWhole(fixture(file.name))).toEqual({ format, channels, broken })
  })

  it.each(['six.ogg', 'six.opus'])('puts the channels of %s into the order of WAVE', async name => {
    const { channels, broken } = await decodeWhole(fixture(name))
    expect([broken, channels.length]).toEqual([null, 6])
    // The fourth channel is for low tones; encoders take from it what a tone of 800 Hz is.
    for (const place of [0, 1, 2, 4, 5]) {
      const tone = sine(200 * (place + 1), { sampleRate: 48_000, frames: 9_600, amplitude: 0.25 })
      expect(signalToNoise(channels[place] ?? new Float32Array(0), tone, 1_500)).toBeGreaterThan(28)
    }
  })

  it('reckons the duration of a file that does not tell it, and decodes one channel as one', async () => {
    const { format, channels, broken } = await decodeWhole(fixture('mono-cbr.mp3'))
    expect([broken, channels.length, format?.channels, format?.duration.kind]).toEqual([
      null,
      1,
      1,
      'estimated',
    ])
    const tone = sine(440, { sampleRate: 22_050, frames: 8_820, amplitude: 0.25 })
    // Encoder and decoder are late by 1,105 frames, which nothing in the file tells.
    expect(signalToNoise((channels[0] ?? new Float32Array(0)).subarray(1_105), tone, 1_500)).toBeGreaterThan(
      24,
    )
  })

  it.each(files)('tells the format of $name by its ends', async ({ name, is }) => {
    const bytes = fixture(name)
    const format = await probeFile(new ByteReader(inPieces(bytes, 65_536)), bytes.subarray(-65_536), {
      totalBytes: bytes.length,
    })
    expect(format).toMatchObject(is)
  })

  it('finds the sound behind tags of older and newer kinds', async () => {
    const frames = fixture('mono-cbr.mp3')
    const text = [...'Night'].flatMap(letter => [letter.charCodeAt(0), 0])
    const title = [0x54, 0x49, 0x54, 0x32, 0, 0, 0, text.length + 3, 0, 0, 1, 0xff, 0xfe, ...text]
    const tag = [0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 0, title.length + 20, ...title, ...new Array(20).fill(0)]
    const trailer = [0x54, 0x41, 0x47, ...new Array(125).fill(32)]
    const { format, channels, broken } = await decodeWhole(Uint8Array.from([...tag, ...frames, ...trailer]))
    expect([format?.title, broken]).toEqual(['Night', null])
    expect(channels[0]?.length).toBe((await decodeWhole(frames)).channels[0]?.length)
  })
})
