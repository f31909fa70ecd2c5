import { partsKept, type SlidingMinute } from './sliding-minute.ts'

/** What is counted during one part of the sliding minute. */
export interface Part {
  /** The part's number. */
  readonly part: number
}

/**
 * Something that counts in parts of the sliding minute and forgets those that have passed. A new part is begun when
 * something is counted in it, so that what stands still costs nothing.
 */
export abstract class RecentParts<One extends Part> {
  readonly #minute: SlidingMinute
  #current: One | null = null
  #older: readonly One[] = []

  constructor(minute: SlidingMinute) {
    this.#minute = minute
  }

  protected abstract makePart(part: number): One
  /** Called when something is counted for the first time in a part. */
  protected abstract began(): void

  protected get current(): One {
    const current = this.#current
    return current !== null && current.part === this.#minute.part ? current : this.#begin()
  }

  /** The parts that still lie in the window. */
  protected recent(): readonly One[] {
    const oldest = this.#minute.part - partsKept + 1
    if (this.#older.length > 0) this.#older = this.#older.filter(({ part }) => part >= oldest)
    if (this.#current !== null && this.#current.part < oldest) this.#current = null
    return this.#current === null ? this.#older : [this.#current, ...this.#older]
  }

  #begin(): One {
    this.#older = this.recent()
    const begun = this.makePart(this.#minute.part)
    this.#current = begun
    this.began()
    return begun
  }
}
