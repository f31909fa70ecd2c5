import { splitChannels } from '../../contracts/audio-pcm.ts'
import type { Clock } from '../../ipc/clock.ts'
import { AudioBusyError, BadBlockError } from '../errors.ts'
import type { Shape } from '../resampling/converter.ts'
import type { Setting } from './fade.ts'
import { Mixer } from './mixer.ts'
import type { Source } from './source.ts'

export interface MixerOptions {
  readonly shape: Shape
  /** In decibels over full scale. */
  readonly ceiling: number
  /** How long a source that has nothing ready holds the mix up; null for as long as it takes. */
  readonly patienceMs: number | null
  readonly clock: Clock
}

/** A mixer between those who send and the one who reads: everybody waits for whoever is slower. */
export class MixerSession {
  readonly mixer: Mixer
  readonly #options: MixerOptions
  #change = Promise.withResolvers<void>()
  #isClosed = false
  #isRead = false
  #hadSources = false

  constructor(options: MixerOptions) {
    this.#options = options
    this.mixer = new Mixer(options.shape, options.ceiling)
  }

  /** Mixes a source until it ends or is removed, and gives how many frames of it were mixed. */
  async play(
    name: string,
    shape: Shape,
    setting: Setting,
    input: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<number> {
    const source = this.mixer.add(name, shape, setting)
    this.#hadSources = true
    const wake = (): void => this.#wake()
    signal.addEventListener('abort', wake)
    try {
      await this.#feed(source, shape.channels, input, signal)
      source.end()
      wake()
      while (this.#isPlaying(source, signal)) await this.#change.promise
      return source.frames
    } finally {
      signal.removeEventListener('abort', wake)
      if (this.mixer.has(source)) this.mixer.remove(name)
      wake()
    }
  }

  set(name: string, setting: Setting, overFrames: number): void {
    this.mixer.find(name).set(setting, overFrames)
  }

  remove(name: string): void {
    this.mixer.remove(name)
    this.#wake()
  }

  close(): void {
    this.#isClosed = true
    this.mixer.clear()
    this.#wake()
  }

  /** The mix, a block whenever one is taken. */
  async *blocks(
    frames: number,
    untilSourcesEnd: boolean,
    signal: AbortSignal,
  ): AsyncGenerator<Float32Array[], void> {
    if (this.#isRead) throw new AudioBusyError('This mixer is being read already')
    this.#isRead = true
    const wake = (): void => this.#wake()
    signal.addEventListener('abort', wake)
    try {
      while (await this.#isTimeFor(frames, untilSourcesEnd, signal)) {
        const block = this.mixer.render(frames)
        wake()
        yield block
      }
    } finally {
      signal.removeEventListener('abort', wake)
      this.#isRead = false
    }
  }

  async #feed(
    source: Source,
    channels: number,
    input: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<void> {
    for await (const samples of input) {
      const split = splitChannels(samples, channels)
      if (split === null) throw new BadBlockError(channels)
      source.push(split)
      this.#wake()
      while (!source.isHungry && this.#isPlaying(source, signal)) await this.#change.promise
      if (!this.#isPlaying(source, signal)) return
    }
  }

  #isPlaying(source: Source, signal: AbortSignal): boolean {
    return this.mixer.has(source) && !signal.aborted
  }

  /** Waits until a block can be made; false when there will be none. */
  async #isTimeFor(frames: number, untilSourcesEnd: boolean, signal: AbortSignal): Promise<boolean> {
    let isPatient = this.#options.patienceMs !== 0
    using _patience = this.#afterPatience(() => {
      isPatient = false
      this.#wake()
    })
    while (!this.#isClosed && !signal.aborted) {
      // What the last source left in the limiter is still to come.
      if (this.mixer.sources === 0 && !this.mixer.isDrained) return true
      if (this.mixer.sources === 0 && untilSourcesEnd && this.#hadSources) return false
      const isReady = this.mixer.sources > 0 && (this.mixer.isReadyFor(frames) || !isPatient)
      if (isReady) return true
      await this.#change.promise
    }
    return false
  }

  #afterPatience(action: () => void): Disposable | null {
    const { patienceMs, clock } = this.#options
    return patienceMs === null || patienceMs === 0 ? null : clock.after(patienceMs, action)
  }

  #wake(): void {
    const { resolve } = this.#change
    this.#change = Promise.withResolvers()
    resolve()
  }
}
