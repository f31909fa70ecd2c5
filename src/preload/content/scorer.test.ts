import { expect, it } from 'vitest'
import { Scorer } from './scorer.ts'

it('rectifies what is hidden, and answers with probabilities', () => {
  const scorer = new Scorer({
    inputs: 2,
    layers: [
      { weights: [2, 0, 0, 0.5], biases: [-2, -1] },
      { weights: [1, 2], biases: [0.5] },
    ],
  })
  // Hidden: 3 × 2 - 2 = 4 and 4 × 0.5 - 1 = 1; then max(0, -2) = 0 and max(0, -1) = 0.
  const [first = 0, second = 0] = scorer.score(Float32Array.of(3, 4, 0, 0), 2)
  expect(first).toBeCloseTo(1 / (1 + Math.exp(-6.5)), 6)
  expect(second).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 6)
})

it('refuses rows that its weights were not made for', () => {
  expect(() => new Scorer({ inputs: 2, layers: [] }).score(new Float32Array(3), 3)).toThrow(RangeError)
})
