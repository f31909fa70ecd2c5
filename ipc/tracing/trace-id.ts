/** Leaves 32 bits for the counter below it in a number that stays exact. */
const seedLimit = 2 ** 21
const counterLimit = 2 ** 32

/**
 * Numbers for calls, unique among the processes of one browser without asking anybody: 21 bits drawn once by each
 * endpoint, 32 bits that count. Safe integers, never 0. Two of a hundred endpoints draw alike once in four hundred
 * browsers, and then two traces may share a picture; nothing else stands on them.
 */
export class TraceIds {
  readonly #base: number
  #counter = 0

  /** `random` as `Math.random`: nobody gains by guessing such a number. */
  constructor(random: () => number = Math.random) {
    this.#base = Math.floor(random() * seedLimit) * counterLimit
  }

  next(): number {
    this.#counter = this.#counter + 1 < counterLimit ? this.#counter + 1 : 1
    return this.#base + this.#counter
  }
}

/** The form for people and for files: 14 hexadecimal digits. */
export function traceIdText(id: number): string {
  return id.toString(16).padStart(14, '0')
}
