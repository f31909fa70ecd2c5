import type { PassageSigns } from './features.ts'

/**
 * How much each sign of a passage counts, and from which score on a passage is an answer: a logistic regression,
 * made by `ai-service/training/answers/train.ts`. It goes with the embedding model: a new one asks for new weights.
 */
export const weights: Readonly<Record<keyof PassageSigns, number>> = {
  words: 1,
  coverage: 1,
  sentenceCoverage: 2,
  pageCoverage: 1,
  meaning: 3,
  sentenceMeaning: 3,
  kind: 0.5,
}
export const bias = -5
export const leastScore = 0.5
