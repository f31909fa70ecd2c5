import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Circumstances,
  decideSuspension,
  dueTimes,
  type PageAnswer,
  type StayReason,
  type TabFacts,
} from './suspension-policy.ts'

const minute = 60_000
const left: TabFacts = {
  isInView: false,
  isOfCommandLine: false,
  isPrivate: false,
  isPinned: false,
  isKeptAwake: false,
  hasPage: true,
  isLoading: false,
  isAnalysing: false,
  hasDevTools: false,
  isPlaying: false,
  isCapturing: false,
  isUploading: false,
  isDownloading: false,
  mayNotify: false,
  isFrozen: false,
  unseenMs: 0,
  idleMs: 0,
}
const usual: Circumstances = {
  isOn: true,
  sleepAfterMs: 120 * minute,
  pressure: 'none',
  isOnBattery: false,
}
const free = { hasUnsavedInput: false, isGuarded: false, storesTooMuch: false } satisfies PageAnswer

const unseen = (minutes: number): TabFacts => ({
  ...left,
  unseenMs: minutes * minute,
  idleMs: minutes * minute,
})

describe('a tab that nobody looks at', () => {
  it.each<[string, number, Partial<Circumstances>, string]>([
    ['is left alone at first', 4.9, {}, 'stay'],
    ['stands still after some minutes', 5, {}, 'freeze'],
    ['gives its process back after the time that was chosen', 120, {}, 'discard'],
    ['does both after half the time on the battery', 2.5, { isOnBattery: true }, 'freeze'],
    ['does both after half the time on the battery', 60, { isOnBattery: true }, 'discard'],
    ['stands still soon where memory is short', 0.2, { pressure: 'moderate' }, 'freeze'],
    ['gives its process back early where memory is short', 2, { pressure: 'moderate' }, 'discard'],
    ['gives its process back at once where it is out', 0.2, { pressure: 'critical' }, 'discard'],
    ['is left alone where that was switched off', 10_000, { isOn: false, pressure: 'critical' }, 'stay'],
  ])('%s: %f minutes', (_what, minutes, circumstances, kind) => {
    expect(decideSuspension(unseen(minutes), free, { ...usual, ...circumstances }).kind).toBe(kind)
  })

  it.each<[StayReason, Partial<TabFacts>]>([
    ['inView', { isInView: true }],
    ['commandLine', { isOfCommandLine: true }],
    ['pinned', { isPinned: true }],
    ['keptAwake', { isKeptAwake: true }],
    ['noPage', { hasPage: false }],
    ['loading', { isLoading: true }],
    ['analysing', { isAnalysing: true }],
    ['devTools', { hasDevTools: true }],
    ['playing', { isPlaying: true }],
    ['capturing', { isCapturing: true }],
    ['uploading', { isUploading: true }],
    ['downloading', { isDownloading: true }],
    ['notifying', { mayNotify: true }],
  ])('goes on, however long and however short memory is: %s', (reason, facts) => {
    const old = { ...unseen(100_000), ...facts }
    expect(decideSuspension(old, free, { ...usual, pressure: 'critical' })).toEqual({ kind: 'stay', reason })
  })

  it('goes on while it holds what was not sent', () => {
    const page = { ...free, hasUnsavedInput: true }
    const decision = decideSuspension(unseen(100_000), page, { ...usual, pressure: 'critical' })
    expect(decision).toEqual({ kind: 'stay', reason: 'unsavedInput' })
  })

  it.each<[StayReason, Partial<TabFacts>, PageAnswer]>([
    ['private', { isPrivate: true }, free],
    ['guarded', {}, { ...free, isGuarded: true }],
    ['storesTooMuch', {}, { ...free, storesTooMuch: true }],
    ['silent', {}, 'silent'],
  ])('stands still but keeps its process: %s', (reason, facts, page) => {
    const old = { ...unseen(100_000), ...facts }
    expect(decideSuspension(old, page, usual)).toEqual({ kind: 'freeze' })
    expect(decideSuspension({ ...old, isFrozen: true }, page, usual)).toEqual({ kind: 'stay', reason })
  })
})

