import type { Clock } from './clock.ts'
import type { EndpointId } from './identity.ts'

/** How a piece of work that may be asked for again ended. */
export type RepeatedOutcome =
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: unknown }

const maxRemembered = 1_000
const rememberedForMs = 60_000

interface Work {
  readonly startedAt: number
  outcome: RepeatedOutcome | null
  readonly waiting: ((outcome: RepeatedOutcome) => void)[]
}

/**
 * Work that callers may ask for again because its answer was lost: it is done once, and each repeat gets the outcome of
 * the first. Remembers a thousand of them, for a minute, over reconnections of the caller.
 */
export class Repeats {
  readonly #clock: Clock
  readonly #work = new Map<string, Work>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Null for a repeat, whose `settle` is called with the outcome of the first; else tells the outcome when it is known. */
  begin(
    peer: EndpointId,
    key: string,
    settle: (outcome: RepeatedOutcome) => void,
  ): ((outcome: RepeatedOutcome) => void) | null {
    const name = `${peer}\n${key}`
    this.#forgetOld()
    const known = this.#work.get(name)
    if (known !== undefined) {
      if (known.outcome !== null) settle(known.outcome)
      else known.waiting.push(settle)
      return null
    }
    const work: Work = { startedAt: this.#clock.now(), outcome: null, waiting: [] }
    this.#work.set(name, work)
    return outcome => {
      work.outcome = outcome
      for (const tell of work.waiting.splice(0)) tell(outcome)
    }
  }

  #forgetOld(): void {
    const oldestKept = this.#clock.now() - rememberedForMs
    for (const [name, work] of this.#work) {
      const isOld = work.startedAt < oldestKept || this.#work.size >= maxRemembered
      if (!isOld) return
      this.#work.delete(name)
    }
  }
}
