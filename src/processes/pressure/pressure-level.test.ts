import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWorse, type MemoryReading, pressureLevel } from './pressure-level.ts'
import { parseStalls, readMemory } from './read-memory.ts'

const gibibyte = 2 ** 30
const calm = { somePercent: 0, fullPercent: 0 }

describe('how scarce memory is', () => {
  it.each<[string, MemoryReading, string]>([
    ['half is free', { totalBytes: 8 * gibibyte, availableBytes: 4 * gibibyte, stalls: calm }, 'none'],
    ['an eighth is free', { totalBytes: 8 * gibibyte, availableBytes: gibibyte, stalls: calm }, 'moderate'],
    [
      'a little is free',
      { totalBytes: 8 * gibibyte, availableBytes: 0.3 * gibibyte, stalls: null },
      'critical',
    ],
    ['a large machine', { totalBytes: 256 * gibibyte, availableBytes: 12 * gibibyte, stalls: calm }, 'none'],
    [
      'somebody waits',
      { totalBytes: 8 * gibibyte, availableBytes: 4 * gibibyte, stalls: { somePercent: 25, fullPercent: 2 } },
      'moderate',
    ],
    [
      'everybody waits',
      {
        totalBytes: 8 * gibibyte,
        availableBytes: 4 * gibibyte,
        stalls: { somePercent: 40, fullPercent: 12 },
      },
      'critical',
    ],
    ['nothing is known', { totalBytes: 0, availableBytes: 0, stalls: null }, 'none'],
  ])('%s', (_name, reading, level) => {
    expect(pressureLevel(reading)).toBe(level)
  })

  it('never sinks when less is available or more is waited for', () => {
    const percent = fc.double({ min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(
        fc.nat(64),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        percent,
        percent,
        (gigabytes, share, less, some, full) => {
          const totalBytes = (gigabytes + 1) * gibibyte
          const stalls = { somePercent: some, fullPercent: full }
          const before = pressureLevel({ totalBytes, availableBytes: share * totalBytes, stalls: calm })
          expect(
            isWorse(
              before,
              pressureLevel({ totalBytes, availableBytes: share * less * totalBytes, stalls: calm }),
            ),
          ).toBe(false)
          expect(
            isWorse(before, pressureLevel({ totalBytes, availableBytes: share * totalBytes, stalls })),
          ).toBe(false)
        },
      ),
    )
  })
})

it('reads what Linux says of stalls', () => {
  expect(
    parseStalls(
      'some avg10=1.53 avg60=0.00 avg300=0.00 total=97\nfull avg10=0.40 avg60=0.00 avg300=0.00 total=65\n',
    ),
  ).toEqual({ somePercent: 1.53, fullPercent: 0.4 })
  expect(parseStalls('')).toBeNull()
  expect(parseStalls('some avg10=1.53')).toBeNull()
})

it('reads this machine', async () => {
  const { totalBytes, availableBytes } = await readMemory()
  expect(availableBytes).toBeGreaterThan(0)
  expect(availableBytes).toBeLessThanOrEqual(totalBytes)
})
