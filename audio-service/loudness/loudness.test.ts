import { describe, expect, it } from 'vitest'
import type { Loudness } from '../../contracts/audio.ts'
import { sine } from '../testing/sounds.ts'
import { Leveller } from './leveller.ts'
import { Levellers } from './levellers.ts'
import { LoudnessMeter } from './meter.ts'
import { TruePeakMeter } from './true-peak.ts'

/** A stretch of a 1 kHz sine: its peak in dB over full scale in each channel, null for silence; and how long. */
type Stretch = readonly [levels: number | null | readonly number[], seconds: number]

const sampleRate = 48_000

function measure(
  stretches: readonly Stretch[],
  { channels = 2, rate = sampleRate, blockFrames = 4_800 } = {},
): { meter: LoudnessMeter; during: Loudness[] } {
  const meter = new LoudnessMeter({ sampleRate: rate, channels })
  const during: Loudness[] = []
  let at = 0
  // One second of the tone at full scale, from which all stretches are made: it repeats without a seam.
  const tone = sine(1_000, { sampleRate: rate, frames: rate })
  for (const [levels, seconds] of stretches) {
    const end = at + Math.round(seconds * rate)
    while (at < end) {
      const frames = Math.min(blockFrames, end - at)
      const block = Array.from({ length: channels }, (_, place) => {
        const level = typeof levels === 'number' || levels === null ? levels : (levels[place] ?? null)
        const factor = level === null ? 0 : 10 ** (level / 20)
        const part = new Float32Array(frames)
        for (let frame = 0; frame < frames; frame += 1)
          part[frame] = factor * (tone[(at + frame) % rate] ?? 0)
        return part
      })
      meter.add(block)
      during.push(meter.read())
      at += frames
    }
  }
  return { meter, during }
}

