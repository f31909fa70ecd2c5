import fc from 'fast-check'
import { expect, it } from 'vitest'
import { endpointId } from '../identity.ts'
import { Meters } from './meters.ts'
import type { CallOutcome } from './method-meter.ts'
import { SlidingMinute } from './sliding-minute.ts'

const partMs = 15_000
const peers = ['ai', 'storage', 'tab:1'].map(endpointId)
const methods = ['a.one', 'a.two']

const step = fc.record({
  passMs: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 3_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 10_000, max: 200_000 }) },
  ),
  peer: fc.constantFrom(...peers),
  method: fc.constantFrom(...methods),
  outcome: fc.constantFrom<CallOutcome>('answered', 'failed', 'timedOut', 'cancelled'),
  latencyMs: fc.double({ min: 0.002, max: 100_000, noNaN: true }),
  isRetried: fc.boolean(),
  bytes: fc.integer({ min: 0, max: 1_000 }),
})

/** The share that did not exceed it, by sorting. */
function percentileOf(sorted: readonly number[], share: number): number {
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? 0
}

it('say the same as a list of everything that happened', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 80 }),
      fc.integer({ min: 0, max: 70_000 }),
      fc.integer({ min: 0, max: 1_000_000 }),
      (steps, waitMs, startedAt) => {
        const minute = new SlidingMinute(startedAt)
        const meters = new Meters(minute)
        const happened: { readonly at: number; readonly step: (typeof steps)[number] }[] = []
        let now = startedAt
        for (const one of steps) {
          now += one.passMs
          minute.advance(now)
          const meter = meters.meter(one.peer, one.method)
          meter.settled(one.outcome, one.latencyMs)
          meter.bytes(one.bytes)
          if (one.isRetried) meter.retried()
          meters.peer(one.peer).moved(2, one.bytes)
          happened.push({ at: now, step: one })
        }
        now += waitMs
        const oldestPart = Math.max(0, Math.floor((now - startedAt) / partMs) - 3)
        const since = startedAt + oldestPart * partMs
        const spanMs = Math.max(1_000, now - since)
        const kept = happened.filter(({ at }) => at >= since).map(one => one.step)
        const expected = peers.flatMap(peer => {
          const ofPeer = kept.filter(one => one.peer === peer)
          if (ofPeer.length === 0) return []
          const perMethod = methods.map(name => ({
            name,
            ofMethod: ofPeer.filter(one => one.method === name),
          }))
          return [
            {
              peer,
              ...numbersOf(ofPeer),
              messagesPerSecond: expect.closeTo((ofPeer.length * 2_000) / spanMs, 2),
              bytesPerSecond: expect.closeTo((bytesOf(ofPeer) * 1_000) / spanMs, 2),
              methods: perMethod
                .filter(({ ofMethod }) => ofMethod.length > 0)
                .map(({ name, ofMethod }) => ({
                  method: name,
                  ...numbersOf(ofMethod),
                  messagesPerSecond: expect.closeTo((ofMethod.length * 1_000) / spanMs, 2),
                  bytesPerSecond: expect.closeTo((bytesOf(ofMethod) * 1_000) / spanMs, 2),
                })),
            },
          ]
        })
        const read = meters.snapshot(now).toSorted((a, b) => peers.indexOf(a.peer) - peers.indexOf(b.peer))
        for (const pair of read) pair.methods.sort((a, b) => a.method.localeCompare(b.method))
        expect(read).toMatchObject(expected)
        expect(read).toHaveLength(expected.length)
      },
    ),
  )
})

type Step = { readonly outcome: CallOutcome; readonly latencyMs: number; readonly isRetried: boolean }

function bytesOf(steps: readonly { readonly bytes: number }[]): number {
  return steps.reduce((sum, { bytes }) => sum + bytes, 0)
}

function numbersOf(steps: readonly Step[]) {
  const sorted = steps.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b)
  const timedOut = steps.filter(({ outcome }) => outcome === 'timedOut').length
  const failed = steps.filter(({ outcome }) => outcome === 'failed').length
  const retries = steps.filter(({ isRetried }) => isRetried).length
  return {
    callCount: steps.length,
    p50Ms: within(percentileOf(sorted, 0.5)),
    p95Ms: within(percentileOf(sorted, 0.95)),
    p99Ms: within(percentileOf(sorted, 0.99)),
    maxMs: expect.closeTo(sorted.at(-1) ?? 0, 2),
    errorRate: expect.closeTo((failed + timedOut) / steps.length, 2),
    timeoutRate: expect.closeTo(timedOut / steps.length, 2),
    retryRate: expect.closeTo(retries / (steps.length + retries), 2),
  }
}

/** Right within 6.25 %, never too low but for the rounding to microseconds. */
function within(truth: number) {
  return {
    asymmetricMatch: (value: unknown) =>
      typeof value === 'number' && value >= truth - 0.000_51 && value <= truth * 1.0625 + 0.000_51,
    toString: () => `at most 6.25 % above ${truth}`,
    $$typeof: Symbol.for('jest.asymmetricMatcher'),
  }
}
