import Type, { type Static } from 'typebox'

/** How the model's answers are weighed against each other; chosen on texts that were not trained on (summary.md). */
export const Weights = Type.Object({
  /** Words that a summary is expected to have: with few, a long sentence must earn its place. */
  expectedWords: Type.Number({ minimum: 0 }),
  /** Of the sentence scores, against the words of the subject that are covered. */
  score: Type.Number(),
  /** Of opening sentences. */
  lead: Type.Number(),
  /** Against saying the same again. */
  repeat: Type.Number(),
  /** Against questions. */
  asks: Type.Number(),
  /** Against sentences of under ten words, for each part by which they are shorter (natural logarithm). */
  short: Type.Number(),
  /** Added to the log odds of words that stand early, often, in the first sentence, in capitals, and that are numbers. */
  early: Type.Number(),
  count: Type.Number(),
  first: Type.Number(),
  capitals: Type.Number(),
  digits: Type.Number(),
})
export type Weights = Static<typeof Weights>

/** One sentence has to make the point; several tell the story. */
export const SummaryParameters = Type.Object({ one: Weights, several: Weights })
export type SummaryParameters = Static<typeof SummaryParameters>

/** For one sentence, for three and more, and half way for two. */
export function weightsFor(wanted: number, { one, several }: SummaryParameters): Weights {
  if (wanted !== 2) return wanted < 2 ? one : several
  const between = (name: keyof Weights): number => (one[name] + several[name]) / 2
  return {
    expectedWords: between('expectedWords'),
    score: between('score'),
    lead: between('lead'),
    repeat: between('repeat'),
    asks: between('asks'),
    short: between('short'),
    early: between('early'),
    count: between('count'),
    first: between('first'),
    capitals: between('capitals'),
    digits: between('digits'),
  }
}
