import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import { ModelUnavailableError } from '../models/errors.ts'
import type { LoadedModel, ModelManager, ModelSession, Runtime } from '../models/manager.ts'
import { wayOut } from '../models/manifest.ts'
import { type TextFeatures, Vocabulary } from './tokenizer.ts'
import { quantise, vectorLength } from './vectors.ts'

const Parameters = Type.Object({ buckets: Type.Integer({ minimum: 1 }) })

/** Rows of the table that one run looks up: about 2 ms, far below the 20 ms that a loop may be held. */
const mostRowsOfRun = 16_000

interface EmbeddingModel {
  readonly runtime: Runtime
  readonly session: ModelSession
  readonly vocabulary: Vocabulary
}

/** Turns sentences, passages and questions into vectors that lie close where meanings do. Loaded on first use. */
export class Embedder {
  readonly #models: ModelManager
  #model: Promise<EmbeddingModel> | null = null

  constructor(models: ModelManager) {
    this.#models = models
  }

  /** Loads the model now, so that the first vector does not wait for it. Throws ModelUnavailableError. */
  async warm(): Promise<void> {
    await this.#load()
  }

  /**
   * One vector of 128 numbers a text, in order: unit length times 127; all zeros for a text without a word. Only the
   * first 4,000 code units of a text are read. Throws ModelUnavailableError.
   */
  async embed(texts: readonly string[]): Promise<Int8Array[]> {
    const model = await this.#load()
    const vectors: Int8Array[] = []
    let batch: TextFeatures[] = []
    let widest = 0
    for (const text of texts) {
      const features = model.vocabulary.featuresOf(text)
      const width = Math.max(widest, features.rows.length)
      if (batch.length > 0 && width * (batch.length + 1) > mostRowsOfRun) {
        vectors.push(...(await run(model, batch, widest)))
        // A run blocks the thread: what waits, a heartbeat or a cancellation, comes in between two.
        await new Promise<void>(resolve => setImmediate(resolve))
        batch = []
        widest = 0
      }
      batch.push(features)
      widest = Math.max(widest, features.rows.length)
    }
    if (batch.length > 0) vectors.push(...(await run(model, batch, widest)))
    return vectors
  }

  #load(): Promise<EmbeddingModel> {
    this.#model ??= this.#models.load('embedding').then(readModel)
    return this.#model
  }
}

/** The hashes of the known words travel in the model file, so that table and vocabulary cannot part. */
async function readModel({ entry, session, runtime }: LoadedModel): Promise<EmbeddingModel> {
  const parameters = parseParameters(entry.parameters)
  const { Tensor } = runtime
  const outputs = await session.run({
    rows: new Tensor('int32', new Int32Array(1), [1, 1]),
    weights: new Tensor('float32', new Float32Array(1), [1, 1, 1]),
  })
  const words = outputs.words?.data
  if (!(words instanceof Int32Array)) throw broken('has no words')
  return { runtime, session, vocabulary: new Vocabulary(words.slice(), parameters.buckets) }
}

function parseParameters(parameters: unknown): Static<typeof Parameters> {
  if (Value.Check(Parameters, parameters)) return parameters
  throw new ModelUnavailableError(
    'MANIFEST_DAMAGED',
    `The embedding model's parameters are damaged. ${wayOut}`,
  )
}

function broken(what: string): ModelUnavailableError {
  return new ModelUnavailableError('RUNTIME_FAILED', `The embedding model ${what}. ${wayOut}`)
}

async function run(
  model: EmbeddingModel,
  texts: readonly TextFeatures[],
  width: number,
): Promise<Int8Array[]> {
  if (width === 0) return texts.map(() => new Int8Array(vectorLength))
  const rows = new Int32Array(texts.length * width)
  const weights = new Float32Array(texts.length * width)
  texts.forEach((text, index) => {
    rows.set(text.rows, index * width)
    weights.set(text.weights, index * width)
  })
  const { Tensor } = model.runtime
  const outputs = await model.session.run(
    {
      rows: new Tensor('int32', rows, [texts.length, width]),
      weights: new Tensor('float32', weights, [texts.length, 1, width]),
    },
    ['vectors'],
  )
  const data = outputs.vectors?.data
  if (!(data instanceof Float32Array)) throw broken('gave no vectors')
  return texts.map((_, index) => quantise(data.subarray(index * vectorLength, (index + 1) * vectorLength)))
}
