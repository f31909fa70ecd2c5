import type { Neighbours } from './nearest.ts'

/** A bond between two points, 0 to 1: how surely they belong together. */
export interface Bond {
  readonly from: number
  readonly to: number
  readonly strength: number
}

const bisections = 40

/**
 * Joins points to their neighbours, each by the scale of its own surroundings, so that crowded and lonely points have
 * bonds alike: the fuzzy simplicial set of UMAP (McInnes, Healy, Melville 2018, https://arxiv.org/abs/1802.03426, section 3.1).
 */
export function fuzzyGraph(neighbours: Neighbours, points: number): readonly Bond[] {
  const { count, indexes } = neighbours
  const strengths = new Map<number, number>()
  for (let point = 0; point < points; point++) {
    const scale = scaleOf(neighbours, point)
    for (let place = point * count; place < (point + 1) * count; place++) {
      const other = indexes[place] ?? 0
      strengths.set(point * points + other, strengthAt(neighbours, place, scale))
    }
  }
  const bonds: Bond[] = []
  for (const [key, there] of strengths) {
    const from = Math.floor(key / points)
    const to = key % points
    const back = strengths.get(to * points + from) ?? 0
    // Either belief joins them; each pair is told once.
    if (from < to || back === 0) bonds.push({ from, to, strength: there + back - there * back })
  }
  return bonds
}

interface Scale {
  /** Distance of the nearest. */
  readonly nearest: number
  readonly width: number
}

function strengthAt({ distances }: Neighbours, place: number, { nearest, width }: Scale): number {
  const beyond = (distances[place] ?? 0) - nearest
  return beyond <= 0 ? 1 : Math.exp(-beyond / width)
}

/** The width at which the strengths of a point's bonds add up to log2 of their number. */
function scaleOf(neighbours: Neighbours, point: number): Scale {
  const { count, distances } = neighbours
  const first = point * count
  const nearest = distances[first] ?? 0
  const wanted = Math.log2(Math.max(2, count))
  let low = 0
  let high = Number.POSITIVE_INFINITY
  let width = 1
  for (let step = 0; step < bisections; step++) {
    let sum = 0
    for (let place = first; place < first + count; place++)
      sum += strengthAt(neighbours, place, { nearest, width })
    if (sum > wanted) {
      high = width
      width = (low + high) / 2
    } else {
      low = width
      width = high === Number.POSITIVE_INFINITY ? width * 2 : (low + high) / 2
    }
  }
  return { nearest, width: Math.max(width, 1e-6) }
}
