import type { ProcessTree } from '../../contracts/processes.ts'
import { type Clock, systemClock } from '../../ipc/clock.ts'

/** How often the tree is refreshed while somebody looks. */
export const sampleIntervalMs = 1_000

export interface SamplerOptions {
  readonly sample: () => Promise<ProcessTree>
  readonly publish: (tree: ProcessTree, isWatching: (watcher: string) => boolean) => void
  readonly clock?: Clock
}

/**
 * Samples once a second while at least one watcher looks, and not at all otherwise. The next sample is begun a second
 * after the last one ended, so that a slow machine is not asked faster than it answers.
 */
export class ProcessSampler implements Disposable {
  readonly #options: SamplerOptions
  readonly #clock: Clock
  readonly #watchers = new Set<string>()
  #timer: Disposable | null = null
  #isSampling = false

  constructor(options: SamplerOptions) {
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
      const tree = await this.#options.sample()
      if (this.isRunning) this.#options.publish(tree, watcher => this.#watchers.has(watcher))
    } finally {
      this.#isSampling = false
      this.#timer = this.isRunning ? this.#clock.after(sampleIntervalMs, () => void this.#round()) : null
    }
  }
}
