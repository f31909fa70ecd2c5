/** Runs something as a task of its own, after whatever the event loop has ready. */
export type Later = (task: () => void) => void

/** Whoever has received more than it may deal with at once. */
export interface TurnTaker {
  /** Deals with at most so many messages; true when more are waiting. */
  takeTurn(messages: number): boolean
}

/** Messages that one connection may have dealt with at once, before others get their turn. */
const messagesAtOnce = 512
/** After so many, a task is due that lets the connection begin anew: soon enough never to be noticed. */
const messagesUntilRenewal = 128
/** In a round each connection gets so many. */
const messagesPerTurn = 64
/** So many in a task, all connections together; then whatever else waits in the event loop gets its chance. */
const messagesPerTask = 512

/**
 * Keeps a flood of messages from one connection from starving the others: each may have some hundred dealt with at
 * once; what is more waits in its own queue, and those that wait take turns.
 */
export class Turns {
  readonly #later: Later
  readonly #waiting: TurnTaker[] = []
  readonly #renewals = new Set<Allowance>()
  #isDue = false

  constructor(later: Later) {
    this.#later = later
  }

  allowance(): Allowance {
    return new Allowance()
  }

  /** How many of `wanted` messages may be dealt with now. */
  spend(allowance: Allowance, wanted: number): number {
    const granted = Math.min(wanted, messagesAtOnce - allowance.spent)
    allowance.spent += granted
    if (allowance.spent >= messagesUntilRenewal) {
      this.#renewals.add(allowance)
      this.#ask()
    }
    return granted
  }

  /** The rest waits until it is this one's turn. */
  wait(taker: TurnTaker): void {
    if (!this.#waiting.includes(taker)) this.#waiting.push(taker)
    this.#ask()
  }

  #ask(): void {
    if (this.#isDue) return
    this.#isDue = true
    this.#later(() => this.#run())
  }

  #run(): void {
    this.#isDue = false
    for (const allowance of this.#renewals) allowance.spent = 0
    this.#renewals.clear()
    for (let spent = 0; spent < messagesPerTask; spent += messagesPerTurn) {
      const taker = this.#waiting.shift()
      if (taker === undefined) return
      if (taker.takeTurn(messagesPerTurn)) this.#waiting.push(taker)
    }
    if (this.#waiting.length > 0) this.#ask()
  }
}

/** What one connection has had dealt with since the last renewal. */
export class Allowance {
  spent = 0
}
