import { expect, it } from 'vitest'
import { quantileOf, spreadOf } from './statistics.ts'

it('finds the middle and the quartiles, between two values where no value stands there', () => {
  expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ lower: 2, median: 3, upper: 4 })
  expect(spreadOf([1, 2])).toEqual({ lower: 1.25, median: 1.5, upper: 1.75 })
  expect(quantileOf([10], 0.99)).toBe(10)
  expect(quantileOf([], 0.5)).toBeNaN()
})
