import type { Clock } from './clock.ts'

/** Deadlines are kept to this; a timer for each would cost more than the rest of a call. */
const gridMs = 16
/** After a look at so many calls, the next one may take a millisecond longer to come. */
const callsPerMs = 1_000

/**
 * Many deadlines on one timer, and no memory for any of them: it knows the earliest deadline only, and then looks
 * through all calls that wait, which says who is due and which is the next. Nearly all calls are answered long before
 * their deadline, so that a look is rare and finds few. Deadlines fall due some 16 ms late, never early.
 */
export class DeadlineSweep implements Disposable {
  readonly #clock: Clock
  readonly #sweep: (now: number) => { readonly earliest: number; readonly seen: number }
  #timer: Disposable | null = null
  #armedFor = Number.POSITIVE_INFINITY
  #notBefore = 0

  /** `sweep` expires what is due, and tells the earliest deadline of the rest and how many calls it has seen. */
  constructor(clock: Clock, sweep: (now: number) => { readonly earliest: number; readonly seen: number }) {
    this.#clock = clock
    this.#sweep = sweep
  }

  /** There is a deadline at this time of the clock. */
  watch(at: number): void {
    if (at >= this.#armedFor || at === Number.POSITIVE_INFINITY) return
    this.#armedFor = at
    this.#timer?.[Symbol.dispose]()
    const now = this.#clock.now()
    const due = Math.max(Math.ceil(at / gridMs) * gridMs, this.#notBefore, now)
    this.#timer = this.#clock.after(due - now, () => this.#run())
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
    this.#armedFor = Number.POSITIVE_INFINITY
  }

  #run(): void {
    this.#timer = null
    this.#armedFor = Number.POSITIVE_INFINITY
    const now = this.#clock.now()
    const { earliest, seen } = this.#sweep(now)
    this.#notBefore = now + seen / callsPerMs
    if (earliest < Number.POSITIVE_INFINITY) this.watch(earliest)
  }
}
