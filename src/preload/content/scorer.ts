/** A small network: one hidden layer or two, rectified, and one number out. Inputs are scaled first. */
export interface ScorerWeights {
  readonly inputs: number
  /** Added to an input, then multiplied. */
  readonly shift: readonly number[]
  readonly scale: readonly number[]
  /** `weights` row after row: one row for each output of the layer. */
  readonly layers: readonly { readonly weights: readonly number[]; readonly biases: readonly number[] }[]
}

/** Probability of each row of `values`. Throws RangeError when the rows are not what the weights were made for. */
export function scoreRows(values: Float32Array, width: number, weights: ScorerWeights): Float32Array {
  if (width !== weights.inputs) throw new RangeError(`Rows of ${width} numbers, made for ${weights.inputs}`)
  const layers = weights.layers.map(layer => layerOf(layer.weights, layer.biases))
  const [first] = layers
  if (first !== undefined) scaleInputs(first, weights)
  const last = layers.at(-1)
  const rows = values.length / width
  const scores = new Float32Array(rows)
  for (let row = 0; row < rows; row++) {
    let inputs = values.subarray(row * width, (row + 1) * width)
    for (const layer of layers) {
      multiply(inputs, layer, layer === last ? Number.NEGATIVE_INFINITY : 0)
      inputs = layer.outputs
    }
    scores[row] = 1 / (1 + Math.exp(-(inputs[0] ?? 0)))
  }
  return scores
}

interface Layer {
  /** One row for each input, so that inputs of zero, which are many, cost nothing. */
  readonly weights: Float32Array
  readonly biases: Float32Array
  readonly outputs: Float32Array
}

function layerOf(weights: readonly number[], biases: readonly number[]): Layer {
  const outputs = biases.length
  const inputs = weights.length / outputs
  const turned = new Float32Array(weights.length)
  for (const [index, weight] of weights.entries()) {
    turned[(index % inputs) * outputs + Math.floor(index / inputs)] = weight
  }
  return { weights: turned, biases: Float32Array.from(biases), outputs: new Float32Array(outputs) }
}

/** Takes the scaling of the inputs into the first layer. */
function scaleInputs({ weights, biases }: Layer, { shift, scale }: ScorerWeights): void {
  const outputs = biases.length
  for (let at = 0; at < weights.length; at++) {
    const input = Math.floor(at / outputs)
    const scaled = (weights[at] ?? 0) * (scale[input] ?? 1)
    weights[at] = scaled
    biases[at % outputs] = (biases[at % outputs] ?? 0) + scaled * (shift[input] ?? 0)
  }
}

/** On its own, because it is compiled sooner so: most pages are read once by code that has just been loaded. */
function multiply(inputs: Float32Array, { weights, biases, outputs }: Layer, least: number): void {
  outputs.set(biases)
  const size = outputs.length
  for (let index = 0; index < inputs.length; index++) {
    const input = inputs[index] ?? 0
    if (input === 0) continue
    const from = index * size
    for (let output = 0; output < size; output++) {
      outputs[output] = (outputs[output] ?? 0) + input * (weights[from + output] ?? 0)
    }
  }
  for (let output = 0; output < size; output++) outputs[output] = Math.max(least, outputs[output] ?? 0)
}
