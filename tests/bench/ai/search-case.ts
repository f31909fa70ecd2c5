import { Embedder } from '../../../ai-service/embedding/embedder.ts'
import { ModelManager } from '../../../ai-service/models/manager.ts'
import { below, seededRandom } from '../../../ai-service/random.ts'
import { dimensions, VectorIndex } from '../../../storage-service/vectors/vector-index.ts'
import { sentences } from './pages.ts'
import { type AiResult, percentile, result } from './results.ts'
import { modelsFolder } from './start-ai.ts'

const wanted = 100
const queries = 200

/** Nearest passages among many: vectors of real sentences, and neighbours of them. */
export async function search(stored: number): Promise<AiResult[]> {
  await using models = new ModelManager(modelsFolder)
  const real = await new Embedder(models).embed(sentences())
  const random = seededRandom(4)
  const near = (): Int8Array => blend(pick(real, random), pick(real, random), random)
  const index = new VectorIndex()
  for (let id = 0; id < stored; id++) index.set(id, near())
  const times: number[] = []
  const exactTimes: number[] = []
  let agreed = 0
  for (let query = 0; query < queries; query++) {
    const vector = near()
    const startedMs = performance.now()
    const found = index.nearest(vector, wanted)
    const foundMs = performance.now()
    const exact = new Set(index.nearestOfAll(vector, wanted).map(({ id }) => id))
    exactTimes.push(performance.now() - foundMs)
    times.push(foundMs - startedMs)
    agreed += found.filter(({ id }) => exact.has(id)).length
  }
  const name = `search by meaning among ${stored.toLocaleString('en')} passages`
  return [
    result(`${name}, p95`, 'ms', percentile(times, 0.95), { atMost: 25 }),
    result(`${name}, the same as exact search of the first 100`, 'share', agreed / (queries * wanted), {
      atLeast: 0.95,
    }),
    result(`${name}, exact search, p95`, 'ms', percentile(exactTimes, 0.95)),
  ]
}

function pick(vectors: readonly Int8Array[], random: () => number): Int8Array {
  return vectors[below(random, vectors.length)] ?? new Int8Array(dimensions)
}

/** Between two meanings, with a little noise, unit length times 127. */
function blend(left: Int8Array, right: Int8Array, random: () => number): Int8Array {
  const share = random()
  const mixed = Float64Array.from(
    left,
    (number, place) => share * number + (1 - share) * (right[place] ?? 0) + (random() - 0.5) * 8,
  )
  const length = Math.hypot(...mixed) || 1
  return Int8Array.from(mixed, number => Math.round((number / length) * 127))
}
