import type { Loudness } from '../../contracts/audio.ts'
import type { Shape } from '../resampling/converter.ts'
import { energyOf, loudnessOf } from './level.ts'
import { LoudnessMeter } from './meter.ts'

/** What was heard longer ago does not count: 30 s of blocks. */
const mostBlocks = 300
/** Before a gain is advised: 3 s. */
const fewestBlocks = 30
/** Quieter blocks are pauses, not quiet sound; the second gate is that of a programme. */
const absoluteGate = -70
const relativeGate = 10
/** Decibels a second: what is too loud disturbs more than what is too quiet. */
const upBySecond = 0.5
const downBySecond = 3
/** Decibels that nobody would notice are not corrected. */
const tolerance = 0.5
const mostGain = 12
const leastGain = -24
/** No gain lifts the peaks above this, in decibels over full scale. */
const peakCeiling = -1
const blocksOfSecond = 10

/** Advises a gain that brings one source to a target, slowly. */
export class Leveller {
  readonly #meter: LoudnessMeter
  readonly shape: Shape
  /** Mean squares of the last blocks, the newest last. */
  readonly #blocks: number[] = []
  #steps = 0
  #gain = 0

  constructor(shape: Shape) {
    this.shape = shape
    this.#meter = new LoudnessMeter(shape, energy => {
      this.#blocks.push(energy)
      if (this.#blocks.length > mostBlocks) this.#blocks.shift()
      this.#steps += 1
    })
  }

  /** Hears the next samples, and gives what was measured and the gain for what follows, in decibels. */
  hear(channels: readonly Float32Array[], targetLufs: number): { loudness: Loudness; gain: number } {
    this.#steps = 0
    this.#meter.add(channels)
    const loudness = this.#meter.read()
    this.#gain = this.#nextGain(loudness, targetLufs)
    return { loudness, gain: this.#gain }
  }

  #nextGain({ truePeak }: Loudness, targetLufs: number): number {
    const level = this.#level()
    if (level === null) return this.#gain
    const room = truePeak === null ? mostGain : peakCeiling - truePeak
    // Peaks hold back only what would be lifted: what is loud already is the limiter's.
    const most = Math.max(0, Math.min(mostGain, room))
    const wanted = Math.max(leastGain, Math.min(most, targetLufs - level))
    const distance = wanted - this.#gain
    if (Math.abs(distance) <= tolerance && this.#gain <= most) return this.#gain
    const seconds = this.#steps / blocksOfSecond
    return this.#gain + Math.max(-downBySecond * seconds, Math.min(upBySecond * seconds, distance))
  }

  /** The gated loudness of the last half minute; null while too little was heard. */
  #level(): number | null {
    const heard = this.#blocks.filter(energy => energy > energyOf(absoluteGate))
    if (heard.length < fewestBlocks) return null
    const floor = mean(heard) / 10 ** (relativeGate / 10)
    return loudnessOf(mean(heard.filter(energy => energy > floor)))
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
