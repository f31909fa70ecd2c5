/** The least of the last values of a stream, in constant time a value (Lemire, "Streaming maximum-minimum filter"). */
export class SlidingMinimum {
  readonly #window: number
  readonly #values: Float64Array
  readonly #times: Float64Array
  #head = 0
  #count = 0
  #time = 0

  constructor(window: number) {
    this.#window = window
    this.#values = new Float64Array(window)
    this.#times = new Float64Array(window)
  }

  /** Takes a value and gives the least of the last `window`. */
  push(value: number): number {
    const size = this.#window
    while (this.#count > 0 && (this.#values[(this.#head + this.#count - 1) % size] as number) >= value)
      this.#count -= 1
    if (this.#count > 0 && (this.#times[this.#head] as number) <= this.#time - size) {
      this.#head = (this.#head + 1) % size
      this.#count -= 1
    }
    const at = (this.#head + this.#count) % size
    this.#values[at] = value
    this.#times[at] = this.#time
    this.#count += 1
    this.#time += 1
    return this.#values[this.#head] as number
  }

  clear(): void {
    this.#count = 0
  }
}
