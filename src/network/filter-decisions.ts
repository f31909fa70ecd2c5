import {
  type FilterDecision,
  type JudgedRequest,
  mostJudgedCharacters,
  mostJudgedRequests,
} from '../../contracts/network-filtering.ts'
import type { Clock } from '../../ipc/clock.ts'

/** A page waits no longer for the lists; then its request goes on. */
const patienceMs = 250
/** The same while the network process starts: nothing could be loaded before it is there anyway. */
const startPatienceMs = 4_000
/** Pages ask for the same again and again. */
const mostKept = 4_000

/** A decision, or that there was none in time. */
export type TimelyDecision = FilterDecision | { readonly kind: 'late' }

export interface FilterDecisionsOptions {
  /** Asks the network process about several requests at once. */
  readonly ask: (requests: JudgedRequest[]) => Promise<readonly FilterDecision[]>
  readonly clock: Clock
  /** Runs once this tick is over. */
  readonly afterTick: (work: () => void) => void
}

interface Waiting {
  readonly request: JudgedRequest
  readonly key: string
  readonly answer: (decision: TimelyDecision) => void
}

/** Asks what filter lists make of requests: those of one tick in one call, and what is known not again. */
export class FilterDecisions {
  readonly #options: FilterDecisionsOptions
  /** The longest unused first. */
  readonly #kept = new Map<string, FilterDecision>()
  #waiting: Waiting[] = []
  #late = 0
  /** Whether the process that is there now has ever answered. */
  #isHeard = false

  constructor(options: FilterDecisionsOptions) {
    this.#options = options
  }

  /** How many requests went on because nothing was heard in time. */
  get late(): number {
    return this.#late
  }

  /** To be called when the process that answers has gone: the next one is given its time to start. */
  gone(): void {
    this.#isHeard = false
  }

  /** At once where it is known; never rejects. */
  decide(request: JudgedRequest): FilterDecision | Promise<TimelyDecision> {
    const key = `${request.kind}\n${request.source}\n${request.page}\n${request.url}`
    const known = this.#kept.get(key)
    if (known !== undefined) {
      this.#kept.delete(key)
      this.#kept.set(key, known)
      return known
    }
    const { promise, resolve } = Promise.withResolvers<TimelyDecision>()
    this.#waiting.push({ request: shortened(request), key, answer: resolve })
    if (this.#waiting.length === 1) this.#options.afterTick(() => this.#send())
    return promise
  }

  #send(): void {
    while (this.#waiting.length > 0) void this.#ask(this.#waiting.splice(0, mostJudgedRequests))
  }

  async #ask(asked: readonly Waiting[]): Promise<void> {
    const { ask, clock } = this.#options
    const requests = asked.map(({ request }) => request)
    const { promise: impatience, resolve } = Promise.withResolvers<null>()
    using timers = new DisposableStack()
    timers.use(clock.after(startPatienceMs, () => resolve(null)))
    // One that is heard from and then is silent is not waited for as long as one that starts.
    if (this.#isHeard) timers.use(clock.after(patienceMs, () => this.#isHeard && resolve(null)))
    const answer = ask(requests).catch(() => {
      // It died over it. What has come in its place is asked the same, and given the time to start.
      this.gone()
      return ask(requests)
    })
    // What comes too late is still worth keeping for the next time.
    const arrived = answer.then(
      decisions => {
        this.#isHeard = true
        for (const [index, { key }] of asked.entries()) {
          const decision = decisions[index]
          if (decision !== undefined) this.#keep(key, decision)
        }
        return decisions
      },
      () => null,
    )
    const decisions = await Promise.race([arrived, impatience])
    for (const [index, { answer: tell }] of asked.entries()) {
      const decision = decisions?.[index]
      if (decision === undefined) this.#late += 1
      tell(decision ?? { kind: 'late' })
    }
  }

  #keep(key: string, decision: FilterDecision): void {
    const [oldest] = this.#kept.keys()
    if (oldest !== undefined && this.#kept.size >= mostKept) this.#kept.delete(oldest)
    this.#kept.set(key, decision)
  }
}

function shortened({ url, kind, source, page }: JudgedRequest): JudgedRequest {
  return {
    url: url.slice(0, mostJudgedCharacters),
    kind,
    source: source.slice(0, mostJudgedCharacters),
    page: page.slice(0, mostJudgedCharacters),
  }
}
