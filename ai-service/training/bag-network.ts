import type { Random } from '../random.ts'

/** What a text gives: distinct buckets of hashed features, and the weight of each. */
export interface BagFeatures {
  readonly buckets: Int32Array
  readonly weights: Float32Array
}

/**
 * A bag of hashed features, embedded, summed by weight, and one linear layer over it (Joulin et al. 2017). Trained by
 * AdaGrad (Duchi et al. 2011), one accumulator a bucket, one example at a time.
 */
export class BagNetwork {
  readonly buckets: number
  readonly labels: number
  readonly width: number
  /** `buckets` rows of `width`. */
  readonly table: Float32Array
  /** One row of `width` a label. */
  readonly output: Float32Array
  readonly bias: Float32Array
  readonly #tableSquares: Float32Array
  readonly #outputSquares: Float32Array
  readonly #biasSquares: Float32Array
  readonly #hidden: Float32Array
  readonly #hiddenGradient: Float32Array
  readonly #probabilities: Float32Array

  constructor(buckets: number, labels: number, width: number, random: Random) {
    this.buckets = buckets
    this.labels = labels
    this.width = width
    this.table = Float32Array.from({ length: buckets * width }, () => (random() - 0.5) * 0.2)
    this.output = Float32Array.from({ length: labels * width }, () => (random() - 0.5) * 0.2)
    this.bias = new Float32Array(labels)
    this.#tableSquares = new Float32Array(buckets).fill(1e-6)
    this.#outputSquares = new Float32Array(labels * width).fill(1e-6)
    this.#biasSquares = new Float32Array(labels).fill(1e-6)
    this.#hidden = new Float32Array(width)
    this.#hiddenGradient = new Float32Array(width)
    this.#probabilities = new Float32Array(labels)
  }

  /** Logits of the allowed labels, in the order of `allowed`; the buffer is reused by the next call. */
  logits(features: BagFeatures, allowed: Int32Array): Float32Array {
    const { width, table, output, bias } = this
    const hidden = this.#hidden.fill(0)
    const { buckets, weights } = features
    for (let index = 0; index < buckets.length; index++) {
      const row = (buckets[index] as number) * width
      const weight = weights[index] as number
      for (let column = 0; column < width; column++) {
        hidden[column] = (hidden[column] as number) + weight * (table[row + column] as number)
      }
    }
    const scores = this.#probabilities.subarray(0, allowed.length)
    for (let place = 0; place < allowed.length; place++) {
      const label = allowed[place] as number
      let score = bias[label] as number
      for (let column = 0; column < width; column++) {
        score += (output[label * width + column] as number) * (hidden[column] as number)
      }
      scores[place] = score
    }
    return scores
  }

  /**
   * Starts from an earlier model: its table of 8-bit numbers, whose rows may be fewer by a power of two (buckets are
   * the low bits of a hash, so that row `b` of it was what now is row `b`, `b` + its size, and so on), and its last
   * layer, [width, labels], label `index` of which is label `places[index]` here.
   */
  startFrom(table: Int8Array, layer: Float32Array, bias: Float32Array, places: readonly number[]): void {
    const { width } = this
    // The same product, with both factors of like size, as training has them.
    const scale = Math.sqrt(rootMeanSquare(layer) / rootMeanSquare(table))
    for (let at = 0; at < this.table.length; at++) this.table[at] = (table[at % table.length] ?? 0) * scale
    this.#tableSquares.fill(1e-3)
    for (const [index, place] of places.entries()) {
      for (let column = 0; column < width; column++) {
        this.output[place * width + column] = (layer[column * places.length + index] ?? 0) / scale
        this.#outputSquares[place * width + column] = 1
      }
      this.bias[place] = bias[index] ?? 0
      this.#biasSquares[place] = 1
    }
  }

  /**
   * One step towards `target`, a label that is in `allowed`. Returns the loss before the step.
   */
  learn(features: BagFeatures, allowed: Int32Array, target: number, rate: number): number {
    const { width, table, output, bias } = this
    const scores = softmax(this.logits(features, allowed))
    const hidden = this.#hidden
    const hiddenGradient = this.#hiddenGradient.fill(0)
    let loss = 0
    for (let place = 0; place < allowed.length; place++) {
      const label = allowed[place] as number
      const probability = scores[place] as number
      if (label === target) loss = -Math.log(Math.max(probability, 1e-9))
      const gradient = probability - (label === target ? 1 : 0)
      if (Math.abs(gradient) < 1e-4) continue
      const row = label * width
      for (let column = 0; column < width; column++) {
        const at = row + column
        hiddenGradient[column] = (hiddenGradient[column] as number) + gradient * (output[at] as number)
        const step = gradient * (hidden[column] as number)
        const squares = (this.#outputSquares[at] as number) + step * step
        this.#outputSquares[at] = squares
        output[at] = (output[at] as number) - (rate * step) / Math.sqrt(squares)
      }
      const squares = (this.#biasSquares[label] as number) + gradient * gradient
      this.#biasSquares[label] = squares
      bias[label] = (bias[label] as number) - (rate * gradient) / Math.sqrt(squares)
    }
    let norm = 0
    for (let column = 0; column < width; column++) {
      norm += (hiddenGradient[column] as number) ** 2
    }
    norm /= width
    const { buckets, weights } = features
    for (let index = 0; index < buckets.length; index++) {
      const bucket = buckets[index] as number
      const weight = weights[index] as number
      const squares = (this.#tableSquares[bucket] as number) + weight * weight * norm
      this.#tableSquares[bucket] = squares
      const step = (rate * weight) / Math.sqrt(squares)
      const row = bucket * width
      for (let column = 0; column < width; column++) {
        table[row + column] = (table[row + column] as number) - step * (hiddenGradient[column] as number)
      }
    }
    return loss
  }
}

function rootMeanSquare(values: Int8Array | Float32Array): number {
  let sum = 0
  for (const value of values) sum += value * value
  return Math.sqrt(sum / values.length) || 1
}

/** In place. */
export function softmax(scores: Float32Array): Float32Array {
  let highest = Number.NEGATIVE_INFINITY
  for (const score of scores) highest = Math.max(highest, score)
  let sum = 0
  for (let index = 0; index < scores.length; index++) {
    const value = Math.exp((scores[index] as number) - highest)
    scores[index] = value
    sum += value
  }
  for (let index = 0; index < scores.length; index++) scores[index] = (scores[index] as number) / sum
  return scores
}

/** A text whose label is known, as logits; `place` is where its label stands among them. */
export interface JudgedText {
  readonly place: number
  readonly logits: Float32Array
}

/**
 * The temperature by which logits are divided so that a confidence of .8 is right 8 times in 10 (Guo et al. 2017):
 * the one with the least loss on texts that were not trained on.
 */
export function bestTemperature(cases: readonly JudgedText[]): number {
  const loss = (temperature: number): number =>
    cases.reduce((sum, { place, logits }) => {
      const probabilities = softmax(logits.map(logit => logit / temperature))
      return sum - Math.log(Math.max(probabilities[place] ?? 0, 1e-9))
    }, 0) / cases.length
  let best = 1
  for (let temperature = 0.5; temperature <= 4; temperature += 0.05) {
    if (loss(temperature) < loss(best)) best = temperature
  }
  const right = cases.filter(({ place, logits }) => logits.indexOf(Math.max(...logits)) === place).length
  console.log(
    `${cases.length} calibration texts: accuracy ${(right / cases.length).toFixed(4)}, temperature ${best.toFixed(2)}, ` +
      `loss ${loss(1).toFixed(4)} -> ${loss(best).toFixed(4)}`,
  )
  return best
}
