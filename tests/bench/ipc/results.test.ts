import { expect, it } from 'vitest'
import { atLeast, atMost, resultOf } from './results.ts'

const ratio = { lower: 1, median: 1.234_56, upper: 2 }
const measured = { name: 'a call', unit: 'us', value: 12_345.6, baseline: 10_000, ratio }

it('holds a target against the ratio, or against the value itself', () => {
  const outcomes = [atMost(1.2), atMost(1.3), atLeast(1.2), atLeast(1.3), atMost(12_000, 'value')].map(
    target => resultOf({ ...measured, target }).met,
  )
  expect(outcomes).toEqual([false, true, true, false, false])
})

it('says all it knows, and null for what it does not', () => {
  expect(resultOf(measured)).toEqual({
    name: 'a call',
    unit: 'us',
    value: 12_346,
    baseline: 10_000,
    ratio: 1.23,
    quartiles: [1, 2],
    target: null,
    targetOf: null,
    bound: null,
    met: null,
    noise: null,
  })
})
