/** Buckets grow by a factor of 2^(1/8), so that a percentile is right within 9 %. */
const bucketsPerDoubling = 8
/** From one microsecond to over an hour. */
const buckets = 256

/** Durations, in a fixed piece of memory; recording one costs a few nanoseconds. */
export class LatencyHistogram {
  readonly #counts = new Uint32Array(buckets)
  #count = 0
  #maxMs = 0

  get count(): number {
    return this.#count
  }

  get maxMs(): number {
    return this.#maxMs
  }

  record(milliseconds: number): void {
    const micros = milliseconds * 1_000
    const bucket = micros <= 1 ? 0 : Math.min(buckets - 1, Math.ceil(Math.log2(micros) * bucketsPerDoubling))
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1
    this.#count += 1
    if (milliseconds > this.#maxMs) this.#maxMs = milliseconds
  }

  /** The duration in milliseconds that this share (0 to 1) of the recordings did not exceed; 0 without any. */
  percentile(share: number): number {
    if (this.#count === 0) return 0
    const wanted = Math.max(1, Math.ceil(share * this.#count))
    let seen = 0
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      seen += this.#counts[bucket] ?? 0
      if (seen >= wanted) return Math.min(2 ** (bucket / bucketsPerDoubling) / 1_000, this.#maxMs)
    }
    return this.#maxMs
  }
}
