import type { SummaryParameters } from '../../text/summary/weights.ts'

/**
 * Global settings, chosen by hand-made search: for one sentence on SciTLDR's training part, for several on the training
 * part of CNN, on which nothing else of the model was trained.
 */
export const weights: SummaryParameters = {
  one: {
    expectedWords: 30,
    score: 0.4,
    lead: 0,
    repeat: 0,
    asks: 0.3,
    short: 0.1,
    early: 0,
    count: 0,
    first: 0,
    capitals: 0,
    digits: 0,
  },
  several: {
    expectedWords: 54,
    score: 0.002,
    lead: 0.1,
    repeat: 0.05,
    asks: 0.3,
    short: 0.1,
    early: -0.5,
    count: 0.4,
    first: 1.5,
    capitals: -0.5,
    digits: 0.5,
  },
}
