import type { PassageSigns } from './features.ts'

/**
 * How much each sign of a passage counts, and from which score on a passage is an answer: a logistic regression,
 * made by `ai-service/training/answers/train.ts`. It goes with the embedding model: a new one asks for new weights.
 */
export const weights: Readonly<Record<keyof PassageSigns, number>> = {
  words: 0.665,
  coverage: 2.155,
  sentenceCoverage: 2.371,
  pageCoverage: 2.027,
  meaning: 6.001,
  sentenceMeaning: 2.443,
  kind: 0.682,
}
export const bias = -7.997
/** Where found and not found part. */
export const leastScore = 0.5
