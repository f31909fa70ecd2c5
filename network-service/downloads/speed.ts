/** Bytes a second over the last few seconds. */
export class Speed {
  readonly #now: () => number
  readonly #samples: { readonly at: number; readonly bytes: number }[] = []

  constructor(now: () => number) {
    this.#now = now
  }

  /** `bytes` in all so far. */
  add(bytes: number): void {
    const at = this.#now()
    this.#samples.push({ at, bytes })
    while (this.#samples.length > 2 && at - (this.#samples[0]?.at ?? at) > windowMs) this.#samples.shift()
  }

  get bytesPerSecond(): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)]
    if (first === undefined || last === undefined || last.at <= first.at) return 0
    return Math.max(0, Math.round(((last.bytes - first.bytes) / (last.at - first.at)) * 1_000))
  }
}

const windowMs = 4_000
