import { TruePeakMeter, truePeakDelay } from '../loudness/true-peak.ts'
import { SlidingMinimum } from './sliding-minimum.ts'

/** How far the limiter looks ahead: over this time it becomes quieter before a peak. */
const lookAheadSeconds = 0.005
/** In this time it gives back most of what it took. */
const releaseSeconds = 0.08
/** Kept free below the ceiling, for what a changing gain adds between the samples: 0.1 dB. */
const margin = 10 ** (-0.1 / 20)
/** A gain that is as good as one. */
const nearlyOne = 1 - 1e-6

/**
 * Keeps every peak, between the samples too as ITU-R BS.1770 measures them, below a ceiling. All channels get the same
 * gain. It delays by `delay` frames; what is below the ceiling passes unchanged, bit for bit.
 */
export class Limiter {
  /** Frames by which the output is late. */
  readonly delay: number
  readonly #ceiling: number
  readonly #meters: readonly TruePeakMeter[]
  readonly #delayed: Float32Array[]
  readonly #window: number
  readonly #lowest: SlidingMinimum
  readonly #release: number
  /** The gains of the last frames, whose mean is applied, and their sum. */
  readonly #recent: Float64Array
  #place = 0
  #sum: number
  #held = 1
  /** Frames until everything of the last peak has passed. */
  #busy = 0

  /** `ceiling` as a factor of full scale. */
  constructor(sampleRate: number, channels: number, ceiling: number) {
    this.#ceiling = ceiling * margin
    this.#window = Math.max(8, Math.round(sampleRate * lookAheadSeconds))
    this.delay = this.#window + truePeakDelay
    this.#meters = Array.from({ length: channels }, () => new TruePeakMeter())
    this.#delayed = Array.from({ length: channels }, () => new Float32Array(this.delay))
    // The mean of a window of minima over as long a window is never above any of them at its own time.
    this.#lowest = new SlidingMinimum(this.#window + 2)
    this.#recent = new Float64Array(this.#window).fill(1)
    this.#sum = this.#window
    this.#release = 1 - Math.exp(-1 / (sampleRate * releaseSeconds))
  }

  /** How much it takes away now, as a factor. */
  get gain(): number {
    return this.#held
  }

  /** Takes a block and gives as many frames, `delay` frames late. The arrays given in are written over. */
  process(channels: readonly Float32Array[]): void {
    const frames = channels[0]?.length ?? 0
    const peaks = new Float32Array(frames)
    for (const [place, channel] of channels.entries()) {
      this.#meters[place]?.peaksOf(channel, peaks, this.#ceiling)
    }
    const gains = this.#gainsFor(peaks)
    for (const [place, channel] of channels.entries()) this.#delay(place, channel)
    if (gains === null) return
    for (const channel of channels) {
      for (let at = 0; at < frames; at += 1) channel[at] = (channel[at] as number) * (gains[at] as number)
    }
  }

  /** The gain of each frame; null when it is one for all of them. */
  #gainsFor(peaks: Float32Array): Float32Array | null {
    let isQuiet = true
    for (let at = 0; at < peaks.length && isQuiet; at += 1) isQuiet = (peaks[at] as number) <= this.#ceiling
    if (isQuiet && this.#busy === 0) return null
    const gains = new Float32Array(peaks.length)
    for (let at = 0; at < peaks.length; at += 1) {
      const peak = peaks[at] as number
      const wanted = peak > this.#ceiling ? this.#ceiling / peak : 1
      const lowest = this.#lowest.push(wanted)
      // Down at once, for the mean smooths it; up slowly.
      this.#held = lowest < this.#held ? lowest : this.#held + (lowest - this.#held) * this.#release
      if (this.#held > nearlyOne) this.#held = 1
      const last = this.#recent[this.#place] as number
      this.#sum += this.#held - last
      this.#recent[this.#place] = this.#held
      this.#place = this.#place + 1 === this.#window ? 0 : this.#place + 1
      gains[at] = Math.min(1, this.#sum / this.#window)
      this.#busy = this.#held < 1 ? this.#window * 2 : Math.max(0, this.#busy - 1)
    }
    if (this.#busy === 0) this.#settle()
    return gains
  }

  /** Rounding must not add up over hours. */
  #settle(): void {
    this.#recent.fill(1)
    this.#sum = this.#window
    this.#lowest.clear()
  }

  #delay(place: number, channel: Float32Array): void {
    const line = this.#delayed[place]
    if (line === undefined) return
    const both = new Float32Array(line.length + channel.length)
    both.set(line)
    both.set(channel, line.length)
    channel.set(both.subarray(0, channel.length))
    line.set(both.subarray(channel.length))
  }
}
