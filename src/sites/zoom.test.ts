import { expect, it } from 'vitest'
import { zoomed } from './zoom.ts'

it.each([
  [1, 'in', 1.1],
  [1, 'out', 0.9],
  [1.2, 'in', 1.25],
  [1.2, 'out', 1.1],
  [0.998, 'in', 1.1],
  [5, 'in', 5],
  [0.25, 'out', 0.25],
  [3, 'reset', 1],
] as const)('from %d, %s, to %d', (from, to, factor) => {
  expect(zoomed(from, to)).toBe(factor)
})
