import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import { type BagSession, runBags } from '../models/bag-run.ts'
import { ModelUnavailableError } from '../models/errors.ts'
import type { ModelManager } from '../models/manager.ts'
import { wayOut } from '../models/manifest.ts'
import { hashPage, type TopicPage, topicFeatures } from './features.ts'

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

interface TopicModel extends BagSession, Static<typeof Parameters> {
  readonly mask: Float32Array
}

/** Says what pages are about, in English. The model is loaded on first use. */
export class TopicClassifier {
  readonly #models: ModelManager
  #model: Promise<TopicModel> | null = null

  constructor(models: ModelManager) {
    this.#models = models
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
    const [probabilities] = await runBags(model, [{ features, mask: model.mask }])
    const topics = model.labels
      .map((label, index) => ({ label, confidence: Math.min(1, probabilities?.[index] ?? 0) }))
      .sort((left, right) => right.confidence - left.confidence)
      .slice(0, mostTopics)
    const first = topics[0]
    if (first === undefined || first.confidence < model.leastConfidence) return { kind: 'none' }
    const further = topics.slice(1).filter(({ confidence }) => confidence >= model.leastFurtherConfidence)
    return { kind: 'known', topics: [first, ...further] }
  }

  #load(): Promise<TopicModel> {
    this.#model ??= this.#models.load('topic').then(({ entry, session, runtime }) => {
      const { parameters } = entry
      if (!Value.Check(Parameters, parameters)) {
        throw new ModelUnavailableError(
          'MANIFEST_DAMAGED',
          `The topic model's parameters are damaged. ${wayOut}`,
        )
      }
      return {
        name: 'topic',
        runtime,
        session,
        ...parameters,
        mask: new Float32Array(parameters.labels.length),
      }
    })
    return this.#model
  }
}

/** Numbers alone, as a table of prices has them, are about nothing that could be told. */
function holdsWord(text: string): boolean {
  return /\p{L}{2}/u.test(text.slice(0, readUnits))
}
