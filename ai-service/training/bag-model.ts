import type { BagNetwork } from './bag-network.ts'
import { shipModel, type TrainedModel } from './manifest-entry.ts'
import { encodeModel } from './onnx/encoder.ts'

/** A trained bag of features, ready to ship. */
export interface BagModel {
  readonly name: string
  readonly documentation: string
  readonly network: BagNetwork
  readonly temperature: number
  readonly labels: readonly string[]
  readonly parameters: TrainedModel['parameters']
}

/**
 * Writes `<name>.onnx` and its entry in the list of models. The table is rounded to 8 bits with one scale a column;
 * scale and temperature are folded into the last layer, so that the graph is a look-up, two small products, a mask
 * (0, or a large negative number for a label that is out of the question) and a softmax.
 */
export function shipBagModel(folder: string, model: BagModel): void {
  const { name, network, labels, temperature } = model
  const { width, buckets } = network
  const scales = columnScales(network.table, width)
  const table = Int8Array.from(network.table, (value, index) =>
    Math.max(-127, Math.min(127, Math.round(value / (scales[index % width] ?? 1)))),
  )
  // Transposed to [width, labels] for Gemm.
  const weights = new Float32Array(width * labels.length)
  for (let label = 0; label < labels.length; label++) {
    for (let column = 0; column < width; column++) {
      weights[column * labels.length + label] =
        ((network.output[label * width + column] ?? 0) * (scales[column] ?? 1)) / temperature
    }
  }
  const bytes = encodeModel({
    name,
    documentation: model.documentation,
    opset: 17,
    nodes: [
      { operator: 'Gather', inputs: ['table', 'buckets'], outputs: ['rows8'], attributes: { axis: 0 } },
      { operator: 'Cast', inputs: ['rows8'], outputs: ['rows'], attributes: { to: 1 } },
      { operator: 'MatMul', inputs: ['weights', 'rows'], outputs: ['mean'] },
      { operator: 'Flatten', inputs: ['mean'], outputs: ['hidden'], attributes: { axis: 1 } },
      { operator: 'Gemm', inputs: ['hidden', 'layer', 'bias'], outputs: ['scores'] },
      { operator: 'Add', inputs: ['scores', 'mask'], outputs: ['allowed'] },
      { operator: 'Softmax', inputs: ['allowed'], outputs: ['probabilities'], attributes: { axis: 1 } },
    ],
    initializers: [
      { name: 'table', type: 'int8', dimensions: [buckets, width], data: table },
      { name: 'layer', type: 'float', dimensions: [width, labels.length], data: weights },
      {
        name: 'bias',
        type: 'float',
        dimensions: [labels.length],
        data: network.bias.map(value => value / temperature),
      },
    ],
    inputs: [
      { name: 'buckets', type: 'int32', dimensions: ['texts', 'features'] },
      { name: 'weights', type: 'float', dimensions: ['texts', 1, 'features'] },
      { name: 'mask', type: 'float', dimensions: ['texts', labels.length] },
    ],
    outputs: [{ name: 'probabilities', type: 'float', dimensions: ['texts', labels.length] }],
    metadata: { labels: labels.join(' ') },
  })
  shipModel(
    folder,
    {
      name,
      file: `${name}.onnx`,
      inputs: [
        { name: 'buckets', type: 'int32', shape: ['texts', 'features'] },
        { name: 'weights', type: 'float32', shape: ['texts', 1, 'features'] },
        { name: 'mask', type: 'float32', shape: ['texts', labels.length] },
      ],
      outputs: [{ name: 'probabilities', type: 'float32', shape: ['texts', labels.length] }],
      card: `${name}.md`,
      parameters: model.parameters,
    },
    bytes,
  )
}

/** The largest value of each column, less one in 10,000 outliers, over 127. */
function columnScales(table: Float32Array, width: number): number[] {
  return Array.from({ length: width }, (_, column) => {
    const values = new Float32Array(table.length / width)
    for (let row = 0; row < values.length; row++) values[row] = Math.abs(table[row * width + column] ?? 0)
    values.sort()
    return (values[Math.floor(values.length * 0.9999)] ?? 1) / 127
  })
}
