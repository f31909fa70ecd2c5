/** The middle and the nearly worst of values; 0 where there are none. */
export function percentiles(values: readonly number[]): { p50: number; p95: number } {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0
  return { p50: at(0.5), p95: at(0.95) }
}

/** The latest values of something, and how many there were ever. */
export class Recent {
  readonly #most: number
  readonly #values: number[] = []
  #count = 0

  constructor(most: number) {
    this.#most = most
  }

  add(value: number): void {
    this.#count += 1
    this.#values.push(value)
    if (this.#values.length > this.#most) this.#values.shift()
  }

  get count(): number {
    return this.#count
  }

  get percentiles(): { p50: number; p95: number } {
    return percentiles(this.#values)
  }
}
