import { similarity } from '../embedding/vectors.ts'
import type { Pace } from '../text/pace.ts'

/** The nearest others of each point, nearest first. */
export interface Neighbours {
  readonly count: number
  /** Of point `i`: from `i * count` on. */
  readonly indexes: Int32Array
  /** 0 for the same meaning, 1 for none in common. */
  readonly distances: Float32Array
}

/** The nearest others by meaning, compared with all: exact, and quick enough for some thousands. */
export async function nearestNeighbours(
  vectors: readonly Int8Array[],
  wanted: number,
  pace: Pace,
): Promise<Neighbours> {
  const count = Math.max(0, Math.min(wanted, vectors.length - 1))
  const indexes = new Int32Array(vectors.length * count)
  const distances = new Float32Array(vectors.length * count).fill(Number.POSITIVE_INFINITY)
  for (const [point, vector] of vectors.entries()) {
    const first = point * count
    for (const [other, otherVector] of vectors.entries()) {
      if (other === point) continue
      const distance = Math.max(0, 1 - similarity(vector, otherVector))
      insert(indexes, distances, first, count, other, distance)
    }
    await pace.breathe()
  }
  return { count, indexes, distances }
}

/** Keeps a run of the arrays sorted; what is farther than all of it is left out. */
function insert(
  indexes: Int32Array,
  distances: Float32Array,
  first: number,
  count: number,
  other: number,
  distance: number,
): void {
  let place = first + count - 1
  if (count === 0 || distance >= (distances[place] ?? 0)) return
  while (place > first && (distances[place - 1] ?? 0) > distance) {
    distances[place] = distances[place - 1] ?? 0
    indexes[place] = indexes[place - 1] ?? 0
    place -= 1
  }
  distances[place] = distance
  indexes[place] = other
}
