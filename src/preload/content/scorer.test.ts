import { expect, it } from 'vitest'
import { scoreRows } from './scorer.ts'

it('scales its inputs, rectifies what is hidden, and answers with probabilities', () => {
  const weights = {
    inputs: 2,
    shift: [-1, 0],
    scale: [2, 0.5],
    layers: [
      { weights: [1, 0, 0, 1], biases: [0, -1] },
      { weights: [1, 2], biases: [0.5] },
    ],
  }
  // Hidden: (3 - 1) × 2 = 4 and max(0, 4 × 0.5 - 1) = 1; then max(0, -2) = 0 and max(0, -1) = 0.
  const [first = 0, second = 0] = scoreRows(Float32Array.of(3, 4, 0, 0), 2, weights)
  expect(first).toBeCloseTo(1 / (1 + Math.exp(-6.5)), 6)
  expect(second).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 6)
})

it('refuses rows that its weights were not made for', () => {
  const weights = { inputs: 2, shift: [], scale: [], layers: [] }
  expect(() => scoreRows(new Float32Array(3), 3, weights)).toThrow(RangeError)
})
