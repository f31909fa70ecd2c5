import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LatencyHistogram } from './latency-histogram.ts'

it('gives percentiles within a tenth of the true ones', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.002, max: 100_000, noNaN: true }), { minLength: 1, maxLength: 300 }),
      fc.constantFrom(0.5, 0.95, 0.99),
      (durations, share) => {
        const histogram = new LatencyHistogram()
        for (const duration of durations) histogram.record(duration)
        const sorted = durations.toSorted((a, b) => a - b)
        const truth = sorted[Math.ceil(share * sorted.length) - 1] ?? 0
        expect(histogram.percentile(share)).toBeGreaterThanOrEqual(truth * 0.999)
        expect(histogram.percentile(share)).toBeLessThanOrEqual(truth * 1.1)
        expect(histogram.maxMs).toBe(sorted.at(-1))
      },
    ),
  )
})

it('is all zeros before anything was recorded, and survives absurd durations', () => {
  const histogram = new LatencyHistogram()
  expect([histogram.count, histogram.percentile(0.5), histogram.maxMs]).toEqual([0, 0, 0])
  for (const absurd of [0, 1e-9, 1e12]) histogram.record(absurd)
  expect(histogram.count).toBe(3)
  expect(histogram.percentile(0.99)).toBeLessThanOrEqual(1e12)
})
