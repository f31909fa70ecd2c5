import type { PassageSigns } from './features.ts'

/**
 * How much each sign of a passage counts, and from which score on a passage is an answer: a logistic regression,
 * made by `ai-service/training/answers/train.ts`. It goes with the embedding model: a new one asks for new weights.
 */
export const weights: Readonly<Record<keyof PassageSigns, number>> = {
  words: 0.2,
  coverage: 2.227,
  sentenceCoverage: 2.51,
  pageCoverage: 1.586,
  meaning: 5.714,
  sentenceMeaning: 2.991,
  kind: 0.464,
}
export const bias = -7.439
/** Where found and not found part. */
export const leastScore = 0.5
