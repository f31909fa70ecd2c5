import type { Clock } from '../../../ipc/clock.ts'
import { lossesUntilSoftware } from './policies.ts'

/** After so long without a loss the graphics are trusted again. */
const stableAfterMs = 60_000

/** Counts how often the engine's graphics process went, and says once when it is not to be relied on any more. */
export class GraphicsWatch {
  readonly #clock: Clock
  readonly #onLost: () => void
  #losses = 0
  #lastAt = -Infinity

  constructor(clock: Clock, onLost: () => void) {
    this.#clock = clock
    this.#onLost = onLost
  }

  gone(): void {
    const now = this.#clock.now()
    this.#losses = now - this.#lastAt >= stableAfterMs ? 1 : this.#losses + 1
    this.#lastAt = now
    if (this.#losses === lossesUntilSoftware) this.#onLost()
  }
}
