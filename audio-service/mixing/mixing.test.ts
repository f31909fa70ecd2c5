import { describe, expect, it } from 'vitest'
import { TruePeakMeter } from '../loudness/true-peak.ts'
import { joinBlocks, randomFrom, signalToNoise, sine } from '../testing/sounds.ts'
import { factorOf } from './fade.ts'
import { Limiter } from './limiter.ts'
import { Mixer } from './mixer.ts'
import { weightsOf } from './panning.ts'

const stereo = { sampleRate: 48_000, channels: 2 }

function constant(value: number, frames: number): Float32Array {
  return new Float32Array(frames).fill(value)
}

function truePeak(samples: Float32Array): number {
  return new TruePeakMeter().peakOf(samples, 0)
}

describe('a mixer', () => {
  it('adds sources up exactly, each from its first frame, and lets them go when they end', () => {
    const mixer = new Mixer(stereo, 0)
    const parts = [
      mixer.add('a', stereo, { gain: 1, pan: 0 }),
      mixer.add('b', stereo, { gain: 0.5, pan: 0 }),
      mixer.add('c', stereo, { gain: 0, pan: 0 }),
    ]
    const left = sine(440, { sampleRate: 48_000, frames: 1_000, amplitude: 0.25 })
    for (const part of parts) {
      part.push([left.subarray(0, 300), constant(0.25, 300)])
      part.push([left.subarray(300), constant(0.25, 700)])
      part.end()
    }
    const [first = [], second = []] = [mixer.render(512), mixer.render(512)]
    const whole = joinBlocks([first, second])
    expect([...(whole[0] ?? [])].slice(0, 1_000)).toEqual([
      ...left.map(value => Math.fround(value + 0.5 * value)),
    ])
    expect([...(whole[1] ?? [])].slice(0, 1_000)).toEqual(new Array(1_000).fill(0.375))
    expect([...(whole[1] ?? [])].slice(1_000)).toEqual(new Array(24).fill(0))
    expect([mixer.sources, mixer.frames, mixer.missed, mixer.reduction]).toEqual([0, 1_024, 0, 0])
  })

  it('fades along a straight line that begins and ends at its frames', () => {
    const mixer = new Mixer({ sampleRate: 48_000, channels: 1 }, 0)
    const source = mixer.add('a', { sampleRate: 48_000, channels: 1 }, { gain: 0, pan: 0 })
    source.push([constant(0.5, 4_000)])
    source.set({ gain: 1, pan: 0 }, 1_000)
    const [output = new Float32Array(0)] = mixer.render(1_100)
    const expected = Float32Array.from({ length: 1_100 }, (_, at) => 0.5 * Math.min(1, at / 1_000))
    expect(signalToNoise(output, expected)).toBeGreaterThan(120)
    expect([output[0], output[1_000], output[1_099]]).toEqual([0, 0.5, 0.5])
  })

  it('changes gain at once without a click, and turns around in the middle of a fade', () => {
    const mono = { sampleRate: 48_000, channels: 1 }
    const mixer = new Mixer(mono, 0)
    const source = mixer.add('a', mono, { gain: 0, pan: 0 })
    source.push([constant(0.5, 9_000)])
    source.set({ gain: 1, pan: 0 }, 4_000)
    const [up = new Float32Array(0)] = mixer.render(2_000)
    const before = 2_000 + 246
    source.set({ gain: 0, pan: 0 }, 0)
    const [down = new Float32Array(0)] = mixer.render(1_000)
    const all = Float32Array.from([...up, ...down])
    const largestStep = Math.max(...all.subarray(1).map((value, at) => Math.abs(value - (all[at] ?? 0))))
    expect(largestStep).toBeLessThan(0.5 / 400)
    expect([all[before], all.at(-1)]).toEqual([expect.closeTo((0.5 * before) / 4_000, 3), 0])
  })

  it('pans with equal power, mono and stereo', () => {
    for (const pan of [-1, -0.5, 0, 0.25, 1]) {
      const mono = weightsOf({ gain: 1, pan }, 1)
      expect(mono.leftToLeft ** 2 + mono.leftToRight ** 2).toBeCloseTo(1, 10)
      const { leftToLeft, leftToRight, rightToLeft, rightToRight } = weightsOf({ gain: 1, pan }, 2)
      expect(Math.max(leftToLeft ** 2 + leftToRight ** 2, rightToLeft ** 2 + rightToRight ** 2)).toBeCloseTo(
        1,
        10,
      )
    }
    expect(weightsOf({ gain: 2, pan: 0 }, 2)).toEqual({
      leftToLeft: 2,
      rightToLeft: expect.closeTo(0, 10),
      leftToRight: 0,
      rightToRight: 2,
    })
  })

  it('converts what comes at another rate and in other channels', () => {
    const mixer = new Mixer(stereo, 0)
    const source = mixer.add('a', { sampleRate: 44_100, channels: 6 }, { gain: 1, pan: 0 })
    const silence = constant(0, 44_100)
    source.push([
      sine(1_000, { sampleRate: 44_100, frames: 44_100, amplitude: 0.5 }),
      ...new Array(5).fill(silence),
    ])
    source.end()
    const [left = silence, right = silence] = mixer.render(48_000)
    const tone = sine(1_000, { sampleRate: 48_000, frames: 48_000, amplitude: 0.5 })
    expect(signalToNoise(left, tone, 500)).toBeGreaterThan(85)
    expect(truePeak(right)).toBe(0)
  })

  it('counts what a slow source left out', () => {
    const mixer = new Mixer(stereo, 0)
    mixer.add('slow', stereo, { gain: 1, pan: 0 }).push([constant(0.1, 246), constant(0.1, 246)])
    expect(mixer.isReadyFor(1)).toBe(false)
    mixer.render(100)
    expect(mixer.missed).toBe(100)
  })
})

