import { describe, expect, it } from 'vitest'
import { joinBlocks, randomFrom, signalToNoise, sine } from '../testing/sounds.ts'
import { mixChannels } from './channel-mix.ts'
import { Converter } from './converter.ts'
import { Resampler } from './resampler.ts'

/** Each way in which the rates of sound that is met differ; the last pair has no small common rate. */
const pairs = [
  [44_100, 48_000],
  [48_000, 44_100],
  [22_050, 48_000],
  [96_000, 48_000],
  [48_000, 16_000],
  [44_100, 48_001],
] as const

function resample(
  from: number,
  to: number,
  input: Float32Array,
  pieces: (left: number) => number,
): Float32Array {
  const resampler = new Resampler(from, to, 1)
  const blocks = []
  for (let at = 0; at < input.length; ) {
    const count = pieces(input.length - at)
    blocks.push(resampler.process([input.subarray(at, at + count)]))
    at += count
  }
  blocks.push(resampler.flush())
  return joinBlocks(blocks)[0] ?? new Float32Array(0)
}

function levelOf(samples: Float32Array): number {
  const inner = samples.subarray(1_000, -1_000)
  return 10 * Math.log10((2 * inner.reduce((sum, value) => sum + value * value, 0)) / inner.length)
}

describe('resampling', () => {
  it.each(pairs)('from %i to %i Hz passes 0.86 of the band within 0.01 dB, at its place', (from, to) => {
    const frames = Math.round(from / 4)
    const band = Math.min(from, to) / 2
    for (const share of [0.013, 0.21, 0.5, 0.75, 0.86]) {
      const output = resample(from, to, sine(share * band, { sampleRate: from, frames }), () => 4_096)
      expect(output.length).toBe(Math.ceil((frames * to) / from))
      expect(Math.abs(levelOf(output))).toBeLessThan(0.01)
      const expected = sine(share * band, { sampleRate: to, frames: output.length })
      expect(signalToNoise(output, expected, 1_000)).toBeGreaterThan(85)
    }
  })

  it.each(pairs.filter(([from, to]) => from > to))(
    'from %i to %i Hz rejects what would alias by 95 dB',
    (from, to) => {
      for (const share of [1.0001, 1.05, 1.4, 2.2]) {
        const hertz = (share * to) / 2
        if (hertz >= from / 2) continue
        const output = resample(from, to, sine(hertz, { sampleRate: from, frames: from }), () => 4_096)
        expect(levelOf(output)).toBeLessThan(-95)
      }
    },
  )

  it('adds no images when the rate goes up: 95 dB', () => {
    const output = resample(22_050, 48_000, sine(9_000, { sampleRate: 22_050, frames: 22_050 }), () => 4_096)
    const expected = sine(9_000, { sampleRate: 48_000, frames: output.length })
    const image = output.map((value, at) => value - (expected[at] ?? 0))
    expect(levelOf(image)).toBeLessThan(-95)
  })

  it('gives the same however its input is cut', () => {
    const random = randomFrom(5)
    const input = Float32Array.from({ length: 5_000 }, () => random() * 2 - 1)
    const whole = resample(44_100, 48_000, input, left => left)
    expect(resample(44_100, 48_000, input, left => Math.min(left, 1 + Math.floor(random() * 300)))).toEqual(
      whole,
    )
  })

  it('keeps a constant, and stays small for the strangest rates', () => {
    const output = resample(767_999, 1_000, new Float32Array(400_000).fill(0.5), () => 50_000)
    expect(output[250]).toBeCloseTo(0.5, 5)
    expect(resample(1_000, 767_999, Float32Array.of(1), () => 1).length).toBe(768)
  })
})

describe('channels', () => {
  const places = Array.from({ length: 8 }, (_, place) => Float32Array.of(10 ** place))

  it('become fewer and more by the rules of loudspeakers', () => {
    const found = Object.fromEntries(
      [
        [1, 2],
        [2, 1],
        [4, 2],
        [6, 2],
        [6, 1],
        [8, 6],
        [1, 6],
        [2, 6],
      ].map(([from = 0, to = 0]) => [
        `${from} → ${to}`,
        mixChannels(places.slice(0, from), to).map(([value = 0]) => Math.round(value * 100) / 100),
      ]),
    )
    expect(found).toEqual({
      '1 → 2': [1, 1],
      '2 → 1': [5.5],
      '4 → 2': [71.71, 717.11],
      '6 → 2': [7_142.78, 70_791.39],
      '6 → 1': [38_967.08],
      '8 → 6': [707_107.75, 7_071_077.75, 100, 1_000, 10_000, 100_000].map(value =>
        expect.closeTo(value, -1),
      ),
      '1 → 6': [0, 0, 1, 0, 0, 0],
      '2 → 6': [1, 10, 0, 0, 0, 0],
    })
  })

  it('and rates change together', () => {
    const input = [0, 1, 2, 3, 4, 5].map(() =>
      sine(1_000, { sampleRate: 44_100, frames: 4_410, amplitude: 0.1 }),
    )
    const converter = new Converter({ sampleRate: 44_100, channels: 6 }, { sampleRate: 48_000, channels: 1 })
    const output = joinBlocks([converter.convert(input), converter.finish()])
    const amplitude = 0.1 * (1 + Math.SQRT1_2 + Math.SQRT1_2)
    expect(output.length).toBe(1)
    expect(
      signalToNoise(
        output[0] ?? new Float32Array(0),
        sine(1_000, { sampleRate: 48_000, frames: 4_800, amplitude }),
        200,
      ),
    ).toBeGreaterThan(85)
  })
})
