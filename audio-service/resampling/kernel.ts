/** Half of the kernel's length, counted in samples of the slower of both rates. */
const zeroCrossings = 48
/** Of the Kaiser window: more than 100 dB of attenuation behind the edge. */
const kaiserBeta = 10.5
/** Share of the narrower band that passes: what lies between it and the edge falls off. */
const passband = 0.928
/** Fractions of a sample for which the kernel is computed, where the rates have no smaller common one. */
const mostPhases = 1_024
/** Of all rows together: 8 MB. Where a kernel is that long, fewer fractions do, because it bends more slowly. */
const mostWeights = 2_000_000

/**
 * A low-pass that stands ready at every place between two samples that is needed: the rows of a polyphase filter,
 * a windowed sinc each (Oppenheim and Schafer, "Discrete-Time Signal Processing", 7.6; Kaiser's window).
 */
export interface Kernel {
  /** Input samples that one output sample is made of. */
  readonly taps: number
  /** Rows of `taps` weights each, and one more, so that a place behind the last can lie between two. */
  readonly rows: Float32Array
  readonly phases: number
  /** Input samples before the place of an output sample. */
  readonly reach: number
}

/** The kernel from one rate to another; the same for rates of the same proportion. */
export function kernelOf(from: number, to: number): Kernel {
  const common = greatestDivisor(from, to)
  const bandwidth = Math.min(1, to / from)
  const phases = Math.min(to / common, mostPhases, Math.floor(mostWeights / tapsOf(bandwidth)))
  const key = `${from / common}:${to / common}`
  const known = kernels.get(key)
  if (known !== undefined) return known
  const kernel = makeKernel(bandwidth, phases)
  // A few pairs of rates are in use at a time; hostile files may name any.
  if (kernels.size >= 16) kernels.clear()
  kernels.set(key, kernel)
  return kernel
}

const kernels = new Map<string, Kernel>()

function makeKernel(bandwidth: number, phases: number): Kernel {
  const half = Math.ceil(zeroCrossings / bandwidth)
  const taps = tapsOf(bandwidth)
  const rows = new Float32Array((phases + 1) * taps)
  const cutoff = bandwidth * passband
  const windowScale = 1 / bessel(kaiserBeta)
  for (let phase = 0; phase <= phases; phase += 1) {
    let sum = 0
    for (let tap = 0; tap < taps; tap += 1) {
      const distance = tap - half + 1 - phase / phases
      const edge = distance / half
      const window = Math.abs(edge) >= 1 ? 0 : bessel(kaiserBeta * Math.sqrt(1 - edge * edge)) * windowScale
      const weight = cutoff * sinc(cutoff * distance) * window
      rows[phase * taps + tap] = weight
      sum += weight
    }
    // Each row passes a constant unchanged, so that no phase is louder than another.
    for (let tap = 0; tap < taps; tap += 1) rows[phase * taps + tap] = (rows[phase * taps + tap] ?? 0) / sum
  }
  return { taps, rows, phases, reach: half - 1 }
}

/** A multiple of four, for the loop that goes over them. */
function tapsOf(bandwidth: number): number {
  return Math.ceil(Math.ceil(zeroCrossings / bandwidth) / 2) * 4
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}

/** The modified Bessel function of the first kind and order zero. */
function bessel(x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; term > sum * 1e-17; k += 1) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

export function greatestDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestDivisor(other, one % other)
}
