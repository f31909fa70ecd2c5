import type { Embedder } from '../embedding/embedder.ts'
import type { Passage } from '../embedding/passages.ts'
import type { Pace } from '../text/pace.ts'
import { type PassageSigns, readSigns } from './features.ts'
import { readQuestion } from './question.ts'
import { bias, leastScore, weights } from './weights.ts'

/** A passage that may answer the question. */
export interface FoundPassage extends Passage {
  /** How sure it is that the answer stands there, 0 to 1. */
  readonly score: number
}

export type Answer =
  | { readonly kind: 'found'; readonly passages: readonly FoundPassage[] }
  | { readonly kind: 'notInPage' }

/** More passages than this are no answer but the page. */
const mostPassages = 5
/** A question longer than this is a text of its own. */
const mostQuestionUnits = 500

/**
 * The passages of a page that answer a question, best first, at most five; 'notInPage' when none seems to. By words
 * (BM25 within the page) and by meaning; it finds, and never writes an answer of its own. `language` is that of the
 * page: other languages than English go by their words and letters. Throws ModelUnavailableError, and the reason of
 * the pace's signal once cancelled.
 */
export async function answer(
  question: string,
  passages: readonly Passage[],
  embedder: Pick<Embedder, 'embed'>,
  pace: Pace,
  language = 'en',
): Promise<Answer> {
  const read = readQuestion(question.slice(0, mostQuestionUnits), language)
  if (read.terms.length === 0 || passages.length === 0) return { kind: 'notInPage' }
  const signs = await readSigns(read, passages, language, embedder, pace)
  const scored = passages
    .map((passage, index) => ({ ...passage, score: scoreOf(signs[index]) }))
    .sort((left, right) => right.score - left.score)
  const best = scored[0]?.score ?? 0
  if (best < leastScore) return { kind: 'notInPage' }
  const found = scored.filter(({ score }) => score >= Math.max(leastScore, best / 2))
  return { kind: 'found', passages: found.slice(0, mostPassages) }
}

function scoreOf(signs: PassageSigns | undefined): number {
  if (signs === undefined) return 0
  let sum = bias
  for (const name of signNames) sum += weights[name] * signs[name]
  return 1 / (1 + Math.exp(-sum))
}

/** All signs, in the order in which training sees them. */
export const signNames = [
  'words',
  'coverage',
  'sentenceCoverage',
  'pageCoverage',
  'meaning',
  'sentenceMeaning',
  'kind',
] as const satisfies readonly (keyof PassageSigns)[]