/** Within the tenth of a LU that EBU Tech 3341 allows. */
const is = (value: number): number => expect.closeTo(value, 1) as number
function near(value: number | null | undefined, expected: number, tolerance = 0.1): void {
  expect(Math.abs((value ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance)
}

describe('loudness by EBU Tech 3341, table 1', () => {
  it.each([
    ['1', -23, [[-23, 20]]],
    ['2', -33, [[-33, 20]]],
  ] as const)('case %s: a steady tone of %d dBFS', (_, expected, stretches) => {
    const { momentary, shortTerm, integrated } = measure(stretches).meter.read()
    expect([momentary, shortTerm, integrated]).toEqual([is(expected), is(expected), is(expected)])
  })

  it.each<[string, readonly Stretch[]]>([
    [
      '3: quiet before and after',
      [
        [-36, 10],
        [-23, 60],
        [-36, 10],
      ],
    ],
    [
      '4: below the absolute gate too',
      [
        [-72, 10],
        [-36, 10],
        [-23, 60],
        [-36, 10],
        [-72, 10],
      ],
    ],
    [
      '5: louder in the middle',
      [
        [-26, 20],
        [-20, 20.1],
        [-26, 20],
      ],
    ],
  ])('case %s: -23 LUFS over all', (_, stretches) => {
    near(measure(stretches, { rate: 16_000, blockFrames: 16_000 }).meter.read().integrated, -23)
  })

  it('case 6: five channels, those from behind counting more', () => {
    // Six in the order of WAVE, the low one loud, for it does not count.
    const levels = [-28, -28, -24, -6, -30, -30]
    near(measure([[levels, 20]], { channels: 6 }).meter.read().integrated, -23)
  })

  it('case 9: the short-term loudness of what changes faster stands still', () => {
    const cycle: Stretch[] = [
      [-20, 1.34],
      [-30, 1.66],
    ]
    const { during } = measure([...cycle, ...cycle, ...cycle, ...cycle, ...cycle])
    for (const { shortTerm } of during.filter(read => read.shortTerm !== null)) near(shortTerm, -23)
  })

  it('case 10: the short-term loudness of 3 s of a tone is reached wherever it begins', () => {
    for (const silence of [0, 0.15, 1.05, 2.85]) {
      const { during } = measure(
        [
          [null, silence],
          [-23, 3],
          [null, 1],
        ],
        { blockFrames: 480 },
      )
      near(Math.max(...during.map(({ shortTerm }) => shortTerm ?? -99)), -23, 0.2)
    }
  })

  it('case 12: the momentary loudness of what changes faster stands still', () => {
    const cycle: Stretch[] = [
      [-20, 0.18],
      [-30, 0.22],
    ]
    const { during } = measure(Array.from({ length: 25 }, () => cycle).flat(), { blockFrames: 480 })
    for (const { momentary } of during.filter(read => read.momentary !== null)) near(momentary, -23)
  })

  it('is the same at every rate and in every cut', () => {
    for (const rate of [8_000, 44_100, 96_000])
      near(measure([[-23, 5]], { rate }).meter.read().integrated, -23)
    near(measure([[-23, 2]], { blockFrames: 333 }).meter.read().integrated, -23)
  })

  it('has no number for silence and for too little sound', () => {
    const nothing = { momentary: null, shortTerm: null, integrated: null, range: 0, truePeak: null }
    expect(measure([[null, 5]]).meter.read()).toEqual(nothing)
    expect(measure([[-23, 0.3]]).meter.read()).toMatchObject({ momentary: null, integrated: null })
  })
})

describe('loudness range by EBU Tech 3342, table 1', () => {
  it.each<[number, readonly Stretch[]]>([
    [
      10,
      [
        [-20, 20],
        [-30, 20],
      ],
    ],
    [
      5,
      [
        [-20, 20],
        [-15, 20],
      ],
    ],
    [
      20,
      [
        [-40, 20],
        [-20, 20],
      ],
    ],
    [
      15,
      [
        [-50, 20],
        [-35, 20],
        [-20, 20],
        [-35, 20],
        [-50, 20],
      ],
    ],
  ])('is %d LU within one', (expected, stretches) => {
    near(measure(stretches, { rate: 16_000, blockFrames: 16_000 }).meter.read().range, expected, 1)
  })
})

describe('true peaks by EBU Tech 3341, cases 15 to 19', () => {
  it.each([
    ['15', 4, 0, 0.5, -6],
    ['16', 4, 45, 0.5, -6],
    ['17', 6, 60, 0.5, -6],
    ['18', 8, 67.5, 0.5, -6],
    ['19', 4, 45, 1.41, 3],
  ])('case %s: a sine at 1/%d of the rate, %d° on', (_, divisor, degrees, amplitude, expected) => {
    const phase = (degrees * Math.PI) / 180
    const tone = sine(sampleRate / divisor, { sampleRate, frames: 4_800, amplitude, phase })
    // The tone begins and ends softly, for a step has a peak of its own.
    for (let at = 0; at < 480; at += 1) {
      tone[at] = ((tone[at] ?? 0) * at) / 480
      tone[4_799 - at] = ((tone[4_799 - at] ?? 0) * at) / 480
    }
    const level = 20 * Math.log10(new TruePeakMeter().peakOf(tone, 0))
    expect(level).toBeGreaterThan(expected - 0.4)
    expect(level).toBeLessThan(expected + 0.2)
  })
})

describe('the leveller', () => {
  const rate = 16_000
  const shape = { sampleRate: rate, channels: 1 }

  /** Hears so many seconds of a tone and gives the gain after each. */
  function gains(leveller: Leveller, levelOfOneChannel: number | null, seconds: number): number[] {
    const amplitude = levelOfOneChannel === null ? 0 : 10 ** (levelOfOneChannel / 20)
    const block = sine(1_000, { sampleRate: rate, frames: rate, amplitude })
    return Array.from({ length: seconds }, () => leveller.hear([block], -18).gain)
  }

  it('brings what is quiet up slowly, and no further than its peaks allow', () => {
    const leveller = new Leveller(shape)
    // -26 dBFS in one channel is -29 LUFS.
    const steps = gains(leveller, -26, 60)
    expect(steps.slice(0, 3)).toEqual([0, 0, 0])
    for (const [second, gain] of steps.entries())
      expect(gain - (steps[second - 1] ?? 0)).toBeLessThanOrEqual(0.5001)
    near(steps.at(-1), 11, 0.51)
    const peaky = new Leveller(shape)
    const clicks = sine(1_000, { sampleRate: rate, frames: rate, amplitude: 0.03 })
    clicks[100] = 0.7
    const loudest = Array.from({ length: 60 }, () => peaky.hear([clicks], -18)).at(-1)
    expect((loudest?.gain ?? 99) + (loudest?.loudness.truePeak ?? 0)).toBeLessThanOrEqual(-0.99)
    expect(loudest?.gain).toBeGreaterThan(0.5)
  })

  it('brings what is loud down faster, and keeps its gain over a pause', () => {
    const leveller = new Leveller(shape)
    const steps = gains(leveller, -3, 20)
    for (const [second, gain] of steps.entries())
      expect(gain - (steps[second - 1] ?? 0)).toBeGreaterThanOrEqual(-3.0001)
    near(steps.at(-1), -12, 0.51)
    expect(gains(leveller, null, 10).at(-1)).toBe(steps.at(-1))
  })

  it('is kept for 256 sources, and anew for one that changed its shape', () => {
    const levellers = new Levellers()
    const first = levellers.of('first', shape)
    for (let index = 0; index < 255; index += 1) levellers.of(`tab ${index}`, shape)
    expect(levellers.of('first', shape)).toBe(first)
    levellers.of('one more', shape)
    expect([levellers.size, levellers.of('first', shape) === first]).toEqual([256, true])
    expect(levellers.of('first', { ...shape, channels: 2 })).not.toBe(first)
    levellers.forget('first')
    expect(levellers.size).toBe(255)
  })
})
