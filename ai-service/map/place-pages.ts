import { seededRandom } from '../random.ts'
import type { Pace } from '../text/pace.ts'
import { fuzzyGraph } from './fuzzy-graph.ts'
import { layOut, type Positions, startingPositions } from './lay-out.ts'
import { moveApart } from './move-apart.ts'
import { nearestNeighbours } from './nearest.ts'

const neighbours = 15
/** The same pages lie at the same places each time. */
const seed = 20_261_120

/** Places pages on a plane so that those about the same lie together. Vectors are of the embedding model. */
export async function placePages(vectors: readonly Int8Array[], pace: Pace): Promise<Positions> {
  const random = seededRandom(seed)
  const start = await startingPositions(vectors, random, pace)
  const near = await nearestNeighbours(vectors, neighbours, pace)
  const placed = await layOut(start, fuzzyGraph(near, vectors.length), random, pace)
  return await moveApart(placed, random, pace)
}
