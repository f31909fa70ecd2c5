import type { FoundBy } from '../../contracts/memory.ts'

/**
 * Similarities of the embedding model in their meaning: below `none` a few words and a passage have nothing in common,
 * above `sure` they say the same. Between words and passages of unlike subjects it is 0.02 in the middle and seldom above
 * 0.2; between those of one subject 0.2 to 0.5.
 */
const meaningScale = { none: 0.2, sure: 0.65 }
/** Passages this much farther away than the nearest are noise beside it. */
const shareOfNearest = 0.6
/** Either is strong evidence, and neither alone is proof: a word may mean something else, and so may a likeness. */
const wordTrust = 0.9
const meaningTrust = 0.9
/** With a vector, a match of so small a part of the query is noise: one common word of many. */
const leastCoverage = 0.3
/** How much the rank by BM25 moves matches of the same words. */
const relevanceShare = 0.15

/** What is known of one passage, or of one page by its title. */
export interface Evidence {
  /** Share of the query's words, 0 to 1; 0 where no word matches. */
  readonly coverage: number
  /** Against the best match by words, 0 to 1. */
  readonly relevance: number
  /** Cosine with the query; null where it was not compared, or is not among the nearest. */
  readonly similarity: number | null
}

export interface Verdict {
  /** 0 to 1. */
  readonly score: number
  readonly foundBy: Exclude<FoundBy, 'latest'>
}

/**
 * Weighs words and meaning together: each is the chance that the passage is what was meant, and they are joined as
 * independent witnesses. Null when neither says enough. `hasMeaning` is false when the search had words alone.
 */
export function judge(evidence: Evidence, hasMeaning: boolean): Verdict | null {
  const { coverage, relevance, similarity } = evidence
  const words = wordTrust * coverage * (1 - relevanceShare + relevanceShare * relevance)
  const meaning = similarity === null ? 0 : meaningTrust * meaningOf(similarity)
  const byWords = coverage >= (hasMeaning ? leastCoverage : Number.MIN_VALUE)
  const byMeaning = meaning > 0
  if (!byWords && !byMeaning) return null
  return {
    score: 1 - (1 - words) * (1 - meaning),
    foundBy: byWords ? (byMeaning ? 'both' : 'words') : 'meaning',
  }
}

/** The similarities that say something: of many passages, some come near to any query by chance. */
export function tellingSimilarities(
  nearest: readonly { readonly id: number; readonly similarity: number }[],
): ReadonlyMap<number, number> {
  const least = Math.max(meaningScale.none, shareOfNearest * (nearest[0]?.similarity ?? 0))
  return new Map(nearest.filter(one => one.similarity > least).map(one => [one.id, one.similarity]))
}

function meaningOf(similarity: number): number {
  return Math.max(0, Math.min(1, (similarity - meaningScale.none) / (meaningScale.sure - meaningScale.none)))
}
