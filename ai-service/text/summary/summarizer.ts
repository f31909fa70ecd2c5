import Value from 'typebox/value'
import { ModelUnavailableError } from '../../models/errors.ts'
import type { LoadedModel, ModelManager } from '../../models/manager.ts'
import { wayOut } from '../../models/manifest.ts'
import type { Sentence, TextDocument } from '../document.ts'
import type { Pace } from '../pace.ts'
import type { TermIndex } from '../term-index.ts'
import { isUnspaced } from '../words.ts'
import { candidateSentences } from './candidates.ts'
import { featureNames, sentenceFeatures } from './features.ts'
import { selectSentences } from './select.ts'
import { termFeatureNames, termFeatures } from './term-features.ts'
import { SummaryParameters, type Weights, weightsFor } from './weights.ts'

/** Below this a page is its own summary. */
const fewestPageWords = 80
const fewestPageSentences = 4
/** Words of the text up to which it gets 1, 2, … sentences; above the last, one more. */
const wordsForSentences: readonly number[] = [150, 300, 700, 1_500, 3_000, 6_000]
/** Words of a text whose chances are asked for; rare words of a book are not its subject. */
const mostTerms = 4_000

/**
 * Chooses the sentences that say most of a text. The model scores sentences and words; the choice is made by
 * `selectSentences`. Deterministic.
 */
export class Summarizer {
  readonly #models: ModelManager

  constructor(models: ModelManager) {
    this.#models = models
  }

  /**
   * 1 to 7 sentences in reading order, as many as the text's length asks for; none when it is its own summary.
   * `index` holds the document's terms. Rejects with ModelUnavailableError, or the pace's reason.
   */
  async summarize(document: TextDocument, index: TermIndex, pace: Pace): Promise<readonly Sentence[]> {
    const wanted = sentencesWanted(document)
    if (wanted === 0) return []
    const candidates = await candidateSentences(document, index, pace)
    if (candidates.length <= wanted) return candidates.length < 2 ? [] : candidates
    return await this.choose(document, candidates, wanted, index, pace)
  }

  /** The best `wanted` of `candidates`, in reading order. */
  async choose(
    document: TextDocument,
    candidates: readonly Sentence[],
    wanted: number,
    index: TermIndex,
    pace: Pace,
  ): Promise<readonly Sentence[]> {
    const model = await this.#models.load('summary')
    if (!Value.Check(SummaryParameters, model.entry.parameters)) throw failed('has no weights')
    const weights = weightsFor(wanted, model.entry.parameters)
    const { values, similar } = await sentenceFeatures(document, candidates, index, pace)
    const terms = termFeatures(candidates, index).subarray(0, mostTerms * termFeatureNames.length)
    await pace.breathe()
    const { scores, chances } = await run(model, values, terms)
    weigh(scores, values, chances, terms, weights)
    const rows = candidates.map(sentence => index.rows[sentence.index] ?? new Int32Array(0))
    const places = await selectSentences({ scores, chances, rows }, similar, wanted, weights, pace)
    return places.flatMap(place => candidates[place] ?? [])
  }
}

function sentencesWanted(document: TextDocument): number {
  const words = isUnspaced(document.language) ? document.words * 0.7 : document.words
  if (words < fewestPageWords || document.sentences.length < fewestPageSentences) return 0
  const place = wordsForSentences.findIndex(most => words < most)
  return (place === -1 ? wordsForSentences.length : place) + 1
}

async function run(
  model: LoadedModel,
  sentences: Float32Array,
  terms: Float32Array,
): Promise<{ scores: Float32Array; chances: Float32Array }> {
  const { Tensor } = model.runtime
  const sentenceWidth = featureNames.length
  const termWidth = termFeatureNames.length
  const outputs = await model.session.run({
    sentences: new Tensor('float32', sentences, [sentences.length / sentenceWidth, sentenceWidth]),
    terms: new Tensor('float32', terms, [terms.length / termWidth, termWidth]),
  })
  const scores = outputs.scores?.data
  const chances = outputs.chances?.data
  if (scores instanceof Float32Array && chances instanceof Float32Array) return { scores, chances }
  throw failed('gave no scores')
}

function failed(what: string): ModelUnavailableError {
  return new ModelUnavailableError('RUNTIME_FAILED', `The summary model ${what}. ${wayOut}`)
}

/** Natural logarithm of ten words. */
const comfortableLogWords = 2.3
const asksAt = featureNames.indexOf('asks')
const logWordsAt = featureNames.indexOf('logWords')
const earlyAt = termFeatureNames.indexOf('early')
const countAt = termFeatureNames.indexOf('count')
const firstAt = termFeatureNames.indexOf('inFirst')
const capitalsAt = termFeatureNames.indexOf('capitals')
const digitsAt = termFeatureNames.indexOf('digits')

/** Moves the model's answers, in place, by what it could not learn from texts with a title for a summary. */
function weigh(
  scores: Float32Array,
  sentences: Float32Array,
  chances: Float32Array,
  terms: Float32Array,
  weights: Weights,
): void {
  for (let place = 0; place < scores.length; place++) {
    const row = place * featureNames.length
    const asks = sentences[row + asksAt] ?? 0
    const short = Math.max(0, comfortableLogWords - (sentences[row + logWordsAt] ?? 0))
    scores[place] = weights.score * (scores[place] ?? 0) - weights.asks * asks - weights.short * short
  }
  for (let term = 0; term < chances.length; term++) {
    const row = term * termFeatureNames.length
    const pull =
      weights.early * (terms[row + earlyAt] ?? 0) +
      weights.count * (terms[row + countAt] ?? 0) +
      weights.first * (terms[row + firstAt] ?? 0) +
      weights.capitals * (terms[row + capitalsAt] ?? 0) +
      weights.digits * (terms[row + digitsAt] ?? 0)
    const odds = ((chances[term] ?? 0) / Math.max(1e-6, 1 - (chances[term] ?? 0))) * Math.exp(pull)
    chances[term] = odds / (1 + odds)
  }
}
