import { Converter, type Shape } from '../resampling/converter.ts'
import { addStretch } from './add-source.ts'
import { Fade, type Setting } from './fade.ts'
import { type Weights, weightsOf } from './panning.ts'

/** While pan moves, its curve is followed in steps of so many frames. */
const curveFrames = 64
/** A change "at once" takes this long, so that it does not click. */
const smoothSeconds = 0.005
/** Samples are taken ahead up to this; a sender that is ahead of it waits. */
const aheadSeconds = 0.25

/** One stream of a mix: samples that wait, and how they are to be heard. */
export class Source {
  readonly #converter: Converter
  readonly #mix: Shape
  readonly #fade: Fade
  readonly #kind: 1 | 2
  readonly #waiting: (readonly Float32Array[])[] = []
  /** Frames of the first of them that were mixed already. */
  #used = 0
  #buffered = 0
  #frames = 0
  #hasEnded = false

  constructor(shape: Shape, mix: Shape, setting: Setting) {
    this.#mix = mix
    this.#fade = new Fade(setting)
    // A mono source is placed by its pan, which has a rule of its own.
    this.#kind = shape.channels === 1 || mix.channels === 1 ? 1 : 2
    this.#converter = new Converter(shape, { sampleRate: mix.sampleRate, channels: this.#kind })
  }

  /** Frames that wait to be mixed. */
  get buffered(): number {
    return this.#buffered
  }

  /** Whether more samples are wanted now. */
  get isHungry(): boolean {
    return !this.#hasEnded && this.#buffered < this.#mix.sampleRate * aheadSeconds
  }

  /** Whether all of it has been mixed. */
  get isDone(): boolean {
    return this.#hasEnded && this.#buffered === 0
  }

  /** Frames that were mixed, of the mix. */
  get frames(): number {
    return this.#frames
  }

  push(channels: readonly Float32Array[]): void {
    this.#keep(this.#converter.convert(channels))
  }

  /** There will be no more. */
  end(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#keep(this.#converter.finish())
  }

  /** Whether `frames` can be mixed without a hole, or it ends before. */
  isReadyFor(frames: number): boolean {
    return this.#hasEnded || this.#buffered >= frames
  }

  set(setting: Setting, overFrames: number): void {
    this.#fade.begin(
      setting,
      overFrames === 0 ? Math.round(this.#mix.sampleRate * smoothSeconds) : overFrames,
    )
  }

  /** Adds its next frames to the mix, and gives how many were missing. A fade goes on over a hole. */
  mixInto(mix: readonly Float32Array[], frames: number): number {
    let at = 0
    while (at < frames && this.#buffered > 0) {
      const [input] = this.#waiting
      if (input === undefined) break
      const available = (input[0]?.length ?? 0) - this.#used
      const count = Math.min(available, frames - at)
      this.#add(mix, input, at, count)
      this.#used += count
      this.#buffered -= count
      this.#frames += count
      at += count
      if (count === available) {
        this.#waiting.shift()
        this.#used = 0
      }
    }
    this.#fade.advance(frames - at)
    return this.#hasEnded ? 0 : frames - at
  }

  #add(mix: readonly Float32Array[], input: readonly Float32Array[], at: number, frames: number): void {
    let done = 0
    while (done < frames) {
      const left = this.#fade.left
      const count = left === 0 ? frames - done : Math.min(frames - done, left, curveFrames)
      addStretch(mix, {
        input,
        from: this.#used + done,
        at: at + done,
        frames: count,
        first: this.#weights(0),
        last: this.#weights(left === 0 ? 0 : count),
      })
      this.#fade.advance(count)
      done += count
    }
  }

  #weights(frames: number): Weights {
    const setting = this.#fade.at(frames)
    if (this.#mix.channels === 2) return weightsOf(setting, this.#kind)
    return { leftToLeft: setting.gain, rightToLeft: 0, leftToRight: 0, rightToRight: 0 }
  }

  #keep(channels: readonly Float32Array[]): void {
    const frames = channels[0]?.length ?? 0
    if (frames === 0) return
    this.#waiting.push(channels)
    this.#buffered += frames
  }
}