describe('the limiter', () => {
  const ceiling = factorOf(-1)

  function limited(
    input: Float32Array,
    block: number,
    sampleRate = 48_000,
  ): { output: Float32Array; delay: number } {
    const limiter = new Limiter(sampleRate, 1, ceiling)
    const blocks = []
    for (let at = 0; at < input.length; at += block) {
      const part = [input.slice(at, at + block)]
      limiter.process(part)
      blocks.push(part)
    }
    return { output: joinBlocks(blocks)[0] ?? input, delay: limiter.delay }
  }

  it('passes what is below the ceiling bit for bit', () => {
    const input = sine(997, { sampleRate: 48_000, frames: 20_000, amplitude: 0.7 })
    const { output, delay } = limited(input, 480)
    expect(output.slice(delay)).toEqual(input.slice(0, 20_000 - delay))
  })

  it('keeps every peak below the ceiling, between samples too, whatever comes', () => {
    const random = randomFrom(11)
    const sounds = {
      noise: Float32Array.from({ length: 48_000 }, () => (random() * 2 - 1) * 4),
      bursts: Float32Array.from({ length: 48_000 }, (_, at) => (at % 5_000 < 50 ? 8 : 0.2) * Math.sin(at)),
      'quarter rate': sine(12_000, { sampleRate: 48_000, frames: 48_000, amplitude: 3, phase: Math.PI / 4 }),
      'one impulse': Float32Array.from({ length: 48_000 }, (_, at) => (at === 20_000 ? 20 : 0)),
      'a step': Float32Array.from({ length: 48_000 }, (_, at) => (at < 20_000 ? 0 : 5)),
      sum: Float32Array.from({ length: 48_000 }, (_, at) =>
        [3, 7, 11, 19].reduce((sum, factor) => sum + Math.sin((at * factor) / 40), 0),
      ),
    }
    for (const [name, input] of Object.entries(sounds)) {
      for (const block of [128, 4_096]) {
        const { output } = limited(input, block)
        expect([name, block, truePeak(output) <= ceiling]).toEqual([name, block, true])
      }
    }
  })

  it('takes away no more than it must, and gives it back', () => {
    const loud = sine(997, { sampleRate: 48_000, frames: 48_000, amplitude: 2 })
    const { output } = limited(
      Float32Array.from([...loud, ...sine(997, { sampleRate: 48_000, frames: 48_000, amplitude: 0.5 })]),
      512,
    )
    expect(truePeak(output.slice(10_000, 40_000))).toBeGreaterThan(factorOf(-1.4))
    expect(truePeak(output.slice(85_000))).toBeCloseTo(0.5, 2)
  })

  it('does not distort a steady tone by its own work', () => {
    const { output, delay } = limited(sine(200, { sampleRate: 48_000, frames: 48_000, amplitude: 1.5 }), 512)
    const steady = output.slice(delay + 24_000)
    const level = Math.sqrt((2 * steady.reduce((sum, value) => sum + value * value, 0)) / steady.length)
    const tone = sine(200, {
      sampleRate: 48_000,
      frames: steady.length,
      amplitude: level,
      phase: (2 * Math.PI * 200 * 24_000) / 48_000,
    })
    expect(signalToNoise(steady, tone)).toBeGreaterThan(40)
  })
})
