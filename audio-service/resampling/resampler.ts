import { greatestDivisor, type Kernel, kernelOf } from './kernel.ts'

/**
 * Changes the rate of a stream, block by block, band-limited: the passband (0.86 of the narrower band) is flat to 0.01 dB,
 * what would alias is at least 95 dB down. The first output sample stands where the first input sample stood, and as
 * much comes out as went in, in time: `flush` gives the rest.
 */
export class Resampler {
  readonly #kernel: Kernel
  readonly #channels: readonly Float32Array[]
  /** The rates without their common divisor. */
  readonly #from: number
  readonly #to: number
  /** Whether each place between samples that is met has a row of its own. */
  readonly #isExact: boolean
  #history: Float32Array[]
  /** Where the next output sample stands, in the history: whole samples, and parts of `#to`. */
  #index: number
  #fraction = 0
  #taken = 0
  #given = 0

  constructor(from: number, to: number, channels: number) {
    const common = greatestDivisor(from, to)
    this.#from = from / common
    this.#to = to / common
    this.#kernel = kernelOf(from, to)
    this.#isExact = this.#kernel.phases === this.#to
    this.#channels = Array.from({ length: channels }, () => new Float32Array(0))
    // Before the beginning there is silence.
    this.#history = this.#channels.map(() => new Float32Array(this.#kernel.reach))
    this.#index = 0
  }

  /** All output samples for which enough input is there now. */
  process(input: readonly Float32Array[]): Float32Array[] {
    const frames = input[0]?.length ?? 0
    this.#taken += frames
    this.#history = this.#history.map((before, place) => appended(before, input[place]))
    return this.#drain(Number.POSITIVE_INFINITY)
  }

  /** What is left when the input has ended. */
  flush(): Float32Array[] {
    const total = Math.ceil((this.#taken * this.#to) / this.#from)
    this.#history = this.#history.map(before => appended(before, new Float32Array(this.#kernel.taps)))
    return this.#drain(Math.max(0, total - this.#given))
  }

  #drain(most: number): Float32Array[] {
    const { taps } = this.#kernel
    const length = this.#history[0]?.length ?? 0
    const room = length - taps - this.#index
    const possible =
      room < 0 ? 0 : Math.floor((room * this.#to + this.#to - 1 - this.#fraction) / this.#from) + 1
    const count = Math.min(possible, most)
    const output = this.#history.map(history => this.#filter(history, count))
    const moved = this.#fraction + count * this.#from
    this.#index += Math.floor(moved / this.#to)
    this.#fraction = moved % this.#to
    this.#given += count
    const used = Math.min(this.#index, length)
    this.#history = this.#history.map(history => history.slice(used))
    this.#index -= used
    return output
  }

  #filter(history: Float32Array, count: number): Float32Array {
    const { taps, rows, phases } = this.#kernel
    const output = new Float32Array(count)
    const [step, to] = [this.#from, this.#to]
    let index = this.#index
    let fraction = this.#fraction
    for (let frame = 0; frame < count; frame += 1) {
      if (this.#isExact) {
        output[frame] = dot(history, index, rows, fraction * taps, taps)
      } else {
        const place = (fraction / to) * phases
        const row = Math.floor(place)
        const share = place - row
        const low = dot(history, index, rows, row * taps, taps)
        output[frame] = low + share * (dot(history, index, rows, (row + 1) * taps, taps) - low)
      }
      fraction += step
      while (fraction >= to) {
        fraction -= to
        index += 1
      }
    }
    return output
  }
}

/** Four sums that do not wait for one another; `taps` is a multiple of four. */
function dot(input: Float32Array, at: number, weights: Float32Array, row: number, taps: number): number {
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let tap = 0; tap < taps; tap += 4) {
    // Inside both arrays by construction; a check of each would be half of the time.
    a += (input[at + tap] as number) * (weights[row + tap] as number)
    b += (input[at + tap + 1] as number) * (weights[row + tap + 1] as number)
    c += (input[at + tap + 2] as number) * (weights[row + tap + 2] as number)
    d += (input[at + tap + 3] as number) * (weights[row + tap + 3] as number)
  }
  return a + b + (c + d)
}

function appended(before: Float32Array, more: Float32Array | undefined): Float32Array {
  const both = new Float32Array(before.length + (more?.length ?? 0))
  both.set(before)
  if (more !== undefined) both.set(more, before.length)
  return both
}
