import { dimensions } from '../vectors/vector-index.ts'

export interface ClusteredVectors {
  readonly vectors: readonly Int8Array[]
  /** Near the clusters, but none of the vectors. */
  readonly queries: readonly Int8Array[]
}

/** For tests and measurements: directions in clusters of unlike sizes, as texts about like things have them. */
export function clusteredVectors(options: {
  readonly count: number
  readonly clusters: number
  readonly queries: number
  readonly seed: number
}): ClusteredVectors {
  const random = gaussians(options.seed)
  const centres = Array.from({ length: options.clusters }, () =>
    Float64Array.from({ length: dimensions }, random.gaussian),
  )
  const around = (spread: number): Int8Array => {
    // Squared, so that some clusters are large.
    const centre = centres[Math.floor(random.uniform() ** 2 * centres.length)] ?? new Float64Array(dimensions)
    return quantized(centre.map(value => value + spread * random.gaussian()))
  }
  return {
    vectors: Array.from({ length: options.count }, () => around(0.4 + random.uniform())),
    queries: Array.from({ length: options.queries }, () => around(0.8)),
  }
}

/** Of unit length, times 127. */
function quantized(values: Float64Array): Int8Array {
  const length = Math.hypot(...values)
  return Int8Array.from(values, value => Math.round((value / length) * 127))
}

function gaussians(seed: number): { readonly uniform: () => number; readonly gaussian: () => number } {
  let state = seed >>> 0
  // mulberry32, public domain
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  // Box and Muller
  return {
    uniform,
    gaussian: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  }
}
