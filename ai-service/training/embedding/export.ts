import { hashOf } from '../../embedding/tokenizer.ts'
import { vectorLength } from '../../embedding/vectors.ts'
import { shipModel } from '../manifest-entry.ts'
import { encodeModel } from '../onnx/encoder.ts'

export interface ExportParts {
  /** Rows of `vectorLength` numbers: the empty one, the words, the buckets. */
  readonly table: Float32Array
  readonly words: readonly string[]
  readonly buckets: number
  readonly folder: string
}

/**
 * Writes `embedding.onnx` with its manifest entry. Rows are rounded to 8 bits with one scale a row; the hashes of the
 * words come out as a second output, so that table and vocabulary are one file with one checksum.
 */
export function exportModel({ table, words, buckets, folder }: ExportParts): void {
  const rowCount = 1 + words.length + buckets
  const rounded = new Int8Array(rowCount * vectorLength)
  const scales = new Float32Array(rowCount)
  for (let row = 0; row < rowCount; row++) {
    const values = table.subarray(row * vectorLength, (row + 1) * vectorLength)
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    scales[row] = largest / 127
    if (largest === 0) continue
    values.forEach((value, column) => {
      rounded[row * vectorLength + column] = Math.round((value / largest) * 127)
    })
  }
  const hashes = Int32Array.from(words, word => hashOf(word))
  const bytes = encodeModel({
    name: 'embedding',
    documentation: 'Vectors of sentences and passages from words and pieces of words. See embedding.md.',
    opset: 17,
    nodes: [
      { operator: 'Gather', inputs: ['table', 'rows'], outputs: ['rows8'], attributes: { axis: 0 } },
      { operator: 'Cast', inputs: ['rows8'], outputs: ['rows32'], attributes: { to: 1 } },
      { operator: 'Gather', inputs: ['scales', 'rows'], outputs: ['rowScales'], attributes: { axis: 0 } },
      { operator: 'Unsqueeze', inputs: ['rowScales', 'one'], outputs: ['rowScales3'] },
      { operator: 'Mul', inputs: ['weights', 'rowScales3'], outputs: ['scaledWeights'] },
      { operator: 'MatMul', inputs: ['scaledWeights', 'rows32'], outputs: ['sum'] },
      { operator: 'Flatten', inputs: ['sum'], outputs: ['vectors'], attributes: { axis: 1 } },
      { operator: 'Identity', inputs: ['wordHashes'], outputs: ['words'] },
    ],
    initializers: [
      { name: 'table', type: 'int8', dimensions: [rowCount, vectorLength], data: rounded },
      { name: 'scales', type: 'float', dimensions: [rowCount], data: scales },
      { name: 'one', type: 'int64', dimensions: [1], data: BigInt64Array.of(1n) },
      { name: 'wordHashes', type: 'int32', dimensions: [words.length], data: hashes },
    ],
    inputs: [
      { name: 'rows', type: 'int32', dimensions: ['texts', 'width'] },
      { name: 'weights', type: 'float', dimensions: ['texts', 1, 'width'] },
    ],
    outputs: [
      { name: 'vectors', type: 'float', dimensions: ['texts', vectorLength] },
      { name: 'words', type: 'int32', dimensions: [words.length] },
    ],
    metadata: {},
  })
  shipModel(
    folder,
    {
      name: 'embedding',
      file: 'embedding.onnx',
      inputs: [
        { name: 'rows', type: 'int32', shape: ['texts', 'width'] },
        { name: 'weights', type: 'float32', shape: ['texts', 1, 'width'] },
      ],
      outputs: [
        { name: 'vectors', type: 'float32', shape: ['texts', vectorLength] },
        { name: 'words', type: 'int32', shape: [words.length] },
      ],
      card: 'embedding.md',
      parameters: { buckets },
    },
    bytes,
  )
}
