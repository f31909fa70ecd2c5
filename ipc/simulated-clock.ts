import type { Clock } from './clock.ts'

/** A clock that stands still until it is told otherwise, so that no test has to wait. */
export class SimulatedClock implements Clock {
  #now = 0
  readonly #epoch: number
  readonly #timers = new Set<{ readonly at: number; readonly action: () => void }>()

  constructor(epochMs = 1_800_000_000_000) {
    this.#epoch = epochMs
  }

  now(): number {
    return this.#now
  }

  wallClock(): number {
    return this.#epoch + this.#now
  }

  after(delayMs: number, action: () => void): Disposable {
    const timer = { at: this.#now + Math.max(0, delayMs), action }
    this.#timers.add(timer)
    return { [Symbol.dispose]: () => void this.#timers.delete(timer) }
  }

  /** How many timers are set: what a leak check asks. */
  get timers(): number {
    return this.#timers.size
  }

  /** Lets time pass, calling what falls due in its order. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds
    for (;;) {
      const due = [...this.#timers].filter(timer => timer.at <= end).sort((a, b) => a.at - b.at)[0]
      if (due === undefined) break
      this.#timers.delete(due)
      this.#now = Math.max(this.#now, due.at)
      due.action()
    }
    this.#now = end
  }

  /** Lets time leap, as when the machine has slept: timers that fell due meanwhile are called late, all at the end. */
  sleep(milliseconds: number): void {
    this.#now += milliseconds
    this.advance(0)
  }
}
