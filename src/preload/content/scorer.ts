/** A small network: hidden layers, rectified, and one number out. */
export interface ScorerWeights {
  readonly inputs: number
  /** `weights` input after input: one number for each output of the layer. */
  readonly layers: readonly { readonly weights: readonly number[]; readonly biases: readonly number[] }[]
}

/** Answers the probability of each of the rows that it is given. */
export class Scorer {
  readonly #inputs: number
  readonly #layers: readonly Layer[]

  constructor(weights: ScorerWeights) {
    this.#inputs = weights.inputs
    this.#layers = weights.layers.map(layer => ({
      weights: Float32Array.from(layer.weights),
      biases: Float32Array.from(layer.biases),
      outputs: new Float32Array(layer.biases.length),
    }))
  }

  /** Throws RangeError when the rows are not what the weights were made for. */
  score(values: Float32Array, width: number): Float32Array {
    if (width !== this.#inputs) throw new RangeError(`Rows of ${width} numbers, made for ${this.#inputs}`)
    const rows = values.length / width
    const scores = new Float32Array(rows)
    const last = this.#layers.length - 1
    for (let row = 0; row < rows; row++) {
      let inputs = values
      let from = row * width
      let count = width
      for (let index = 0; index <= last; index++) {
        const layer = this.#layers[index]
        if (layer === undefined) continue
        multiply(inputs, from, count, layer)
        inputs = layer.outputs
        from = 0
        count = inputs.length
        if (index < last) rectify(inputs)
      }
      scores[row] = 1 / (1 + Math.exp(-(inputs[0] ?? 0)))
    }
    return scores
  }
}

interface Layer {
  readonly weights: Float32Array
  readonly biases: Float32Array
  readonly outputs: Float32Array
}

/** Inputs of zero, which are many, cost nothing. */
function multiply(inputs: Float32Array, from: number, count: number, layer: Layer): void {
  const { weights, biases, outputs } = layer
  const size = outputs.length
  outputs.set(biases)
  let at = 0
  for (let index = 0; index < count; index++) {
    const input = inputs[from + index] ?? 0
    if (input === 0) {
      at += size
      continue
    }
    for (let output = 0; output < size; output++) {
      outputs[output] = (outputs[output] ?? 0) + input * (weights[at] ?? 0)
      at++
    }
  }
}

function rectify(outputs: Float32Array): void {
  for (let index = 0; index < outputs.length; index++) if ((outputs[index] ?? 0) < 0) outputs[index] = 0
}
