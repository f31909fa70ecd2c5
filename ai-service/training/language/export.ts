import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bucketCount } from '../../language/features.ts'
import { encodeModel } from '../onnx/encoder.ts'
import type { LanguageNetwork } from './network.ts'

export interface ExportParts {
  readonly network: LanguageNetwork
  readonly labels: readonly string[]
  readonly temperature: number
  /** Labels that each script may have. */
  readonly allowed: Readonly<Record<string, readonly string[]>>
  readonly folder: string
  readonly rows: number
  readonly sources: readonly string[]
}

/**
 * Writes `language.onnx` and `manifest.json`. The table is rounded to 8 bits with one scale a column; scale and
 * temperature are folded into the last layer, so that the graph is a look-up, two small products and a softmax.
 */
export async function exportModel(parts: ExportParts): Promise<void> {
  const { network, labels, temperature } = parts
  const { width } = network
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
  const bias = network.bias.map(value => value / temperature)
  const bytes = encodeModel({
    name: 'language',
    documentation: 'Language identification from hashed character n-grams. See language.md.',
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
      { name: 'table', type: 'int8', dimensions: [bucketCount, width], data: table },
      { name: 'layer', type: 'float', dimensions: [width, labels.length], data: weights },
      { name: 'bias', type: 'float', dimensions: [labels.length], data: bias },
    ],
    inputs: [
      { name: 'buckets', type: 'int32', dimensions: ['texts', 'features'] },
      { name: 'weights', type: 'float', dimensions: ['texts', 1, 'features'] },
      { name: 'mask', type: 'float', dimensions: ['texts', labels.length] },
    ],
    outputs: [{ name: 'probabilities', type: 'float', dimensions: ['texts', labels.length] }],
    metadata: { labels: labels.join(' ') },
  })
  mkdirSync(parts.folder, { recursive: true })
  writeFileSync(join(parts.folder, 'language.onnx'), bytes)
  const manifest = {
    version: 1,
    models: [
      {
        name: 'language',
        file: 'language.onnx',
        sha256: createHash('sha256').update(bytes).digest('hex'),
        bytes: bytes.length,
        inputs: [
          { name: 'buckets', type: 'int32', shape: ['texts', 'features'] },
          { name: 'weights', type: 'float32', shape: ['texts', 1, 'features'] },
          { name: 'mask', type: 'float32', shape: ['texts', labels.length] },
        ],
        outputs: [{ name: 'probabilities', type: 'float32', shape: ['texts', labels.length] }],
        card: 'language.md',
        parameters: { labels, labelsByScript: parts.allowed },
      },
    ],
  }
  writeFileSync(join(parts.folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  console.log(
    `language.onnx: ${bytes.length} bytes, ${labels.length} labels, ${parts.rows} rows of ${parts.sources.join(', ')}`,
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
