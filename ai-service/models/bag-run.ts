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

/** One text for the model. */
export interface Bag {
  readonly features: { readonly buckets: Int32Array; readonly weights: Float32Array }
  /** For each label, in the model's order, 0 when it may be, else `forbidden`. */
  readonly mask: Float32Array
}

/** Features that one run looks up, with the padding of shorter texts: a few milliseconds of work. */
const mostFeaturesPerRun = 50_000

/**
 * Probabilities of the labels, in the model's order, for each text. Texts of like length run together, and no run is
 * long. Throws ModelUnavailableError.
 */
export async function runBags(model: BagSession, bags: readonly Bag[]): Promise<Float32Array[]> {
  const results: Float32Array[] = new Array(bags.length)
  const byLength = bags.map((bag, index) => ({ bag, index, size: bag.features.buckets.length }))
  byLength.sort((left, right) => right.size - left.size)
  while (byLength.length > 0) {
    const longest = Math.max(1, byLength[0]?.size ?? 1)
    const batch = byLength.splice(0, Math.max(1, Math.floor(mostFeaturesPerRun / longest)))
    const probabilities = await runBatch(
      model,
      batch.map(({ bag }) => bag),
      longest,
    )
    const labels = probabilities.length / batch.length
    for (const [place, { index }] of batch.entries()) {
      results[index] = probabilities.subarray(place * labels, (place + 1) * labels)
    }
  }
  return results
}

async function runBatch(model: BagSession, bags: readonly Bag[], longest: number): Promise<Float32Array> {
  const { buckets, weights, masks } = joinBags(bags, longest)
  const { Tensor } = model.runtime
  const outputs = await model.session.run({
    buckets: new Tensor('int32', buckets, [bags.length, longest]),
    weights: new Tensor('float32', weights, [bags.length, 1, longest]),
    mask: new Tensor('float32', masks, [bags.length, masks.length / bags.length]),
  })
  const data = outputs.probabilities?.data
  if (data instanceof Float32Array) return data
  throw new ModelUnavailableError(
    'RUNTIME_FAILED',
    `The ${model.name} model gave no probabilities. ${wayOut}`,
  )
}

interface JoinedBags {
  readonly buckets: Int32Array
  readonly weights: Float32Array
  readonly masks: Float32Array
}

/** Row by row. A feature of no weight changes nothing: shorter texts are filled up with it. */
function joinBags(bags: readonly Bag[], longest: number): JoinedBags {
  const [first] = bags
  const labels = first?.mask.length ?? 0
  if (first !== undefined && bags.length === 1 && first.features.buckets.length === longest) {
    return { ...first.features, masks: first.mask }
  }
  const buckets = new Int32Array(bags.length * longest)
  const weights = new Float32Array(bags.length * longest)
  const masks = new Float32Array(bags.length * labels)
  for (const [place, { features, mask }] of bags.entries()) {
    buckets.set(features.buckets, place * longest)
    weights.set(features.weights, place * longest)
    masks.set(mask, place * labels)
  }
  return { buckets, weights, masks }
}
