import Type from 'typebox'
import Value from 'typebox/value'
import { ModelUnavailableError } from '../models/errors.ts'
import type { ModelManager, ModelSession, Runtime } from '../models/manager.ts'
import { wayOut } from '../models/manifest.ts'
import type { ModelOpinion } from './decide.ts'
import { addressFeatures, numberNames } from './features.ts'

const Parameters = Type.Object({
  /** Names of the numbers that the model was trained on, in order. */
  numbers: Type.Array(Type.String()),
  /** Probability reached by one honest address of a hundred. */
  notable: Type.Number({ minimum: 0, maximum: 1 }),
  /** Probability reached by one honest home page of a thousand at most. */
  alarming: Type.Number({ minimum: 0, maximum: 1 }),
})

interface PhishingModel {
  readonly runtime: Runtime
  readonly session: ModelSession
  readonly notable: number
  readonly alarming: number
}

/** Says how much an address is like those of phishing. The model is loaded on first use. */
export class AddressModel {
  readonly #models: ModelManager
  #model: Promise<PhishingModel> | null = null

  constructor(models: ModelManager) {
    this.#models = models
  }

  /** Throws ModelUnavailableError. */
  async assess(url: string): Promise<ModelOpinion> {
    const { runtime, session, notable, alarming } = await this.#load()
    const { numbers, hostBuckets, pathBuckets } = addressFeatures(url)
    const { Tensor } = runtime
    const outputs = await session.run({
      numbers: new Tensor('float32', numbers, [1, numbers.length]),
      host: new Tensor('int32', hostBuckets, [1, hostBuckets.length]),
      path: new Tensor('int32', pathBuckets, [1, pathBuckets.length]),
    })
    const probability = outputs.probability?.data[0]
    if (typeof probability !== 'number') {
      throw new ModelUnavailableError('RUNTIME_FAILED', `The phishing model gave no probability. ${wayOut}`)
    }
    return { probability: Math.min(1, Math.max(0, probability)), notable, alarming }
  }

  #load(): Promise<PhishingModel> {
    this.#model ??= this.#models.load('phishing').then(({ entry, session, runtime }) => {
      const { parameters } = entry
      if (!Value.Check(Parameters, parameters) || parameters.numbers.join() !== numberNames.join()) {
        throw new ModelUnavailableError(
          'MANIFEST_DAMAGED',
          `The phishing model's parameters are damaged. ${wayOut}`,
        )
      }
      return { runtime, session, notable: parameters.notable, alarming: parameters.alarming }
    })
    return this.#model
  }
}
