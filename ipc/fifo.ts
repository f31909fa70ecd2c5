/** First in, first out, both in constant time. */
export interface Fifo<T> {
  readonly size: number
  push(value: T): void
  shift(): T | undefined
  /** Takes out the first value like this, wherever it stands; false when there is none. */
  remove(isWanted: (value: T) => boolean): boolean
  values(): Iterable<T>
  /** Empties it and gives what was in it. */
  drain(): T[]
}

/** Beyond so many places in front that are empty already, the rest moves up. */
const maxEmptyPlaces = 512

export function createFifo<T>(): Fifo<T> {
  return new ArrayFifo<T>()
}

class ArrayFifo<T> implements Fifo<T> {
  #values: (T | undefined)[] = []
  #first = 0

  get size(): number {
    return this.#values.length - this.#first
  }

  push(value: T): void {
    this.#values.push(value)
  }

  shift(): T | undefined {
    if (this.#first === this.#values.length) return undefined
    const value = this.#values[this.#first]
    this.#values[this.#first] = undefined
    this.#first += 1
    if (this.#first === this.#values.length) {
      this.#values.length = 0
      this.#first = 0
    } else if (this.#first > maxEmptyPlaces && this.#first * 2 > this.#values.length) {
      this.#values = this.#values.slice(this.#first)
      this.#first = 0
    }
    return value
  }

  remove(isWanted: (value: T) => boolean): boolean {
    for (let index = this.#first; index < this.#values.length; index += 1) {
      if (!isWanted(this.#values[index] as T)) continue
      this.#values.splice(index, 1)
      return true
    }
    return false
  }

  *values(): Generator<T> {
    for (let index = this.#first; index < this.#values.length; index += 1) yield this.#values[index] as T
  }

  drain(): T[] {
    const values = this.#values.slice(this.#first) as T[]
    this.#values = []
    this.#first = 0
    return values
  }
}
