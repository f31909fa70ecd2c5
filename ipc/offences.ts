/** What a peer did that the framework refuses. Honest peers do the first two only by mistake, the rest never. */
export type Offence =
  | 'denied'
  | 'tooLarge'
  | 'malformed'
  | 'unknownCall'
  | 'repeatedNumber'
  | 'forbiddenEvent'
  | 'badProgress'
  | 'badPayload'
  | 'overrun'
  | 'unprotected'

const weights: Readonly<Record<Offence, number>> = {
  // A wrong but well-formed wish may come from a bug; give it a hundred tries before calling it an attack.
  denied: 1,
  tooLarge: 1,
  badProgress: 1,
  badPayload: 1,
  unprotected: 1,
  // These cannot come out of this framework at all.
  malformed: 10,
  unknownCall: 10,
  repeatedNumber: 10,
  forbiddenEvent: 10,
  overrun: 10,
}

const limit = 100

/** Counts what one peer does wrong, and says when it is enough. */
export class OffenceRecord {
  #total = 0
  #weight = 0
  #last: string | null = null

  get total(): number {
    return this.#total
  }

  /** The latest offence in words, for the connection's closing reason. */
  get last(): string | null {
    return this.#last
  }

  /** True when the peer has used up all patience. */
  add(offence: Offence, detail: string): boolean {
    this.#total += 1
    this.#weight += weights[offence]
    this.#last = `${offence}: ${detail}`
    return this.#weight >= limit
  }
}
