import { AudioBusyError, NoSuchSourceError, SourceExistsError } from '../errors.ts'
import type { Shape } from '../resampling/converter.ts'
import { factorOf, type Setting } from './fade.ts'
import { Limiter } from './limiter.ts'
import { Source } from './source.ts'

const mostSources = 256

/** Adds sources up, and keeps the sum below a ceiling. */
export class Mixer {
  readonly #shape: Shape
  readonly #limiter: Limiter
  readonly #sources = new Map<string, Source>()
  /** Frames that come out of the limiter before the first of the mix. */
  #toSkip: number
  /** Frames of the mix that are still in the limiter. */
  #held = 0
  #frames = 0
  #missed = 0

  /** `ceiling` in decibels over full scale. */
  constructor(shape: Shape, ceiling: number) {
    this.#shape = shape
    this.#limiter = new Limiter(shape.sampleRate, shape.channels, factorOf(ceiling))
    this.#toSkip = this.#limiter.delay
  }

  get sources(): number {
    return this.#sources.size
  }

  /** Frames that came out. */
  get frames(): number {
    return this.#frames
  }

  /** Frames in which a source had nothing. */
  get missed(): number {
    return this.#missed
  }

  /** What the limiter takes away now, in decibels: 0 or less. */
  get reduction(): number {
    return 20 * Math.log10(this.#limiter.gain)
  }

  /** Whether what was mixed has come out. */
  get isDrained(): boolean {
    return this.#held === 0
  }

  add(name: string, shape: Shape, setting: Setting): Source {
    if (this.#sources.has(name)) throw new SourceExistsError()
    if (this.#sources.size >= mostSources)
      throw new AudioBusyError(`This mixer has ${mostSources} sources already`)
    const source = new Source(shape, this.#shape, setting)
    this.#sources.set(name, source)
    return source
  }

  find(name: string): Source {
    const source = this.#sources.get(name)
    if (source === undefined) throw new NoSuchSourceError()
    return source
  }

  has(source: Source): boolean {
    return this.#sources.values().some(one => one === source)
  }

  /** Whether there was one. */
  remove(name: string): boolean {
    return this.#sources.delete(name)
  }

  clear(): void {
    this.#sources.clear()
  }

  /** Whether the next block of the mix can be made without holes. */
  isReadyFor(frames: number): boolean {
    return this.#sources.values().every(source => source.isReadyFor(frames + this.#toSkip))
  }

  /** The next frames of the mix. Sources that have ended leave. */
  render(frames: number): Float32Array[] {
    const count = frames + this.#toSkip
    const mix = Array.from({ length: this.#shape.channels }, () => new Float32Array(count))
    this.#held = this.#sources.size > 0 ? this.#limiter.delay : Math.max(0, this.#held - count)
    for (const [name, source] of this.#sources) {
      this.#missed += source.mixInto(mix, count)
      if (source.isDone) this.#sources.delete(name)
    }
    this.#limiter.process(mix)
    this.#frames += frames
    const skipped = this.#toSkip
    this.#toSkip = 0
    return skipped === 0 ? mix : mix.map(channel => channel.slice(skipped))
  }
}
