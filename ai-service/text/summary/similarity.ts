import type { Pace } from '../pace.ts'

/** Unit vectors of sentences over terms, sparse: term numbers and their weights. */
export interface SentenceVector {
  readonly terms: Int32Array
  readonly weights: Float64Array
}

/** TF-IDF over the sentences of one text: terms that stand in few of its sentences weigh more. */
export function sentenceVectors(
  rows: readonly Int32Array[],
  sentencesOf: readonly number[],
): SentenceVector[] {
  return rows.map(row => {
    const counts = new Map<number, number>()
    for (const term of row) if (term >= 0) counts.set(term, (counts.get(term) ?? 0) + 1)
    const terms = Int32Array.from(counts.keys())
    const weights = new Float64Array(terms.length)
    let squares = 0
    let place = 0
    for (const [term, count] of counts) {
      const weight = (1 + Math.log(count)) * Math.log(1 + rows.length / (sentencesOf[term] ?? 1))
      weights[place++] = weight
      squares += weight * weight
    }
    const norm = Math.sqrt(squares) || 1
    for (let index = 0; index < weights.length; index++) weights[index] = (weights[index] ?? 0) / norm
    return { terms, weights }
  })
}

/** Cosine of every pair, row by row, by an inverted index: most pairs share no term. */
export async function similarities(vectors: readonly SentenceVector[], pace: Pace): Promise<Float64Array[]> {
  const size = vectors.length
  const rows = vectors.map(() => new Float64Array(size))
  const placesOf = new Map<number, { sentence: number; weight: number }[]>()
  for (const [sentence, { terms, weights }] of vectors.entries()) {
    await pace.breathe()
    const own = rows[sentence] ?? new Float64Array(size)
    for (let place = 0; place < terms.length; place++) {
      const term = terms[place] ?? 0
      const weight = weights[place] ?? 0
      const others = placesOf.get(term)
      if (others === undefined) {
        placesOf.set(term, [{ sentence, weight }])
        continue
      }
      for (const other of others) {
        own[other.sentence] = (own[other.sentence] ?? 0) + weight * other.weight
      }
      others.push({ sentence, weight })
    }
    for (let other = 0; other < sentence; other++) {
      const row = rows[other]
      if (row !== undefined) row[sentence] = own[other] ?? 0
    }
  }
  return rows
}

const damping = 0.85
const iterations = 20

/** LexRank (Erkan and Radev 2004): stationary distribution of a random walk over similar sentences; the mean is 1. */
export async function centrality(similar: readonly Float64Array[], pace: Pace): Promise<Float64Array> {
  const size = similar.length
  const sums = similar.map(row => row.reduce((sum, value) => sum + value, 0) || 1)
  const neighbours = similar.map(placesAboveZero)
  let scores = new Float64Array(size).fill(1)
  for (let iteration = 0; iteration < iterations; iteration++) {
    await pace.breathe()
    const next = new Float64Array(size).fill(1 - damping)
    for (let from = 0; from < size; from++) {
      const row = similar[from]
      const alike = neighbours[from]
      if (row === undefined || alike === undefined) continue
      const share = (damping * (scores[from] ?? 0)) / (sums[from] ?? 1)
      for (let place = 0; place < alike.length; place++) {
        const to = alike[place] ?? 0
        next[to] = (next[to] ?? 0) + share * (row[to] ?? 0)
      }
    }
    scores = next
  }
  return scores
}

function placesAboveZero(row: Float64Array): Int32Array {
  const places = new Int32Array(row.length)
  let count = 0
  for (let place = 0; place < row.length; place++) if ((row[place] ?? 0) !== 0) places[count++] = place
  return places.subarray(0, count)
}
