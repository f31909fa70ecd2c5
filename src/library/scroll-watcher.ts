import type { Clock } from '../../ipc/clock.ts'

export interface ScrollWatcherOptions {
  readonly clock: Clock
  /** Asks the tab in view how far down its page is. */
  readonly look: () => Promise<void>
}

/** Who loses less than this finds their place again at once. */
const everyMs = 3_000

/** Looks from time to time how far down the page in view is, so that it comes back there. Only one look at a time. */
export class ScrollWatcher implements Disposable {
  readonly #options: ScrollWatcherOptions
  #timer: Disposable | null = null

  constructor(options: ScrollWatcherOptions) {
    this.#options = options
    this.#wait()
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
  }

  #wait(): void {
    this.#timer = this.#options.clock.after(everyMs, () => {
      const timer = this.#timer
      // A page that does not answer is not asked again before it has, or was left.
      this.#options
        .look()
        .catch(() => {})
        .finally(() => {
          if (this.#timer === timer) this.#wait()
        })
    })
  }
}
