import { describe, expect, it } from 'vitest'
import type { CountedPair, PendingCall } from '../../ipc/metrics/traffic.ts'
import { sampleCountedPair as pair } from '../../ipc/testing/sample-traffic.ts'
import { mergeTraffic } from './merge-traffic.ts'
import { rowNames } from './row-names.ts'

const nameOf = rowNames(['storage', 'ai'])

function report(reporter: string, ...pairs: CountedPair[]) {
  return { reporter, traffic: { pairs, pendingCalls: [] as PendingCall[] } }
}

function summary(...reports: readonly ReturnType<typeof report>[]) {
  return mergeTraffic(reports, 'controller', nameOf).pairs.map(({ from, to, p95Ms, isDirect }) => ({
    line: `${from} → ${to}`,
    p95Ms,
    isDirect,
  }))
}

describe('merging what processes counted', () => {
  it("takes each pair once, in the caller's view, whoever reports first", () => {
    const main = report(
      'controller',
      pair('controller', 'ai', { p95Ms: 9 }),
      pair('ai', 'controller', { p95Ms: 1 }),
    )
    const ai = report('ai', pair('ai', 'controller', { p95Ms: 7 }), pair('controller', 'ai', { p95Ms: 2 }))
    const expected = [
      { line: 'controller → service:ai', p95Ms: 9, isDirect: false },
      { line: 'service:ai → controller', p95Ms: 7, isDirect: false },
    ]
    expect(summary(main, ai)).toEqual(expected)
    expect(summary(ai, main)).toEqual(expect.arrayContaining(expected))
  })

  it('takes the view of whoever was called where the caller does not report, as tabs do not', () => {
    const main = report(
      'controller',
      pair('tab:1', 'controller', { p95Ms: 3 }),
      pair('chrome:1', 'controller'),
    )
    const ai = report('ai', pair('ai', 'tab:1', { p95Ms: 4, messagesPerSecond: 50 }))
    expect(summary(main, ai)).toEqual([
      { line: 'service:ai → tab:1', p95Ms: 4, isDirect: true },
      { line: 'tab:1 → controller', p95Ms: 3, isDirect: false },
      { line: 'chrome → controller', p95Ms: 1, isDirect: false },
    ])
  })

  it('believes nobody about others', () => {
    const ai = report('ai', pair('tab:1', 'storage'), pair('controller', 'tab:2'))
    ai.traffic.pendingCalls.push(pending('controller', 5), pending('ai', 6))
    const merged = mergeTraffic([ai], 'controller', nameOf)
    expect(merged.pairs).toEqual([])
    expect(merged.pendingCalls).toMatchObject([{ from: 'service:ai', sentAt: 6 }])
  })

  it('gives the busiest pairs and the oldest calls, and no more than the contract allows', () => {
    const tabs = Array.from({ length: 2_500 }, (_, tab) =>
      pair('controller', `tab:${tab}`, { messagesPerSecond: tab }),
    )
    const main = report('controller', ...tabs)
    main.traffic.pendingCalls.push(pending('controller', 9), pending('controller', 3))
    const merged = mergeTraffic([main], 'controller', nameOf)
    expect(merged.pairs).toHaveLength(2_000)
    expect(merged.pairs[0]).toMatchObject({ to: 'tab:2499' })
    expect(merged.pendingCalls.map(({ sentAt }) => sentAt)).toEqual([3, 9])
  })
})

function pending(from: string, sentAt: number): PendingCall {
  return {
    from,
    to: 'storage',
    method: 'storage.save',
    sentAt,
    ageMs: 1,
    deadlineMs: 5_000,
    priority: 'normal',
    retryCount: 0,
    traceId: '',
  }
}
