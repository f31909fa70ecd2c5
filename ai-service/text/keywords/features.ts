import type { TermIndex } from '../term-index.ts'
import type { Candidate, Candidates } from './candidates.ts'

/** What the model is told of each candidate, in this order. Trained models depend on it. */
export const featureNames = [
  'count',
  'sentences',
  'mass',
  'first',
  'firstShare',
  'inFirstSentence',
  'inFirstThree',
  'spread',
  'one',
  'two',
  'three',
  'four',
  'whole',
  'opens',
  'closes',
  'capitals',
  'acronyms',
  'hyphens',
  'units',
  'rarestTerm',
  'commonestTerm',
  'lastTerm',
  'cohesion',
  'inside',
  'variety',
  'cValue',
  'repeatsTerms',
  'allSentences',
  'allWords',
  'returns',
] as const

/** Row by row, `featureNames.length` numbers for each candidate. */
export function keywordFeatures(
  { all, sentences, words, neighbours }: Candidates,
  index: TermIndex,
): Float32Array {
  const longer = longerPhrases(all)
  const values = new Float32Array(all.length * featureNames.length)
  const scale = Math.log1p(words)
  for (const [place, candidate] of all.entries()) {
    const { terms, count } = candidate
    const size = terms.length
    let rarest = Number.POSITIVE_INFINITY
    let commonest = 0
    let variety = 0
    for (const term of terms) {
      const occurrences = index.counts[term] ?? 1
      rarest = Math.min(rarest, occurrences)
      commonest = Math.max(commonest, occurrences)
      variety += (neighbours[term]?.size ?? 0) / (2 * occurrences)
    }
    const around = longer.get(candidate)
    const inside = around === undefined ? 0 : around.count / around.kinds
    values.set(
      [
        Math.log(count),
        Math.log(candidate.sentences),
        (100 * count) / Math.max(1, words),
        Math.log1p(candidate.firstWord),
        candidate.firstWord / Math.max(1, words),
        candidate.firstSentence === 0 ? 1 : 0,
        candidate.firstSentence < 3 ? 1 : 0,
        (candidate.lastSentence - candidate.firstSentence) / Math.max(1, sentences),
        size === 1 ? 1 : 0,
        size === 2 ? 1 : 0,
        size === 3 ? 1 : 0,
        size === 4 ? 1 : 0,
        candidate.whole / count,
        candidate.opens / count,
        candidate.closes / count,
        candidate.capitals / count,
        candidate.acronyms / count,
        candidate.hyphens / count,
        Math.log(unitsOf(candidate) / size),
        Math.log(rarest),
        Math.log(commonest),
        Math.log(index.counts[terms[size - 1] ?? 0] ?? 1),
        Math.log((count * size) / terms.reduce((sum, term) => sum + (index.counts[term] ?? 1), 0)),
        inside / count,
        variety / size,
        // Frantzi, Ananiadou and Mima 2000: a phrase counts less when it stands mostly in longer ones.
        Math.sign(count - inside) * Math.log1p(Math.abs(Math.log2(size + 1) * (count - inside))),
        new Set(terms).size < size ? 1 : 0,
        Math.log1p(sentences),
        scale,
        count > 1 ? 1 : 0,
      ],
      place * featureNames.length,
    )
  }
  return values
}

function unitsOf({ surfaces }: Candidate): number {
  for (const surface of surfaces.keys()) return Math.max(1, surface.length)
  return 1
}

/** How often, and in how many kinds of phrase one word longer, each candidate stands. */
function longerPhrases(all: readonly Candidate[]): Map<Candidate, { count: number; kinds: number }> {
  const byKey = new Map(all.map(candidate => [candidate.terms.join(' '), candidate]))
  const longer = new Map<Candidate, { count: number; kinds: number }>()
  for (const { terms, count } of all) {
    if (terms.length < 2) continue
    for (const part of [terms.slice(1), terms.slice(0, -1)]) {
      const inner = byKey.get(part.join(' '))
      if (inner === undefined) continue
      const known = longer.get(inner) ?? { count: 0, kinds: 0 }
      known.count += count
      known.kinds++
      longer.set(inner, known)
    }
  }
  return longer
}
