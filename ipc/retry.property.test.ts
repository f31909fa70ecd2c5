import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { QueueFullError, ValidationError } from './errors.ts'
import { defaultRetryPolicy, delayBeforeRetry } from './retry.ts'

const passing = new QueueFullError('full')
const share = fc.double({ min: 0, max: 1, noNaN: true })

describe('the retry policy', () => {
  it('waits 100 ms and doubles it, three times, without jitter', () => {
    const delays = [0, 1, 2, 3].map(attempt => delayBeforeRetry(passing, attempt, defaultRetryPolicy, 0))
    expect(delays).toEqual([100, 200, 400, null])
  })

  it('never waits longer than five seconds and the jitter on it, nor less than the backoff says', () => {
    fc.assert(
      fc.property(fc.nat({ max: 30 }), share, (attempt, random) => {
        const delay =
          delayBeforeRetry(passing, attempt, { ...defaultRetryPolicy, maxRetries: 100 }, random) ?? 0
        const least = Math.min(5_000, 100 * 2 ** attempt)
        expect(delay).toBeGreaterThanOrEqual(least)
        expect(delay).toBeLessThanOrEqual(least * 1.25)
      }),
    )
  })

  it('does not try again what will fail again', () => {
    expect(delayBeforeRetry(new ValidationError('no'), 0, defaultRetryPolicy, 0)).toBeNull()
  })
})
