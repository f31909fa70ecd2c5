import { ModelUnavailableError } from './errors.ts'
import type { LoadedModel } from './manager.ts'
import { wayOut } from './manifest.ts'

/** A number that takes a label out of the softmax. */
export const forbidden = -1e9

/** A model over a bag of hashed features, loaded. */
export interface BagSession {
  readonly name: string
  readonly runtime: LoadedModel['runtime']
  readonly session: LoadedModel['session']
}

/**
 * Probabilities of the labels, in the model's order, for one text. `mask` holds 0 for each label that may be, else
 * `forbidden`. Throws ModelUnavailableError.
 */
export async function runBag(
  model: BagSession,
  features: { readonly buckets: Int32Array; readonly weights: Float32Array },
  mask: Float32Array,
): Promise<Float32Array> {
  const { buckets, weights } = features
  const { Tensor } = model.runtime
  const outputs = await model.session.run({
    buckets: new Tensor('int32', buckets, [1, buckets.length]),
    weights: new Tensor('float32', weights, [1, 1, weights.length]),
    mask: new Tensor('float32', mask, [1, mask.length]),
  })
  const data = outputs.probabilities?.data
  if (data instanceof Float32Array) return data
  throw new ModelUnavailableError(
    'RUNTIME_FAILED',
    `The ${model.name} model gave no probabilities. ${wayOut}`,
  )
}
