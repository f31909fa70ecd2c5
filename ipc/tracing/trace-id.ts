/** Leaves 32 bits for the counter below it in a number that stays exact. */
const seedLimit = 2 ** 21
const counterLimit = 2 ** 32

/**
 * Where the numbers of calls in traces begin, one number for each connection: 21 random bits above the 32 in which the
 * calls of a connection count up. Unique among the processes of one browser without asking anybody, nearly: two of a
 * hundred connections draw alike once in four hundred browsers, and then two traces may share a picture; nothing else
 * stands on them.
 */
export class TraceSeeds {
  readonly #random: () => number

  /** `random` as `Math.random`: nobody gains by guessing such a number. */
  constructor(random: () => number) {
    this.#random = random
  }

  next(): number {
    return Math.floor(this.#random() * seedLimit) * counterLimit
  }
}

/** The form for people and for files: 14 hexadecimal digits. */
export function traceIdText(id: number): string {
  return id.toString(16).padStart(14, '0')
}
