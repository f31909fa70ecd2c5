import { rougeTokens } from './rouge.ts'

const damping = 0.85
const iterations = 30

/** Mihalcea and Tarau 2004: shared words over the logarithms of the lengths, and PageRank. The baseline. */
export function textRank(sentences: readonly string[], wanted: number): number[] {
  const words = sentences.map(sentence => new Set(rougeTokens(sentence)))
  const weight = (left: number, right: number): number => {
    const one = words[left] ?? new Set<string>()
    const other = words[right] ?? new Set<string>()
    const size = Math.log(one.size) + Math.log(other.size)
    if (left === right || !(size > 0)) return 0
    let shared = 0
    for (const word of one) if (other.has(word)) shared++
    return shared / size
  }
  const weights = sentences.map((_, left) => sentences.map((_, right) => weight(left, right)))
  const sums = weights.map(row => row.reduce((sum, value) => sum + value, 0))
  let scores = sentences.map(() => 1)
  for (let iteration = 0; iteration < iterations; iteration++) {
    scores = scores.map((_, to) =>
      weights.reduce(
        (sum, row, from) => sum + (damping * (scores[from] ?? 0) * (row[to] ?? 0)) / (sums[from] || 1),
        1 - damping,
      ),
    )
  }
  const order = sentences.map((_, place) => place)
  order.sort((left, right) => (scores[right] ?? 0) - (scores[left] ?? 0) || left - right)
  return order.slice(0, wanted).sort((left, right) => left - right)
}
