import { LoudnessMeter } from '../../../audio-service/loudness/meter.ts'
import { Mixer } from '../../../audio-service/mixing/mixer.ts'
import { Resampler } from '../../../audio-service/resampling/resampler.ts'
import { randomFrom } from '../../../audio-service/testing/sounds.ts'
import { median } from '../result.ts'
import { type AudioResult, result } from './results.ts'

const sampleRate = 48_000
const blockFrames = 1_024
const streams = 64

/** 64 streams of 48 kHz stereo, each with a gain and a place of its own, loud enough that the limiter works. */
export function mixing(seconds: number, runs: number): AudioResult[] {
  const random = randomFrom(64)
  const sounds = Array.from({ length: streams }, () =>
    [0, 1].map(() => Float32Array.from({ length: blockFrames }, () => random() * 0.4 - 0.2)),
  )
  const blocks = Math.ceil((seconds * sampleRate) / blockFrames)
  const shape = { sampleRate, channels: 2 }
  const panned: number[] = []
  const centred: number[] = []
  const raw: number[] = []
  for (let run = 0; run < runs + 1; run += 1) {
    const times = [0.8, 0].map(width => {
      const mixer = new Mixer(shape, -1)
      const sources = sounds.map((sound, place) => {
        const source = mixer.add(`${place}`, shape, {
          gain: 0.3 + place / 100,
          pan: (place / 32 - 1) * width,
        })
        source.push(sound)
        return source
      })
      return share(blocks, () => {
        for (const [place, source] of sources.entries()) source.push(sounds[place] ?? [])
        mixer.render(blockFrames)
      })
    })
    times.push(share(blocks, () => addPlainly(sounds)))
    // The first run warms up.
    if (run === 0) continue
    panned.push(times[0] ?? Number.NaN)
    centred.push(times[1] ?? Number.NaN)
    raw.push(times[2] ?? Number.NaN)
  }
  const baseline = { name: 'a plain loop of additions', value: median(raw) }
  const unit = '% of one core'
  return [
    result({ name: '64 streams mixed', unit, value: median(centred), baseline, target: { atMost: 10 } }),
    result({
      name: '64 streams mixed, each panned',
      unit,
      value: median(panned),
      baseline,
      target: { atMost: 10 },
    }),
  ]
}

export function resampling(seconds: number, runs: number): AudioResult[] {
  return [
    [44_100, 48_000],
    [48_000, 44_100],
    [96_000, 48_000],
  ].map(([from = 0, to = 0]) => {
    const block = noise(2, from / 10)
    const resampler = new Resampler(from, to, 2)
    const times = repeated(runs, () => share(seconds * 10, () => resampler.process(block), from / 10, from))
    return result({
      name: `resample ${from} to ${to} Hz, stereo`,
      unit: 'times real time',
      value: 100 / median(times),
    })
  })
}

export function measuring(seconds: number, runs: number): AudioResult[] {
  const block = noise(2, sampleRate / 10)
  const meter = new LoudnessMeter({ sampleRate, channels: 2 })
  const times = repeated(runs, () =>
    share(
      seconds * 10,
      () => {
        meter.add(block)
        meter.read()
      },
      sampleRate / 10,
    ),
  )
  return [
    result({ name: 'R 128 with true peak, stereo', unit: 'times real time', value: 100 / median(times) }),
  ]
}

function addPlainly(sounds: readonly (readonly Float32Array[])[]): void {
  const mix = [new Float32Array(blockFrames), new Float32Array(blockFrames)]
  for (const sound of sounds) {
    for (const [place, channel] of sound.entries()) {
      const target = mix[place] ?? channel
      for (let at = 0; at < blockFrames; at += 1)
        target[at] = (target[at] as number) + (channel[at] as number)
    }
  }
}

/** The share of the time of the sound that it takes, in percent. */
function share(blocks: number, work: () => void, frames = blockFrames, rate = sampleRate): number {
  const started = process.threadCpuUsage()
  for (let block = 0; block < blocks; block += 1) work()
  const { user, system } = process.threadCpuUsage(started)
  return (user + system) / 10_000 / ((blocks * frames) / rate)
}

function repeated(runs: number, measure: () => number): number[] {
  measure()
  return Array.from({ length: runs }, measure)
}

function noise(channels: number, frames: number): Float32Array[] {
  const random = randomFrom(1)
  return Array.from({ length: channels }, () => Float32Array.from({ length: frames }, () => random() - 0.5))
}
