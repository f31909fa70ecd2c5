import type { Clock } from '../../ipc/clock.ts'

/** How often the system is asked; the engine has no event for it. */
const askEachMs = 2_000

export interface ConnectivityOptions {
  readonly clock: Clock
  /** False where nothing can be reached for sure. */
  readonly isOnline: () => boolean
  readonly onChanged: (isOnline: boolean) => void
}

/** Whether this machine has a network, watched while the browser runs. */
export class Connectivity implements Disposable {
  readonly #options: ConnectivityOptions
  #timer: Disposable | null = null
  #isOnline: boolean

  constructor(options: ConnectivityOptions) {
    this.#options = options
    this.#isOnline = options.isOnline()
    this.#wait()
  }

  get isOnline(): boolean {
    return this.#isOnline
  }

  /** Asks now, for whoever must know at once. */
  look(): boolean {
    const isOnline = this.#options.isOnline()
    if (isOnline !== this.#isOnline) {
      this.#isOnline = isOnline
      this.#options.onChanged(isOnline)
    }
    return isOnline
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
  }

  #wait(): void {
    this.#timer = this.#options.clock.after(askEachMs, () => {
      this.look()
      if (this.#timer !== null) this.#wait()
    })
  }
}
