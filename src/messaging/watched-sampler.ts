import { type Clock, systemClock } from '../../ipc/clock.ts'

/** How often a view is refreshed while somebody looks. */
const sampleIntervalMs = 1_000

export interface SamplerOptions<Sample> {
  readonly sample: () => Promise<Sample>
  readonly publish: (sample: Sample, isWatching: (watcher: string) => boolean) => void
  readonly clock?: Clock
}

/**
 * Samples once a second while at least one watcher looks, and not at all otherwise. The next sample is begun a second
 * after the last one ended, so that a slow machine is not asked faster than it answers.
 */
export class WatchedSampler<Sample> implements Disposable {
  readonly #options: SamplerOptions<Sample>
  readonly #clock: Clock
  readonly #watchers = new Set<string>()
  #timer: Disposable | null = null
  #isSampling = false

  constructor(options: SamplerOptions<Sample>) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
  }

  get isRunning(): boolean {
    return this.#watchers.size > 0
  }

  watch(watcher: string): void {
    this.#watchers.add(watcher)
    if (this.#timer === null && !this.#isSampling) void this.#round()
  }

  unwatch(watcher: string): void {
    this.#watchers.delete(watcher)
    if (this.#watchers.size === 0) this.#stop()
  }

  [Symbol.dispose](): void {
    this.#watchers.clear()
    this.#stop()
  }

  #stop(): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
  }

  async #round(): Promise<void> {
    this.#isSampling = true
    try {
      const sample = await this.#options.sample()
      if (this.isRunning) this.#options.publish(sample, watcher => this.#watchers.has(watcher))
    } finally {
      this.#isSampling = false
      this.#timer = this.isRunning ? this.#clock.after(sampleIntervalMs, () => void this.#round()) : null
    }
  }
}
