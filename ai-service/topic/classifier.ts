import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import { ModelUnavailableError } from '../models/errors.ts'
import type { LoadedModel, ModelManager } from '../models/manager.ts'
import { wayOut } from '../models/manifest.ts'
import { hashPage, type TopicFeatures, type TopicPage, topicFeatures } from './features.ts'
import { type MeaningSource, meaningLength, meaningOf, meaningTexts } from './meaning.ts'

export interface Topic {
  /** One of the 22 labels, such as "sports". */
  readonly label: string
  /** Calibrated probability, 0 to 1. */
  readonly confidence: number
}

/** What a page is about; the most likely topic first, at most three. `none` when nothing fits well enough. */
export type TopicGuess =
  | { readonly kind: 'known'; readonly topics: readonly Topic[] }
  | { readonly kind: 'none' }

const Parameters = Type.Object({
  labels: Type.Array(Type.String({ minLength: 2 }), { minItems: 2 }),
  /** Below this the first topic is wrong more often than not, so that none is named. */
  leastConfidence: Type.Number({ minimum: 0, maximum: 1 }),
  /** From this on a further topic is named. */
  leastFurtherConfidence: Type.Number({ minimum: 0, maximum: 1 }),
})

/** More topics than this say nothing. */
const mostTopics = 3
/** A page with fewer known features than this has no topic that could be told. */
const fewestFeatures = 2

/** More of a text than its features come from. */
const readUnits = 5_000

interface TopicModel extends LoadedModel, Static<typeof Parameters> {}

/** Says what pages are about, in English, by their words and by what they mean. The model is loaded on first use. */
export class TopicClassifier {
  readonly #models: ModelManager
  readonly #meanings: MeaningSource
  #model: Promise<TopicModel> | null = null

  /** `meanings` gives the vectors that the model was trained with: those of the embedding model that ships with it. */
  constructor(models: ModelManager, meanings: MeaningSource) {
    this.#models = models
    this.#meanings = meanings
  }

  /** Loads the model now, so that the first answer does not wait for it. Throws ModelUnavailableError. */
  async warm(): Promise<void> {
    await this.#load()
  }

  /** Of the page's text only the beginning counts. Work is bounded. Throws ModelUnavailableError. */
  async classify(page: TopicPage): Promise<TopicGuess> {
    const model = await this.#load()
    const hashed = hashPage(page)
    const features = topicFeatures(hashed)
    const hasWords = hashed.url.length > 0 || [page.title, page.description, page.text].some(holdsWord)
    if (!hasWords || features.buckets.length < fewestFeatures) return { kind: 'none' }
    const meaning = meaningOf(await this.#meanings.embed(meaningTexts(page)))
    const probabilities = await run(model, features, meaning)
    const topics = model.labels
      .map((label, index) => ({ label, confidence: Math.min(1, probabilities[index] ?? 0) }))
      .sort((left, right) => right.confidence - left.confidence)
      .slice(0, mostTopics)
    const first = topics[0]
    if (first === undefined || first.confidence < model.leastConfidence) return { kind: 'none' }
    const further = topics.slice(1).filter(({ confidence }) => confidence >= model.leastFurtherConfidence)
    return { kind: 'known', topics: [first, ...further] }
  }

  #load(): Promise<TopicModel> {
    this.#model ??= this.#models.load('topic').then(loaded => {
      const { parameters } = loaded.entry
      if (!Value.Check(Parameters, parameters)) {
        throw new ModelUnavailableError(
          'MANIFEST_DAMAGED',
          `The topic model's parameters are damaged. ${wayOut}`,
        )
      }
      return { ...loaded, ...parameters }
    })
    return this.#model
  }
}

async function run(
  { runtime: { Tensor }, session }: TopicModel,
  { buckets, weights }: TopicFeatures,
  meaning: Float32Array,
): Promise<Float32Array> {
  const outputs = await session.run({
    buckets: new Tensor('int32', buckets, [1, buckets.length]),
    weights: new Tensor('float32', weights, [1, 1, weights.length]),
    meaning: new Tensor('float32', meaning, [1, meaningLength]),
  })
  const probabilities = outputs.probabilities?.data
  if (probabilities instanceof Float32Array) return probabilities
  throw new ModelUnavailableError('RUNTIME_FAILED', `The topic model gave no probabilities. ${wayOut}`)
}

/** Numbers alone, as a table of prices has them, are about nothing that could be told. */
function holdsWord(text: string): boolean {
  return /\p{L}{2}/u.test(text.slice(0, readUnits))
}
