/** One bit for each of 128 numbers: whether it is above zero. */
export const bytesPerSketch = 16

const bitsPerByte = 8
const valuesPerByte = 256

export function sketchInto(target: Uint8Array, offset: number, vector: Int8Array): void {
  for (let byte = 0; byte < bytesPerSketch; byte += 1) {
    let bits = 0
    for (let bit = 0; bit < bitsPerByte; bit += 1) {
      if ((vector[byte * bitsPerByte + bit] ?? 0) > 0) bits |= 1 << bit
    }
    target[offset + byte] = bits
  }
}

/**
 * Compares sketches with one query: the product of the query with the signs alone, a byte at a time from a table. Only
 * the stored side is rounded to bits (asymmetric distance, as in Gordo and Perronnin, CVPR 2011), which ranks far better
 * than comparing bits with bits.
 */
export class SketchScorer {
  /** No score is above this, or below its negative. */
  readonly highest: number
  readonly #table = new Int32Array(bytesPerSketch * valuesPerByte)

  constructor(query: Int8Array) {
    let highest = 0
    for (const value of query) highest += Math.abs(value)
    this.highest = highest
    for (let byte = 0; byte < bytesPerSketch; byte += 1) {
      for (let value = 0; value < valuesPerByte; value += 1) {
        let sum = 0
        for (let bit = 0; bit < bitsPerByte; bit += 1) {
          const weight = query[byte * bitsPerByte + bit] ?? 0
          sum += (value >> bit) & 1 ? weight : -weight
        }
        this.#table[byte * valuesPerByte + value] = sum
      }
    }
  }

  /** One score for each of the first sketches, as many as `scores` holds. */
  score(sketches: Uint8Array, scores: Int32Array): void {
    const table = this.#table
    const count = scores.length
    for (let row = 0; row < count; row += 1) {
      const offset = row * bytesPerSketch
      let sum = 0
      for (let byte = 0; byte < bytesPerSketch; byte += 1) {
        sum = (sum + (table[(byte << 8) | (sketches[offset + byte] ?? 0)] ?? 0)) | 0
      }
      scores[row] = sum
    }
  }
}

const buckets = 1_024

/** At least `wanted` rows of the highest scores, in order, and every row that scores like the last of them. */
export function rowsOfHighest(scores: Int32Array, highest: number, wanted: number): Uint32Array {
  const counts = new Uint32Array(buckets + 1)
  const bucketsPerPoint = buckets / (2 * highest + 1)
  const count = scores.length
  for (let row = 0; row < count; row += 1) {
    const bucket = (((scores[row] ?? 0) + highest) * bucketsPerPoint) | 0
    counts[bucket] = (counts[bucket] ?? 0) + 1
  }
  let lowest = buckets
  let found = counts[lowest] ?? 0
  while (found < wanted && lowest > 0) {
    lowest -= 1
    found += counts[lowest] ?? 0
  }
  const rows = new Uint32Array(found)
  let next = 0
  for (let row = 0; row < count && next < found; row += 1) {
    if (((((scores[row] ?? 0) + highest) * bucketsPerPoint) | 0) < lowest) continue
    rows[next] = row
    next += 1
  }
  return rows
}
