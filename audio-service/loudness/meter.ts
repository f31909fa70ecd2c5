import type { Loudness } from '../../contracts/audio.ts'
import type { Shape } from '../resampling/converter.ts'
import { KWeighting } from './k-weighting.ts'
import { loudnessOf } from './level.ts'
import { LevelHistogram } from './level-histogram.ts'
import { TruePeakMeter } from './true-peak.ts'

/** Everything is measured in steps of a tenth of a second: blocks of 400 ms overlap by three quarters. */
const stepsOfSecond = 10
const momentarySteps = 4
const shortTermSteps = 30
/** LU below the ungated mean: for the loudness of a programme, and for its range (EBU Tech 3342). */
const programmeGate = 10
const rangeGate = 20

/**
 * What each channel of WAVE counts, by how many there are: channels from behind and beside count 1.5 dB more, the low
 * one not at all (ITU-R BS.1770-4, table 3).
 */
const channelWeights: readonly (readonly number[])[] = [
  [],
  [1],
  [1, 1],
  [1, 1, 1],
  [1, 1, 1.41, 1.41],
  [1, 1, 1, 1.41, 1.41],
  [1, 1, 1, 0, 1.41, 1.41],
  [1, 1, 1, 0, 1.41, 1.41, 1.41],
  [1, 1, 1, 0, 1.41, 1.41, 1.41, 1.41],
]

/** Measures how loud a stream is, by EBU R 128 (ITU-R BS.1770-4, EBU Tech 3341 and 3342). */
export class LoudnessMeter {
  readonly #filters: readonly KWeighting[]
  readonly #peaks: readonly TruePeakMeter[]
  readonly #weights: readonly number[]
  readonly #stepFrames: number
  readonly #onBlock: (energy: number) => void
  readonly #blocks = new LevelHistogram()
  readonly #shortTerms = new LevelHistogram()
  /** Mean squares of the last 3 s, the newest last. */
  readonly #steps: number[] = []
  #stepEnergy = 0
  #stepFilled = 0
  #peak = 0

  /** `onBlock` hears the mean square of each block of 400 ms, ten times a second. */
  constructor({ sampleRate, channels }: Shape, onBlock: (energy: number) => void = () => {}) {
    this.#filters = Array.from({ length: channels }, () => new KWeighting(sampleRate))
    this.#peaks = Array.from({ length: channels }, () => new TruePeakMeter())
    this.#weights = channelWeights[channels] ?? []
    this.#stepFrames = Math.round(sampleRate / stepsOfSecond)
    this.#onBlock = onBlock
  }

  add(channels: readonly Float32Array[]): void {
    const frames = channels[0]?.length ?? 0
    for (const [place, channel] of channels.entries()) {
      this.#peak = Math.max(this.#peak, this.#peaks[place]?.peakOf(channel, this.#peak) ?? 0)
    }
    for (let at = 0; at < frames; ) {
      const to = Math.min(frames, at + this.#stepFrames - this.#stepFilled)
      for (const [place, channel] of channels.entries()) {
        const weight = this.#weights[place] ?? 0
        if (weight !== 0) this.#stepEnergy += weight * (this.#filters[place]?.energyOf(channel, at, to) ?? 0)
      }
      this.#stepFilled += to - at
      at = to
      if (this.#stepFilled === this.#stepFrames) this.#endStep()
    }
  }

  read(): Loudness {
    return {
      momentary: this.#level(momentarySteps),
      shortTerm: this.#level(shortTermSteps),
      integrated: this.#blocks.gatedLoudness(programmeGate),
      range: this.#shortTerms.spread(rangeGate, 0.1, 0.95),
      truePeak: this.#peak === 0 ? null : 20 * Math.log10(this.#peak),
    }
  }

  #endStep(): void {
    this.#steps.push(this.#stepEnergy / this.#stepFrames)
    if (this.#steps.length > shortTermSteps) this.#steps.shift()
    this.#stepEnergy = 0
    this.#stepFilled = 0
    const block = this.#mean(momentarySteps)
    if (block !== null) {
      this.#blocks.add(block)
      this.#onBlock(block)
    }
    const shortTerm = this.#mean(shortTermSteps)
    if (shortTerm !== null) this.#shortTerms.add(shortTerm)
  }

  #level(steps: number): number | null {
    const mean = this.#mean(steps)
    return mean === null ? null : loudnessOf(mean)
  }

  /** Null until there are so many. */
  #mean(steps: number): number | null {
    if (this.#steps.length < steps) return null
    return this.#steps.slice(-steps).reduce((sum, energy) => sum + energy, 0) / steps
  }
}
