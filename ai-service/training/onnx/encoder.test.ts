import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { encodeModel, type ModelParts } from './encoder.ts'

/** Rows of an 8-bit table, weighed and summed. */
const lookUp: ModelParts = {
  name: 'look-up',
  documentation: 'For a test.',
  opset: 17,
  nodes: [
    { operator: 'Gather', inputs: ['table', 'rows'], outputs: ['bytes'], attributes: { axis: 0 } },
    { operator: 'Cast', inputs: ['bytes'], outputs: ['floats'], attributes: { to: 1 } },
    { operator: 'MatMul', inputs: ['weights', 'floats'], outputs: ['sum'] },
  ],
  initializers: [
    { name: 'table', type: 'int8', dimensions: [3, 2], data: Int8Array.of(1, -2, 30, 40, -128, 127) },
  ],
  inputs: [
    { name: 'rows', type: 'int32', dimensions: ['count'] },
    { name: 'weights', type: 'float', dimensions: [1, 'count'] },
  ],
  outputs: [{ name: 'sum', type: 'float', dimensions: [1, 2] }],
  metadata: { labels: 'a b' },
}

describe('the ONNX encoder', () => {
  it('writes a model that ONNX Runtime runs as it was meant', async () => {
    const session = await InferenceSession.create(encodeModel(lookUp))
    const { sum } = await session.run({
      rows: new Tensor('int32', Int32Array.of(2, 0), [2]),
      weights: new Tensor('float32', Float32Array.of(1, 10), [1, 2]),
    })
    expect({ inputs: session.inputNames, outputs: session.outputNames, sum: [...(sum?.data ?? [])] }).toEqual(
      {
        inputs: ['rows', 'weights'],
        outputs: ['sum'],
        sum: [-118, 107],
      },
    )
    await session.release()
  })

  it('refuses a tensor whose shape and data differ', () => {
    const parts: ModelParts = {
      ...lookUp,
      initializers: [{ name: 'table', type: 'int8', dimensions: [2, 2], data: Int8Array.of(1, 2, 3) }],
    }
    expect(() => encodeModel(parts)).toThrow('Tensor table has 3 elements, its shape says 4')
  })
})
