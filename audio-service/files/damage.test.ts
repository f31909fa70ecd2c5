import { describe, expect, it } from 'vitest'
import { bytesOf, decodeWhole, fixture, fixtureNames } from '../testing/sounds.ts'

/** A page or frame is the smallest part that can be told to be bad; these files have none larger. */
const largestPart = 11_000

describe('damaged files', () => {
  it.each(fixtureNames)('%s, cut anywhere, is truncated there, and what came before is heard', async name => {
    const file = fixture(name)
    const whole = await decodeWhole(file)
    for (const share of [0.02, 0.3, 0.52, 0.77, 0.93]) {
      const length = Math.floor(file.length * share)
      const { broken, channels } = await decodeWhole(file.subarray(0, length))
      const outcome = broken?.toOutcome(channels[0]?.length ?? 0)
      expect([share, outcome?.cause]).toEqual([share, 'truncated'])
      expect(outcome?.byte).toBeGreaterThan(length - largestPart)
      expect(outcome?.byte).toBeLessThanOrEqual(length)
      for (const [place, channel] of channels.entries()) {
        expect(Buffer.from(channel.buffer).equals(beginning(whole.channels[place], channel.length))).toBe(
          true,
        )
      }
    }
  })

  it.each(['deep.flac', 'mono.oga', 'six.ogg', 'six.opus', 'stereo.flac', 'stereo.ogg', 'stereo.opus'])(
    '%s, with one bit turned, is damaged at the part that holds it',
    async name => {
      const file = fixture(name)
      for (const share of [0.6, 0.8, 0.95]) {
        const at = Math.floor(file.length * share)
        const turned = file.slice()
        turned[at] = (turned[at] ?? 0) ^ 4
        const { broken } = await decodeWhole(turned)
        expect([name, share, broken === null]).toEqual([name, share, false])
        expect(broken?.byte).toBeLessThanOrEqual(at)
        expect(broken?.byte).toBeGreaterThan(at - largestPart)
      }
    },
  )

  it('an MP3 file with a hole is damaged where the next frame does not begin', async () => {
    const file = fixture('mono-cbr.mp3')
    const hole = 1_000
    const { broken, channels } = await decodeWhole(bytesOf(file.subarray(0, hole), file.subarray(hole + 5)))
    expect(broken).toMatchObject({ reason: 'damaged' })
    expect(Math.abs((broken?.byte ?? 0) - hole)).toBeLessThan(300)
    expect(channels[0]?.length).toBeGreaterThan(1_000)
  })

  it('what is no sound is told from what is', async () => {
    const found: Record<string, unknown> = {}
    const cases = {
      nothing: new Uint8Array(0),
      text: bytesOf('<!doctype html><title>404</title>'),
      zeros: new Uint8Array(1_000),
      'a picture': bytesOf([0x474e5089, 4], 'not a sound'),
      'a film': bytesOf([24, 4], 'ftypisom0000'),
      'a lone tag': bytesOf('ID3', [3, 3], [0, 4]),
      'a tag without an end': bytesOf('ID3', [3, 3], [0x7f7f7f7f, 4]),
      'pages of something else': oggWithout(),
      'only a word': bytesOf('OggS'),
      'only a mark': bytesOf('fLaC'),
    }
    for (const [name, file] of Object.entries(cases)) {
      const { broken } = await decodeWhole(file)
      found[name] = [broken?.reason, broken?.byte]
    }
    expect(found).toEqual({
      nothing: ['truncated', 0],
      text: ['unknownFormat', 0],
      zeros: ['unknownFormat', 0],
      'a picture': ['unknownFormat', 0],
      'a film': ['unknownFormat', 0],
      'a lone tag': ['unknownFormat', 0],
      'a tag without an end': ['truncated', 10],
      'pages of something else': ['damaged', 0],
      'only a word': ['truncated', 0],
      'only a mark': ['truncated', 4],
    })
  })
})

/** A page whose checksum was never made. */
function oggWithout(): Uint8Array {
  return bytesOf('OggS', [0, 1], [2, 1], [0, 8], [7, 4], [0, 4], [0, 4], [1, 1], [3, 1], 'abc')
}

function beginning(channel: Float32Array | undefined, frames: number): Uint8Array {
  return new Uint8Array((channel ?? new Float32Array(0)).slice(0, frames).buffer)
}
