import { describe, expect, it } from 'vitest'
import { encodeModel } from './encoder.ts'
import { readInitializers } from './read-initializers.ts'

describe('reading the constants of a model', () => {
  it('gives back what was written', () => {
    const table = Int8Array.from({ length: 600 }, (_, index) => (index % 255) - 127)
    const bias = Float32Array.of(0.5, -1.25, 3)
    const bytes = encodeModel({
      name: 'test',
      documentation: 'A test.',
      opset: 17,
      nodes: [],
      initializers: [
        { name: 'table', type: 'int8', dimensions: [200, 3], data: table },
        { name: 'bias', type: 'float', dimensions: [3], data: bias },
      ],
      inputs: [],
      outputs: [],
      metadata: {},
    })
    const constants = readInitializers(Buffer.from(bytes))
    expect([...constants.keys()]).toEqual(['table', 'bias'])
    expect(new Int8Array(constants.get('table')?.buffer ?? new ArrayBuffer())).toEqual(table)
    expect(new Float32Array(constants.get('bias')?.buffer ?? new ArrayBuffer())).toEqual(bias)
  })

  it('knows no constants in an empty file', () => {
    expect(readInitializers(new Uint8Array()).size).toBe(0)
  })
})
