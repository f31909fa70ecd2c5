import { expect, it } from 'vitest'
import { areaUnderCurve, recallAtFalseShare, type Scored } from './ranking.ts'

const of = (positives: readonly number[], negatives: readonly number[]): Scored[] => [
  ...positives.map(score => ({ score, isPositive: true })),
  ...negatives.map(score => ({ score, isPositive: false })),
]

it('counts the pairs that stand in the right order, ties half', () => {
  expect(areaUnderCurve(of([2, 3], [0, 1]))).toBe(1)
  expect(areaUnderCurve(of([0], [1, 2]))).toBe(0)
  expect(areaUnderCurve(of([1, 1], [1]))).toBe(0.5)
  expect(areaUnderCurve(of([3, 1], [2]))).toBe(0.5)
})

it('lets only the share of the others above the limit', () => {
  const negatives = Array.from({ length: 100 }, (_, index) => index / 100)
  expect(recallAtFalseShare(of([0.985, 0.995, 0.5, 0.1], negatives), 0.01)).toBe(0.5)
  expect(recallAtFalseShare(of([0.99, 0.98], negatives), 0)).toBe(0)
})
