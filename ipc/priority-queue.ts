import { createFifo, type Fifo } from './fifo.ts'

/** Every so many turns the lowest of those that wait goes first, so that no rank waits for ever. */
const turnsPerCourtesy = 8

/**
 * Values in the order in which they are to be served: high before normal before low, first in first out within each;
 * every eighth turn goes to the lowest rank that waits. Holds at most `capacity`.
 */
export class PriorityQueue<T> {
  readonly capacity: number
  readonly #ranks: readonly [Fifo<T>, Fifo<T>, Fifo<T>] = [createFifo(), createFifo(), createFifo()]
  #size = 0
  #turn = 0

  constructor(capacity: number) {
    this.capacity = capacity
  }

  get size(): number {
    return this.#size
  }

  /** False when it is full; the value is then not in it. */
  push(value: T, rank: 0 | 1 | 2): boolean {
    if (this.#size >= this.capacity) return false
    this.#ranks[rank].push(value)
    this.#size += 1
    return true
  }

  /** Takes out the next one; undefined when it is empty. */
  shift(): T | undefined {
    if (this.#size === 0) return undefined
    const [high, normal, low] = this.#ranks
    this.#size -= 1
    // Nearly always only one rank waits, and then there is nothing to weigh.
    if (normal.size === this.#size + 1) return normal.shift()
    this.#turn = (this.#turn + 1) % turnsPerCourtesy
    if (this.#turn === 0) return (low.size > 0 ? low : normal.size > 0 ? normal : high).shift()
    return (high.size > 0 ? high : normal.size > 0 ? normal : low).shift()
  }

  /** Takes out the first value like this, wherever it stands; false when there is none. */
  remove(isWanted: (value: T) => boolean): boolean {
    const found = this.#ranks.some(rank => rank.remove(isWanted))
    if (found) this.#size -= 1
    return found
  }

  /** What is in it, in order of rank. */
  *values(): Generator<T> {
    for (const rank of this.#ranks) yield* rank.values()
  }

  /** Empties it and gives what was in it, in order of rank. */
  drain(): T[] {
    this.#size = 0
    return this.#ranks.flatMap(rank => rank.drain())
  }
}
