import type { Sentence, TextDocument } from './document.ts'
import type { Pace } from './pace.ts'
import { type Vocabulary, vocabularyOf } from './terms.ts'
import { isUnspaced } from './words.ts'

/** Centrality is quadratic in these; a longer text is represented by its openings and its densest sentences. */
const mostCandidates = 300
/** A sentence outside these sizes is a heading, a caption, or a wall of text. */
const fewestWords = 6
const mostWords = 60
const mostUnits = 1_000
/** Below this a page is its own summary. */
const fewestPageWords = 80
const fewestPageSentences = 4

const damping = 0.85
const iterations = 30
/** Weight of relevance against novelty when sentences are picked. */
const relevanceShare = 0.7

/**
 * The sentences that say most of a text, in reading order; none when the page is too short for a summary.
 * Deterministic.
 *
 * LexRank (Erkan and Radev 2004): sentences as TF-IDF vectors, weighted by cosine, and the stationary distribution
 * of a random walk over them. Its score is multiplied by what position and length say (Edmundson 1969), and sentences
 * are picked by maximal marginal relevance against repetition (Carbonell and Goldstein 1998).
 */
export async function summarize(document: TextDocument, pace: Pace): Promise<Sentence[]> {
  const wanted = sentencesWanted(document)
  if (wanted === 0) return []
  const vocabulary = vocabularyOf(document)
  const candidates = await chooseCandidates(document, vocabulary, pace)
  if (candidates.length <= wanted) return candidates.length < 2 ? [] : candidates
  const vectors = sentenceVectors(candidates, vocabulary)
  const similar = await similarities(vectors, pace)
  const central = centrality(similar)
  const scores = candidates.map(
    (sentence, index) =>
      (central[index] ?? 0) *
      positionWeight(sentence, document) *
      lengthWeight(sentence, document) *
      formWeight(sentence),
  )
  return pick(candidates, scores, similar, wanted).sort((a, b) => a.index - b.index)
}

function sentencesWanted(document: TextDocument): number {
  const words = isUnspaced(document.language) ? document.words * 0.7 : document.words
  if (words < fewestPageWords || document.sentences.length < fewestPageSentences) return 0
  if (words < 150) return 1
  if (words < 300) return 2
  if (words < 700) return 3
  return words < 1_500 ? 4 : 5
}

/** Sentences of usable size without repeats; of a long text the first ones, then those with the most frequent terms. */
async function chooseCandidates(
  document: TextDocument,
  vocabulary: Vocabulary,
  pace: Pace,
): Promise<Sentence[]> {
  const seen = new Set<string>()
  const usable: Sentence[] = []
  for (const sentence of document.sentences) {
    await pace.breathe()
    const { text, tokens } = sentence
    if (tokens.length < fewestWords || tokens.length > mostWords || text.length > mostUnits) continue
    if (!(endsInMark.test(text) || endsInLetter.test(text)) || seen.has(text)) continue
    seen.add(text)
    usable.push(sentence)
  }
  if (usable.length <= mostCandidates) return usable
  const counts = new Map<string, number>()
  for (const { tokens } of usable) {
    await pace.breathe()
    for (const token of tokens) {
      if (!vocabulary.isContent(token)) continue
      const stem = vocabulary.stem(token.folded)
      counts.set(stem, (counts.get(stem) ?? 0) + 1)
    }
  }
  const density: { sentence: Sentence; density: number }[] = []
  for (const sentence of usable.slice(mostCandidates / 3)) {
    await pace.breathe()
    const stems = new Set(sentence.tokens.map(({ folded }) => vocabulary.stem(folded)))
    let sum = 0
    for (const stem of stems) sum += Math.log1p(counts.get(stem) ?? 0)
    density.push({ sentence, density: sum / Math.sqrt(sentence.tokens.length) })
  }
  density.sort((a, b) => b.density - a.density || a.sentence.index - b.sentence.index)
  return [
    ...usable.slice(0, mostCandidates / 3),
    ...density.slice(0, (mostCandidates * 2) / 3).map(entry => entry.sentence),
  ].sort((a, b) => a.index - b.index)
}

