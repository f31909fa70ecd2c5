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
  const layers = weights.layers.map(layer => ({
    weights: Float32Array.from(layer.weights),
    biases: Float32Array.from(layer.biases),
    outputs: new Float32Array(layer.biases.length),
  }))
  const rows = values.length / width
  const scores = new Float32Array(rows)
  const scaled = new Float32Array(width)
  for (let row = 0; row < rows; row++) {
    for (let index = 0; index < width; index++) {
      const value = values[row * width + index] ?? 0
      scaled[index] = (value + (weights.shift[index] ?? 0)) * (weights.scale[index] ?? 1)
    }
    let inputs = scaled
    for (const [depth, layer] of layers.entries()) {
      const isLast = depth === layers.length - 1
      for (let output = 0; output < layer.biases.length; output++) {
        let sum = layer.biases[output] ?? 0
        const from = output * inputs.length
        for (let index = 0; index < inputs.length; index++) {
          sum += (inputs[index] ?? 0) * (layer.weights[from + index] ?? 0)
        }
        layer.outputs[output] = isLast ? 1 / (1 + Math.exp(-sum)) : Math.max(0, sum)
      }
      inputs = layer.outputs
    }
    scores[row] = inputs[0] ?? 0
  }
  return scores
}
