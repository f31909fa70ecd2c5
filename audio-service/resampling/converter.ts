import { mixChannels } from './channel-mix.ts'
import { Resampler } from './resampler.ts'

/** Of samples that stream by. */
export interface Shape {
  readonly sampleRate: number
  readonly channels: number
}

/** Brings a stream to another rate and another number of channels, over as few channels as can be. */
export class Converter {
  readonly #resampler: Resampler | null
  readonly #to: Shape
  /** Fewer channels are made before, more after: filtering is what costs. */
  readonly #between: number

  constructor(from: Shape, to: Shape) {
    this.#to = to
    this.#between = Math.min(from.channels, to.channels)
    this.#resampler =
      from.sampleRate === to.sampleRate ? null : new Resampler(from.sampleRate, to.sampleRate, this.#between)
  }

  convert(channels: readonly Float32Array[]): readonly Float32Array[] {
    const fewer = mixChannels(channels, this.#between)
    return mixChannels(this.#resampler?.process(fewer) ?? fewer, this.#to.channels)
  }

  /** What is left when the stream has ended. */
  finish(): readonly Float32Array[] {
    const rest = this.#resampler?.flush() ?? Array.from({ length: this.#between }, () => new Float32Array(0))
    return mixChannels(rest, this.#to.channels)
  }
}
