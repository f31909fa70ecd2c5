import { below, seededRandom } from '../random.ts'

const weightBits = 18
const passes = 3
const firstRate = 0.15

/** An address and what it is, for the baseline to learn from. */
export interface LabelledNorm {
  readonly norm: string
  readonly label: number
}

/**
 * What there was before: logistic regression over hashed character n-grams (3 to 5) of the address, by AdaGrad. Trained
 * on the spot, because the lists that it learns from have no licence to be shipped with.
 */
export function trainNgramBaseline(rows: readonly LabelledNorm[]): (norm: string) => number {
  const weights = new Float32Array(1 << weightBits)
  const squares = new Float32Array(1 << weightBits)
  const random = seededRandom(20261120)
  for (let step = 0; step < rows.length * passes; step++) {
    const row = rows[below(random, rows.length)]
    if (row === undefined) continue
    const grams = gramsOf(row.norm)
    const error = sigmoid(sum(weights, grams)) - row.label
    const slope = error / Math.sqrt(grams.length)
    for (const gram of grams) {
      const square = (squares[gram] ?? 0) + slope * slope
      squares[gram] = square
      weights[gram] = (weights[gram] ?? 0) - (firstRate * slope) / Math.sqrt(square + 1e-8)
    }
  }
  return norm => sigmoid(sum(weights, gramsOf(norm)))
}

function gramsOf(norm: string): Int32Array {
  const text = `^${norm.toLowerCase().slice(0, 300)}$`
  const grams = new Set<number>()
  for (let start = 0; start < text.length; start++) {
    let hash = 0x811c9dc5
    for (let end = start; end < Math.min(text.length, start + 5); end++) {
      hash = Math.imul(hash ^ text.charCodeAt(end), 0x01000193)
      if (end >= start + 2) grams.add((hash ^ (hash >>> 15)) & ((1 << weightBits) - 1))
    }
  }
  return Int32Array.from(grams)
}

function sum(weights: Float32Array, grams: Int32Array): number {
  let total = 0
  for (const gram of grams) total += weights[gram] ?? 0
  return total / Math.sqrt(Math.max(1, grams.length))
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value))
}
