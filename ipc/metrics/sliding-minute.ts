/** How far back the numbers reach at most. */
export const windowMs = 60_000
/** The window moves on by a quarter of a minute at a time. */
const partMs = 15_000
export const partsKept = windowMs / partMs
/** Rates right after the start would be wild otherwise. */
const shortestSpanMs = 1_000

/**
 * Knows which part of the sliding minute it is. Told the time once for many messages, so that counting one of them needs
 * no clock. Times are those of `Clock.now`, in milliseconds.
 */
export class SlidingMinute {
  readonly #startedAt: number
  #part = 0
  #partEndsAt: number

  constructor(now: number) {
    this.#startedAt = now
    this.#partEndsAt = now + partMs
  }

  /** Counts up from 0. */
  get part(): number {
    return this.#part
  }

  advance(now: number): void {
    if (now < this.#partEndsAt) return
    this.#part = Math.floor((now - this.#startedAt) / partMs)
    this.#partEndsAt = this.#startedAt + (this.#part + 1) * partMs
  }

  /** How much time lies in the parts that are kept: 45 to 60 seconds, or all since the start. */
  spanMs(now: number): number {
    const oldestPart = Math.max(0, this.#part - partsKept + 1)
    return Math.max(shortestSpanMs, now - this.#startedAt - oldestPart * partMs)
  }
}