/** Ends of sentences in the scripts of the world, with closing quotes and brackets after them. */
const endsInMark = /[.!?…。！？।॥։።؟۔។៕๚|][\s"'”’»›)\]）」』]*$/u
/** Thai and Lao end sentences with a space; many pages leave out the last point. */
const endsInLetter = /[\p{L}\p{M}]$/u
const asks = /[?？؟][\s"'”’»›)\]）」』]*$/u

type Vector = ReadonlyMap<string, number>

/** Unit vectors of TF-IDF over the candidates. */
function sentenceVectors(sentences: readonly Sentence[], vocabulary: Vocabulary): Vector[] {
  const countsOf = sentences.map(({ tokens }) => {
    const counts = new Map<string, number>()
    for (const token of tokens) {
      if (!vocabulary.isContent(token)) continue
      const stem = vocabulary.stem(token.folded)
      counts.set(stem, (counts.get(stem) ?? 0) + 1)
    }
    return counts
  })
  const sentencesOf = new Map<string, number>()
  for (const counts of countsOf) {
    for (const stem of counts.keys()) sentencesOf.set(stem, (sentencesOf.get(stem) ?? 0) + 1)
  }
  return countsOf.map(counts => {
    const vector = new Map<string, number>()
    let squares = 0
    for (const [stem, count] of counts) {
      const weight = (1 + Math.log(count)) * Math.log(1 + sentences.length / (sentencesOf.get(stem) ?? 1))
      vector.set(stem, weight)
      squares += weight * weight
    }
    const norm = Math.sqrt(squares) || 1
    for (const [stem, weight] of vector) vector.set(stem, weight / norm)
    return vector
  })
}

/** Cosine of every pair, row by row, by an inverted index: most pairs share no term. */
async function similarities(vectors: readonly Vector[], pace: Pace): Promise<Float64Array[]> {
  const places = new Map<string, { row: number; weight: number }[]>()
  const rows: Float64Array[] = vectors.map(() => new Float64Array(vectors.length))
  for (const [row, vector] of vectors.entries()) {
    await pace.breathe()
    for (const [stem, weight] of vector) {
      const others = places.get(stem) ?? []
      for (const other of others) {
        const sum = (rows[row]?.[other.row] ?? 0) + weight * other.weight
        const forward = rows[row]
        const backward = rows[other.row]
        if (forward !== undefined) forward[other.row] = sum
        if (backward !== undefined) backward[row] = sum
      }
      others.push({ row, weight })
      places.set(stem, others)
    }
  }
  return rows
}

/** Power iteration of the damped random walk; the mean score is 1. */
function centrality(similar: readonly Float64Array[]): Float64Array {
  const size = similar.length
  const sums = similar.map(row => row.reduce((sum, value) => sum + value, 0) || 1)
  let scores = new Float64Array(size).fill(1)
  for (let iteration = 0; iteration < iterations; iteration++) {
    const next = new Float64Array(size).fill(1 - damping)
    for (let from = 0; from < size; from++) {
      const row = similar[from]
      if (row === undefined) continue
      const share = (damping * (scores[from] ?? 0)) / (sums[from] ?? 1)
      for (let to = 0; to < size; to++) next[to] = (next[to] ?? 0) + share * (row[to] ?? 0)
    }
    scores = next
  }
  return scores
}

/** News and essays open with what matters; the pull fades over the first tenth and never decides alone. */
function positionWeight(sentence: Sentence, document: TextDocument): number {
  const opening = Math.exp(-sentence.index / openingSentences)
  const depth = sentence.index / Math.max(1, document.sentences.length)
  return 1 + openingPull * opening + 0.1 * (1 - depth)
}
const openingSentences = 4
const openingPull = 4

/** Short sentences need their neighbours to be understood. */
function lengthWeight(sentence: Sentence, document: TextDocument): number {
  const comfortable = isUnspaced(document.language) ? 20 : 14
  return Math.min(1, (sentence.tokens.length / comfortable) ** 0.25)
}

/** A question is answered elsewhere; what ends without a mark is mostly a heading or a caption. */
function formWeight(sentence: Sentence): number {
  if (asks.test(sentence.text)) return 0.6
  return endsInMark.test(sentence.text) ? 1 : 0.6
}

function pick(
  candidates: readonly Sentence[],
  scores: readonly number[],
  similar: readonly Float64Array[],
  wanted: number,
): Sentence[] {
  const highest = Math.max(...scores)
  const picked: number[] = []
  while (picked.length < wanted) {
    let best = -1
    let bestValue = Number.NEGATIVE_INFINITY
    for (let index = 0; index < candidates.length; index++) {
      if (picked.includes(index)) continue
      const nearest = picked.reduce((most, other) => Math.max(most, similar[index]?.[other] ?? 0), 0)
      const value = (relevanceShare * (scores[index] ?? 0)) / highest - (1 - relevanceShare) * nearest
      if (value > bestValue) {
        best = index
        bestValue = value
      }
    }
    if (best === -1) break
    picked.push(best)
  }
  return picked.flatMap(index => candidates[index] ?? [])
}
