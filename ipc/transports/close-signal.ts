import { Listeners } from '../listeners.ts'

/** Tells once that a channel has closed, however often and by whichever side that is noticed. */
export class CloseSignal {
  readonly #listeners = new Listeners<[]>()
  #hasHappened = false

  /** Also tells a listener that comes too late. */
  onClose(listener: () => void): Disposable {
    const listening = this.#listeners.add(listener)
    if (this.#hasHappened) queueMicrotask(() => this.#tell())
    return listening
  }

  happen(): void {
    if (this.#hasHappened) return
    this.#hasHappened = true
    this.#tell()
  }

  #tell(): void {
    try {
      this.#listeners.call()
    } finally {
      this.#listeners.clear()
    }
  }
}
