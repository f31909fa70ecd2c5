/** A filter of the second order; `a0` is 1. */
interface Biquad {
  readonly b: readonly [number, number, number]
  readonly a: readonly [number, number]
}

/**
 * The two filters of ITU-R BS.1770-4 (a shelf for the head, a high-pass for the ear) for any rate: the standard gives
 * them for 48 kHz only. The analogue prototypes behind its coefficients are those of Brecht De Man, "Evaluation of
 * Implementations of the EBU R128 Loudness Measurement" (AES 145, 2018).
 */
function filtersFor(sampleRate: number): readonly [Biquad, Biquad] {
  const shelf = Math.tan((Math.PI * 1681.974450955533) / sampleRate)
  const shelfQ = 0.7071752369554196
  const high = 10 ** (3.999843853973347 / 20)
  const band = high ** 0.4996667741545416
  const shelfScale = 1 + shelf / shelfQ + shelf * shelf
  const pass = Math.tan((Math.PI * 38.13547087602444) / sampleRate)
  const passQ = 0.5003270373238773
  const passScale = 1 + pass / passQ + pass * pass
  return [
    {
      b: [
        (high + (band * shelf) / shelfQ + shelf * shelf) / shelfScale,
        (2 * (shelf * shelf - high)) / shelfScale,
        (high - (band * shelf) / shelfQ + shelf * shelf) / shelfScale,
      ],
      a: [(2 * (shelf * shelf - 1)) / shelfScale, (1 - shelf / shelfQ + shelf * shelf) / shelfScale],
    },
    {
      b: [1, -2, 1],
      a: [(2 * (pass * pass - 1)) / passScale, (1 - pass / passQ + pass * pass) / passScale],
    },
  ]
}

/** What is so small that it would only cost time: numbers near the end of what floats can hold are slow. */
const nothing = 1e-30

/** Weights one channel as the ear does, and adds up its energy. */
export class KWeighting {
  readonly #shelf: Biquad
  readonly #pass: Biquad
  #s1 = 0
  #s2 = 0
  #p1 = 0
  #p2 = 0

  constructor(sampleRate: number) {
    const [shelf, pass] = filtersFor(sampleRate)
    this.#shelf = shelf
    this.#pass = pass
  }

  /** The sum of the squares of the weighted samples from one place to another. */
  energyOf(samples: Float32Array, from: number, to: number): number {
    const {
      b: [b0, b1, b2],
      a: [a1, a2],
    } = this.#shelf
    const {
      b: [c0, c1, c2],
      a: [d1, d2],
    } = this.#pass
    let [s1, s2, p1, p2] = [this.#s1, this.#s2, this.#p1, this.#p2]
    let energy = 0
    for (let at = from; at < to; at += 1) {
      // Transposed direct form II; inside the array by construction.
      const input = samples[at] as number
      const middle = b0 * input + s1
      s1 = b1 * input - a1 * middle + s2
      s2 = b2 * input - a2 * middle
      const output = c0 * middle + p1
      p1 = c1 * middle - d1 * output + p2
      p2 = c2 * middle - d2 * output
      energy += output * output
    }
    this.#s1 = settled(s1)
    this.#s2 = settled(s2)
    this.#p1 = settled(p1)
    this.#p2 = settled(p2)
    return energy
  }
}

function settled(value: number): number {
  return Math.abs(value) < nothing ? 0 : value
}
