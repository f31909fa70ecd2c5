import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { confirmAfterMs, decideLimit, type LimitState, type LimitStep, unknownState } from './decide-limit.ts'

const limitBytes = 1_000

/** What is done about a process that is looked at again and again. */
function follow(
  looks: readonly { readonly afterMs: number; readonly memoryBytes: number; readonly isFreeing?: boolean }[],
  mayEnd = true,
): LimitStep['kind'][] {
  let at = 0
  let state: LimitState = unknownState
  return looks.map(look => {
    at += look.afterMs
    const decided = decideLimit(
      { memoryBytes: look.memoryBytes, limitBytes, isFreeing: look.isFreeing ?? false, mayEnd, at },
      state,
    )
    state = decided.state
    return decided.step.kind
  })
}

const second = (memoryBytes: number) => ({ afterMs: 1_000, memoryBytes })

describe('what is done about a process by what it holds', () => {
  it('leaves it alone below 90 %, asks from there on, and ends it when it stays over its limit', () => {
    expect(follow([899, 900, 950, 1_000].map(second))).toEqual(['leave', 'ask', 'leave', 'leave'])
    expect(follow([899, 1_001, 1_001, 1_001, 1_001].map(second))).toEqual([
      'leave',
      'ask',
      'leave',
      'leave',
      'end',
    ])
  })

  it('does not punish a peak that is gone when it is looked at again', () => {
    expect(follow([1_500, 700, 1_500, 700].map(second))).toEqual(['ask', 'leave', 'ask', 'leave'])
  })

  it('asks one that stays high every five minutes, not at every look', () => {
    const minutes = Array.from({ length: 11 }, () => ({ afterMs: 60_000, memoryBytes: 950 }))
    expect(follow(minutes).flatMap((kind, minute) => (kind === 'ask' ? [minute] : []))).toEqual([0, 5, 10])
  })

  it('asks what must not be ended every five minutes, and says between that it would be', () => {
    const half = Array.from({ length: 22 }, () => ({ afterMs: 30_000, memoryBytes: 1_500 }))
    const steps = follow(half, false)
    expect(steps.flatMap((kind, index) => (kind === 'ask' ? [index] : []))).toEqual([0, 10, 20])
    expect(new Set(steps)).toEqual(new Set(['ask', 'tell']))
  })

  it('waits for a process that still does what it was asked', () => {
    const busy = { ...second(2_000), isFreeing: true }
    expect(follow([second(2_000), busy, busy, busy, busy, second(2_000)])).toEqual([
      'ask',
      'leave',
      'leave',
      'leave',
      'leave',
      'end',
    ])
    expect(follow([second(2_000), busy, busy, busy, busy, second(500)]).at(-1)).toBe('leave')
  })

  it('begins anew with what comes after one that was ended', () => {
    expect(follow([2_000, 2_000, 2_000, 2_000, 2_000, 2_000, 2_000, 2_000].map(second))).toEqual([
      'ask',
      'leave',
      'leave',
      'end',
      'ask',
      'leave',
      'leave',
      'end',
    ])
  })

  it('ends nothing that was not over at two looks with a request and time between, and lets nothing over live on', () => {
    const looks = fc.array(
      fc.record({
        afterMs: fc.integer({ min: 1, max: 6_000 }),
        memoryBytes: fc.integer({ min: 0, max: 2_000 }),
      }),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(looks, given => {
        const steps = follow(given)
        let at = 0
        let overSince: number | null = null
        let wasAskedSince = false
        for (const [index, { afterMs, memoryBytes }] of given.entries()) {
          at += afterMs
          const step = steps[index]
          if (memoryBytes <= limitBytes) {
            expect(step).not.toBe('end')
            if (memoryBytes < limitBytes * 0.9) expect(step).toBe('leave')
            overSince = null
            wasAskedSince = false
            continue
          }
          if (overSince === null) {
            overSince = at
            expect(step).toBe('ask')
            wasAskedSince = true
          } else {
            const isDue = at - overSince >= confirmAfterMs
            expect(step).toBe(isDue ? 'end' : 'leave')
            expect(wasAskedSince).toBe(true)
            if (isDue) overSince = null
          }
        }
      }),
    )
  })
})
