import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bucketCount } from '../../topic/features.ts'
import { BagNetwork } from '../bag-network.ts'
import { readInitializers } from '../onnx/read-initializers.ts'
import { topics } from './lexicon.ts'

/**
 * What one trained network says of each bucket, straight: `bucketCount` rows of one number a topic, and a bias. As
 * every step from a bucket to the logits is linear, this is the same network, and the mean of several is one again.
 */
export interface Member {
  readonly table: Float32Array
  readonly bias: Float32Array
}

export function memberOf(network: BagNetwork): Member {
  const { width, labels, table, output } = network
  return {
    table: multiplied(table, width, labels, (label, column) => output[label * width + column] ?? 0),
    bias: network.bias,
  }
}

/** The topic model that an earlier training left in `folder`. */
export function readMember(folder: string): Member {
  const constants = readInitializers(readFileSync(join(folder, 'topic.onnx')))
  const [table, layer, bias] = ['table', 'layer', 'bias'].map(name => constants.get(name)?.buffer)
  if (table === undefined || layer === undefined || bias === undefined)
    throw new Error(`${folder} holds no topic model`)
  const rows = new Int8Array(table)
  const columns = new Float32Array(layer)
  return {
    table: multiplied(
      rows,
      rows.length / bucketCount,
      topics.length,
      (label, column) => columns[column * topics.length + label] ?? 0,
    ),
    bias: new Float32Array(bias),
  }
}

/** The mean of the members: they err in different places ("bagging": Breiman 1996). */
export function meanOf(members: readonly Member[]): BagNetwork {
  const labels = topics.length
  const mean = new BagNetwork(bucketCount, labels, labels, () => 0.5)
  mean.output.fill(0)
  for (let label = 0; label < labels; label++) mean.output[label * labels + label] = 1
  for (const { table, bias } of members) {
    for (let at = 0; at < table.length; at++)
      mean.table[at] = (mean.table[at] ?? 0) + (table[at] ?? 0) / members.length
    for (let label = 0; label < labels; label++)
      mean.bias[label] = (mean.bias[label] ?? 0) + (bias[label] ?? 0) / members.length
  }
  return mean
}

function multiplied(
  table: Int8Array | Float32Array,
  width: number,
  labels: number,
  factor: (label: number, column: number) => number,
): Float32Array {
  const product = new Float32Array((table.length / width) * labels)
  const factors = Float32Array.from({ length: labels * width }, (_, at) =>
    factor(Math.floor(at / width), at % width),
  )
  for (let row = 0; row < table.length / width; row++) {
    for (let label = 0; label < labels; label++) {
      let sum = 0
      for (let column = 0; column < width; column++) {
        sum += (table[row * width + column] as number) * (factors[label * width + column] as number)
      }
      product[row * labels + label] = sum
    }
  }
  return product
}
