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
 * the first. Remembers a thousand of each caller's, for a minute, over reconnections of the caller.
 */
export class Repeats {
  readonly #clock: Clock
  /** By caller, so that none of them can push out what belongs to another. */
  readonly #work = new Map<EndpointId, Map<string, Work>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Null for a repeat, whose `settle` is called with the outcome of the first; else tells the outcome when it is known. */
  begin(
    peer: EndpointId,
    key: string,
    settle: (outcome: RepeatedOutcome) => void,
  ): ((outcome: RepeatedOutcome) => void) | null {
    this.#forgetOld()
    const ofPeer = this.#work.get(peer) ?? new Map<string, Work>()
    const known = ofPeer.get(key)
    if (known !== undefined) {
      if (known.outcome !== null) settle(known.outcome)
      else known.waiting.push(settle)
      return null
    }
    const work: Work = { startedAt: this.#clock.now(), outcome: null, waiting: [] }
    const [oldest] = ofPeer.keys()
    if (ofPeer.size >= maxRemembered && oldest !== undefined) ofPeer.delete(oldest)
    ofPeer.set(key, work)
    this.#work.set(peer, ofPeer)
    return outcome => {
      work.outcome = outcome
      for (const tell of work.waiting.splice(0)) tell(outcome)
    }
  }

  #forgetOld(): void {
    const oldestKept = this.#clock.now() - rememberedForMs
    for (const [peer, ofPeer] of this.#work) {
      for (const [key, { startedAt }] of ofPeer) {
        if (startedAt >= oldestKept) break
        ofPeer.delete(key)
      }
      if (ofPeer.size === 0) this.#work.delete(peer)
    }
  }
}
