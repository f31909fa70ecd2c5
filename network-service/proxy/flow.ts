import type { Socket } from 'node:net'

/**
 * The way of bytes out of this process. `write` answers whether the system has taken them all, so that their memory may
 * be used again; if not, `onFree` is called once it has.
 */
export class Flow {
  readonly #to: Socket
  readonly #onFree: () => void
  #isWaiting = false

  constructor(to: Socket, onFree: () => void) {
    this.#to = to
    this.#onFree = onFree
  }

  write(bytes: Buffer): boolean {
    if (this.#to.destroyed) return false
    this.#to.write(bytes, this.#written)
    if (this.#to.writableLength === 0) return true
    this.#isWaiting = true
    return false
  }

  readonly #written = (): void => {
    if (!this.#isWaiting || this.#to.writableLength > 0) return
    this.#isWaiting = false
    this.#onFree()
  }
}
