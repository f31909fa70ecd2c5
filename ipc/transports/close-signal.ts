import { Listeners } from '../listeners.ts'

/** Tells once that a channel has closed, however often and by whichever side that is noticed. */
export class CloseSignal {
  readonly #listeners = new Listeners<[]>()
  #hasHappened = false

  onClose(listener: () => void): Disposable {
    return this.#listeners.add(listener)
  }

  happen(): void {
    if (this.#hasHappened) return
    this.#hasHappened = true
    try {
      this.#listeners.call()
    } finally {
      this.#listeners.clear()
    }
  }
}
