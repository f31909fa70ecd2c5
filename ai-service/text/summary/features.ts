import type { Sentence, TextDocument } from '../document.ts'
import type { Pace } from '../pace.ts'
import type { TermIndex } from '../term-index.ts'
import { isUnspaced } from '../words.ts'
import { hasCue, opensLikeContinuation } from './cues.ts'
import { sentenceForm } from './sentence-form.ts'
import { centrality, sentenceVectors, similarities } from './similarity.ts'

/** What the model is told of each sentence, in this order. Trained models depend on it. */
export const featureNames = [
  'index',
  'first',
  'second',
  'early',
  'depth',
  'late',
  'last',
  'sentences',
  'logWords',
  'wordsOfMean',
  'unitsAWord',
  'contentShare',
  'central',
  'centralOfMost',
  'centroid',
  'nearestBefore',
  'nearestAfter',
  'meanBefore',
  'meanAfter',
  'mass',
  'massAWord',
  'topTerms',
  'newTerms',
  'returningTerms',
  'onceTerms',
  'capitals',
  'digits',
  'hasDigit',
  'quotes',
  'opensWithQuote',
  'asks',
  'endsInMark',
  'punctuation',
  'brackets',
  'cue',
  'continues',
  'nextContinues',
  'opensWithFunctionWord',
] as const

export interface SentenceFeatures {
  /** Row by row, `featureNames.length` numbers each. */
  readonly values: Float32Array
  /** Cosine of each pair of sentences. */
  readonly similar: readonly Float64Array[]
}

/** Facts about each of `candidates`, in the order of the text. `rows` are theirs in the index. */
export async function sentenceFeatures(
  document: TextDocument,
  candidates: readonly Sentence[],
  index: TermIndex,
  pace: Pace,
): Promise<SentenceFeatures> {
  const rows = candidates.map(({ index: place }) => index.rows[place] ?? new Int32Array(0))
  const vectors = sentenceVectors(rows, index.sentences)
  const similar = await similarities(vectors, pace)
  const central = await centrality(similar, pace)
  const mostCentral = Math.max(1e-9, ...central)
  const centroids = centroidCosines(vectors)
  const top = topTerms(index)
  const total = index.counts.reduce((sum, count) => sum + count, 0) || 1
  const size = candidates.length
  const meanWords = candidates.reduce((sum, { tokens }) => sum + tokens.length, 0) / Math.max(1, size)
  const wordScale = isUnspaced(document.language) ? 0.7 : 1
  const seen = new Set<number>()
  const values = new Float32Array(size * featureNames.length)
  for (const [place, { text, tokens }] of candidates.entries()) {
    await pace.breathe()
    const row = rows[place] ?? new Int32Array(0)
    const words = Math.max(1, tokens.length)
    const unique = new Set<number>(row)
    unique.delete(-1)
    let mass = 0
    let inTop = 0
    let fresh = 0
    let returning = 0
    let once = 0
    for (const term of unique) {
      const count = index.counts[term] ?? 0
      mass += count
      if (top.has(term)) inTop++
      if (!seen.has(term)) {
        fresh++
        if (count > 1) returning++
      }
      if (count === 1) once++
      seen.add(term)
    }
    const terms = Math.max(1, unique.size)
    let content = 0
    for (const term of row) if (term >= 0) content++
    const { capitals, digits } = surface(tokens)
    const form = sentenceForm(text)
    const next = candidates[place + 1]
    const [nearestBefore, meanBefore] = nearness(similar[place], 0, place)
    const [nearestAfter, meanAfter] = nearness(similar[place], place + 1, size)
    values.set(
      [
        Math.log1p(place),
        place === 0 ? 1 : 0,
        place === 1 ? 1 : 0,
        Math.exp(-place / 3),
        size < 2 ? 0 : place / (size - 1),
        Math.exp((place - size + 1) / 2),
        place === size - 1 ? 1 : 0,
        Math.log(size + 1),
        Math.log(words * wordScale),
        Math.min(4, words / meanWords),
        Math.min(12, text.length / words),
        content / words,
        Math.min(4, central[place] ?? 0),
        (central[place] ?? 0) / mostCentral,
        centroids[place] ?? 0,
        nearestBefore,
        nearestAfter,
        meanBefore,
        meanAfter,
        mass / total,
        mass / total / Math.sqrt(words),
        inTop / Math.max(1, top.size),
        fresh / terms,
        returning / terms,
        once / terms,
        capitals / words,
        digits / words,
        digits > 0 ? 1 : 0,
        form.quotes ? 1 : 0,
        form.opensWithQuote || form.opensWithDash ? 1 : 0,
        form.asks ? 1 : 0,
        form.endsInMark ? 1 : 0,
        countOf(text, ',') / words,
        /[([]/.test(text) ? 1 : 0,
        hasCue(text) ? 1 : 0,
        opensLikeContinuation(tokens) ? 1 : 0,
        next !== undefined && opensLikeContinuation(next.tokens) ? 1 : 0,
        (row[0] ?? -1) < 0 ? 1 : 0,
      ],
      place * featureNames.length,
    )
  }
  return { values, similar }
}

function nearness(row: Float64Array | undefined, from: number, to: number): [nearest: number, mean: number] {
  let nearest = 0
  let sum = 0
  for (let other = from; other < to; other++) {
    const cosine = row?.[other] ?? 0
    sum += cosine
    if (cosine > nearest) nearest = cosine
  }
  return [nearest, to > from ? sum / (to - from) : 0]
}

/** Cosine with the sum of all. */
function centroidCosines(vectors: ReturnType<typeof sentenceVectors>): number[] {
  const centroid = new Map<number, number>()
  for (const { terms, weights } of vectors) {
    for (let place = 0; place < terms.length; place++) {
      const term = terms[place] ?? 0
      centroid.set(term, (centroid.get(term) ?? 0) + (weights[place] ?? 0))
    }
  }
  let squares = 0
  for (const weight of centroid.values()) squares += weight * weight
  const norm = Math.sqrt(squares) || 1
  return vectors.map(({ terms, weights }) => {
    let sum = 0
    for (let place = 0; place < terms.length; place++) {
      sum += (weights[place] ?? 0) * (centroid.get(terms[place] ?? 0) ?? 0)
    }
    return sum / norm
  })
}

const mostTopTerms = 10

/** The terms that come most often, those of the start of the text first among equals. */
function topTerms({ counts }: TermIndex): ReadonlySet<number> {
  const returning = counts.flatMap((count, term) => (count > 1 ? [term] : []))
  returning.sort((left, right) => (counts[right] ?? 0) - (counts[left] ?? 0) || left - right)
  return new Set(returning.slice(0, mostTopTerms))
}

/** Words in capitals after the first one, and words of digits. */
function surface(tokens: Sentence['tokens']): { capitals: number; digits: number } {
  let capitals = 0
  let digits = 0
  for (let place = 0; place < tokens.length; place++) {
    const token = tokens[place]
    if (token === undefined) continue
    const unit = token.text.charCodeAt(0)
    if (unit >= 48 && unit <= 57) digits++
    else if (place > 0 && token.text[0] !== token.folded[0]) capitals++
  }
  return { capitals, digits }
}

function countOf(text: string, mark: string): number {
  let count = 0
  for (let place = text.indexOf(mark); place !== -1; place = text.indexOf(mark, place + 1)) count++
  return count
}
