import type { PassageSigns } from './features.ts'

/**
 * How much each sign of a passage counts, and from which score on a passage is an answer: a logistic regression,
 * made by `ai-service/training/answers/train.ts`. It goes with the embedding model: a new one asks for new weights.
 */
export const weights: Readonly<Record<keyof PassageSigns, number>> = {
  words: 0.757,
  coverage: 2.184,
  sentenceCoverage: 2.423,
  pageCoverage: 1.744,
  meaning: 6.032,
  sentenceMeaning: 2.688,
  kind: 0.548,
}
export const bias = -8.045
/** Where found and not found part. */
export const leastScore = 0.5
