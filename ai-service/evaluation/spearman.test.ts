import { describe, expect, it } from 'vitest'
import { spearman } from './spearman.ts'

describe("Spearman's correlation", () => {
  it('looks at the order only', () => {
    expect(spearman([1, 2, 30], [0.1, 0.2, 0.21])).toBeCloseTo(1, 12)
    expect(spearman([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12)
  })

  it('shares the ranks of equal values', () => {
    // By hand: ranks 0, 1.5, 1.5, 3 against 0, 2, 1, 3.
    expect(spearman([1, 2, 2, 3], [1, 3, 2, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12)
  })

  it('is no number when one side has one value only', () => {
    expect(spearman([1, 1], [1, 2])).toBeNaN()
  })
})