const anyFacts: fc.Arbitrary<TabFacts> = fc
  .record({
    isInView: fc.boolean(),
    isOfCommandLine: fc.boolean(),
    isPrivate: fc.boolean(),
    isPinned: fc.boolean(),
    isKeptAwake: fc.boolean(),
    hasPage: fc.boolean(),
    isLoading: fc.boolean(),
    isAnalysing: fc.boolean(),
    hasDevTools: fc.boolean(),
    isPlaying: fc.boolean(),
    isCapturing: fc.boolean(),
    isUploading: fc.boolean(),
    isDownloading: fc.boolean(),
    mayNotify: fc.boolean(),
    isFrozen: fc.boolean(),
  })
  // Half of all tabs are held by nothing: the others would hide what time and memory do.
  .chain(flags =>
    fc.record({
      flags: fc.constantFrom(flags, left, { ...left, isPrivate: true }, { ...left, isFrozen: true }),
      unseenMs: fc.nat(300 * minute),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  )
  .map(({ flags, unseenMs, share }) => ({ ...left, ...flags, unseenMs, idleMs: unseenMs * share }))

const anyPage: fc.Arbitrary<PageAnswer | null> = fc.oneof(
  fc.constantFrom<PageAnswer | null>(null, 'silent', free),
  fc.record({ hasUnsavedInput: fc.boolean(), isGuarded: fc.boolean(), storesTooMuch: fc.boolean() }),
)

const anyCircumstances: fc.Arbitrary<Circumstances> = fc.record({
  isOn: fc.boolean(),
  sleepAfterMs: fc.integer({ min: 1, max: 240 }).map(minutes => minutes * minute),
  pressure: fc.constantFrom('none', 'moderate', 'critical'),
  isOnBattery: fc.boolean(),
})

const strength = { stay: 0, freeze: 1, discard: 2 } as const

describe('for any tab', () => {
  it('more time never spares it', () => {
    fc.assert(
      fc.property(anyFacts, anyPage, anyCircumstances, fc.nat(300 * minute), (facts, page, now, more) => {
        const later = { ...facts, unseenMs: facts.unseenMs + more, idleMs: facts.idleMs + more }
        const one = decideSuspension(facts, page, now)
        const other = decideSuspension(later, page, now)
        expect(strength[other.kind]).toBeGreaterThanOrEqual(strength[one.kind])
      }),
    )
  })

  it('scarcer memory and the battery never spare it', () => {
    fc.assert(
      fc.property(anyFacts, anyPage, anyCircumstances, (facts, page, now) => {
        const { kind } = decideSuspension(facts, page, now)
        const worse: Circumstances[] = [
          { ...now, pressure: now.pressure === 'none' ? 'moderate' : 'critical' },
          { ...now, isOnBattery: true },
        ]
        for (const one of worse)
          expect(strength[decideSuspension(facts, page, one).kind]).toBeGreaterThanOrEqual(strength[kind])
      }),
    )
  })

  it('what its page says can only spare it', () => {
    fc.assert(
      fc.property(anyFacts, anyPage, anyCircumstances, (facts, page, now) => {
        const unasked = decideSuspension(facts, null, now)
        expect(strength[decideSuspension(facts, page, now).kind]).toBeLessThanOrEqual(strength[unasked.kind])
      }),
    )
  })

  it('nothing is due before the times that say so', () => {
    fc.assert(
      fc.property(anyFacts, anyPage, anyCircumstances, (facts, page, now) => {
        const { freezeMs, discardMs, pressureDiscardMs } = dueTimes(now)
        const { kind } = decideSuspension(facts, page, now)
        if (kind === 'discard')
          expect(facts.unseenMs).toBeGreaterThanOrEqual(Math.min(discardMs, pressureDiscardMs))
        if (kind === 'freeze') {
          const isDue = facts.idleMs >= freezeMs || facts.unseenMs >= Math.min(discardMs, pressureDiscardMs)
          expect([facts.isFrozen, isDue]).toEqual([false, true])
        }
      }),
    )
  })
})
