/** A doubling is cut into so many even pieces, so that a percentile is right within 6.25 %. */
const piecesPerDoubling = 16
/** From one microsecond to over an hour. */
const doublings = 32
const smallestExponent = -10
/** Memory is taken by the piece: most methods take about the same time whenever they are called. */
const bucketsPerChunk = 32
const lastBucket = doublings * piecesPerDoubling - 1

/** The upper half of a number holds its sign, its exponent and the first bits of its fraction: the bucket itself. */
const number = new Float64Array(1)
const halves = new Uint32Array(number.buffer)
const fractionBits = 4
const exponentBias = 1023
const firstBucket = (exponentBias + smallestExponent) << fractionBits

/** Durations, in little memory that does not grow with their number; recording one costs a few nanoseconds. */
export class LatencyHistogram {
  readonly #chunks: number[][] = []
  #count = 0
  #maxMs = 0

  get count(): number {
    return this.#count
  }

  get maxMs(): number {
    return this.#maxMs
  }

  record(milliseconds: number): void {
    number[0] = milliseconds > 0 ? milliseconds : 0
    // Every platform that we run on keeps the upper half second.
    const bucket = Math.min(lastBucket, Math.max(0, ((halves[1] ?? 0) >>> 16) - firstBucket))
    const chunk = this.#chunks[bucket >>> 5] ?? this.#addChunk(bucket >>> 5)
    chunk[bucket & 31] = (chunk[bucket & 31] ?? 0) + 1
    this.#count += 1
    if (milliseconds > this.#maxMs) this.#maxMs = milliseconds
  }

  /** Takes in all that another one has recorded. */
  add(other: LatencyHistogram): void {
    other.#chunks.forEach((theirs, index) => {
      const ours = this.#chunks[index] ?? this.#addChunk(index)
      theirs.forEach((count, bucket) => {
        ours[bucket] = (ours[bucket] ?? 0) + count
      })
    })
    this.#count += other.#count
    this.#maxMs = Math.max(this.#maxMs, other.#maxMs)
  }

  /** The duration in milliseconds that this share (0 to 1) of the recordings did not exceed; 0 without any. */
  percentile(share: number): number {
    if (this.#count === 0) return 0
    const wanted = Math.max(1, Math.ceil(share * this.#count))
    let seen = 0
    for (let bucket = 0; bucket <= lastBucket; bucket += 1) {
      seen += this.#chunks[bucket >>> 5]?.[bucket & 31] ?? 0
      if (seen >= wanted) return Math.min(upperEnd(bucket), this.#maxMs)
    }
    return this.#maxMs
  }

  #addChunk(index: number): number[] {
    const chunk = Array.from({ length: bucketsPerChunk }, () => 0)
    this.#chunks[index] = chunk
    return chunk
  }
}

/** In milliseconds. */
function upperEnd(bucket: number): number {
  const doubling = Math.floor(bucket / piecesPerDoubling)
  const piece = (bucket % piecesPerDoubling) + 1
  return 2 ** (smallestExponent + doubling) * (1 + piece / piecesPerDoubling)
}
