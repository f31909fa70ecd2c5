import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Type from 'typebox'
import Value from 'typebox/value'
import { bucketCount } from '../../intent/features.ts'
import { encodeModel } from '../onnx/encoder.ts'

export interface NetworkShape {
  readonly width: number
  readonly hidden: number
  readonly classes: number
}

/**
 * The fitted network as ONNX. The table is rounded to 8 bits with one scale a column; the scale is folded into the
 * first layer and the temperature into the second.
 */
export function exportNetwork(folder: string, shape: NetworkShape): Uint8Array {
  const { width, hidden, classes } = shape
  const floats = (name: string): Float32Array => {
    const bytes = readFileSync(join(folder, `${name}.f32`))
    return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  }
  const { temperature } = Value.Parse(
    Type.Object({ temperature: Type.Number({ exclusiveMinimum: 0 }) }),
    JSON.parse(readFileSync(join(folder, 'temperature.json'), 'utf8')),
  )
  const table = floats('table')
  const scales = Array.from({ length: width }, (_, column) => {
    let most = 0
    for (let row = 0; row < bucketCount; row++)
      most = Math.max(most, Math.abs(table[row * width + column] ?? 0))
    return most / 127 || 1
  })
  const table8 = Int8Array.from(table, (value, index) => Math.round(value / (scales[index % width] ?? 1)))
  const layer1 = transpose(floats('layer1'), hidden, width)
  layer1.forEach((value, index) => {
    layer1[index] = value * (scales[Math.floor(index / hidden)] ?? 1)
  })
  const layer2 = transpose(floats('layer2'), classes, hidden).map(value => value / temperature)
  return encodeModel({
    name: 'intent',
    documentation:
      'What a person means in the omnibox, from hashed words and character n-grams. See intent.md.',
    opset: 17,
    nodes: [
      { operator: 'Gather', inputs: ['table', 'buckets'], outputs: ['rows8'], attributes: { axis: 0 } },
      { operator: 'Cast', inputs: ['rows8'], outputs: ['rows'], attributes: { to: 1 } },
      { operator: 'MatMul', inputs: ['weights', 'rows'], outputs: ['sum'] },
      { operator: 'Gemm', inputs: ['sum', 'layer1', 'bias1'], outputs: ['hidden'] },
      { operator: 'Relu', inputs: ['hidden'], outputs: ['active'] },
      { operator: 'Gemm', inputs: ['active', 'layer2', 'bias2'], outputs: ['scores'] },
      { operator: 'Softmax', inputs: ['scores'], outputs: ['probabilities'], attributes: { axis: 1 } },
    ],
    initializers: [
      { name: 'table', type: 'int8', dimensions: [bucketCount, width], data: table8 },
      { name: 'layer1', type: 'float', dimensions: [width, hidden], data: layer1 },
      { name: 'bias1', type: 'float', dimensions: [hidden], data: floats('bias1') },
      { name: 'layer2', type: 'float', dimensions: [hidden, classes], data: layer2 },
      {
        name: 'bias2',
        type: 'float',
        dimensions: [classes],
        data: floats('bias2').map(value => value / temperature),
      },
    ],
    inputs: [
      { name: 'buckets', type: 'int32', dimensions: ['features'] },
      { name: 'weights', type: 'float', dimensions: [1, 'features'] },
    ],
    outputs: [{ name: 'probabilities', type: 'float', dimensions: [1, classes] }],
    metadata: {},
  })
}

/** Rows to columns: PyTorch keeps [out, in], Gemm wants [in, out]. */
function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      result[column * rows + row] = values[row * columns + column] ?? 0
    }
  }
  return result
}
