import { describe, expect, it } from 'vitest'
import type { MessageTraffic, PairTraffic, PendingCall } from '../contracts/messages.ts'
import { sampleCountedPair } from '../ipc/testing/sample-traffic.ts'
import { formatMessages } from './format-messages.ts'
import { displayWidth } from './terminal-text.ts'

function pair(from: string, to: string, more: Partial<PairTraffic> = {}): PairTraffic {
  return { ...sampleCountedPair(from, to, more), isDirect: false, ...more }
}

function waiting(more: Partial<PendingCall> = {}): PendingCall {
  return {
    from: 'controller',
    to: 'service:ai',
    method: 'ai.analyzePage',
    sentAt: 0,
    ageMs: 2_340,
    deadlineMs: 10_000,
    priority: 'normal',
    retryCount: 0,
    traceId: '',
    ...more,
  }
}

function traffic(more: Partial<MessageTraffic> = {}): MessageTraffic {
  return { sampledAt: 100_000, windowMs: 60_000, pairs: [], alerts: [], pendingCalls: [], ...more }
}

const busy = traffic({
  pairs: [
    pair('controller', 'service:storage', {
      messagesPerSecond: 1_234.5,
      bytesPerSecond: 52_428,
      p50Ms: 0.042,
      p95Ms: 9.5,
      p99Ms: 182.4,
      maxQueueSize: 620,
      errorRate: 0.0625,
      dropCount: 3,
      isPaused: true,
    }),
    pair('service:ai', 'tab:5e0c1b1e-7a7e-4a39-9d3e-2f6f2f7a90a1', {
      messagesPerSecond: 0.4,
      p99Ms: 12_345,
      isDirect: true,
    }),
    pair('cli:1', 'controller', { messagesPerSecond: 0, callCount: 0 }),
  ],
  alerts: [
    {
      id: 'a',
      rule: 'errorRate',
      level: 'critical',
      from: 'controller',
      to: 'service:storage',
      method: 'storage.save',
      value: 0.0625,
      threshold: 0.05,
      since: 20_000,
    },
    {
      id: 'b',
      rule: 'queueBacklog',
      level: 'warning',
      from: 'controller',
      to: 'service:storage',
      method: null,
      value: 620,
      threshold: 500,
      since: 99_000,
    },
  ],
  pendingCalls: [waiting({ priority: 'high', retryCount: 2 }), waiting({ ageMs: 20 })],
})

describe('who talks to whom', () => {
  it('stands aligned, with what is wrong and what waits below', () => {
    expect(formatMessages(busy, 120)).toBe(
      `FROM → TO                                              MSG/S      P50      P95     P99  QUEUE  ERRORS  DROPS  NOTE
controller → service:storage                            1235  0.04 ms  9.50 ms  182 ms    620   6.3 %      3  paused
service:ai → tab:5e0c1b1e-7a7e-4a39-9d3e-2f6f2f7a90a1   0.40  1.00 ms  1.00 ms  12.3 s      0   0.0 %      0  direct
cli:1 → controller                                         0        -        -       -      0       -      0
1235 messages/s, 53.2 KB/s, 2 calls wait (last 60 s; QUEUE is the longest)

Alerts:
  critical for 1m 20s: errors 6.3 %, limit 5.0 %; controller → service:storage, storage.save
  warning for 1s: queue 620 messages, limit 500; controller → service:storage

Waiting calls:
  2.34 s of 10.0 s: controller → service:ai, ai.analyzePage, high priority, retry 2
`,
    )
  })

  it('is readable in a hundred columns', () => {
    for (const line of formatMessages(busy, 100).split('\n'))
      expect(displayWidth(line)).toBeLessThanOrEqual(100)
  })

  it('names every rule', () => {
    const [alert] = busy.alerts
    if (alert === undefined) throw new Error('The sample has alerts')
    const words = (['p95Latency', 'p99Latency', 'dropRate'] as const).map(rule => {
      const text = formatMessages(traffic({ alerts: [{ ...alert, rule, value: 0.5, threshold: 0.25 }] }), 100)
      return text.split('\n').at(-2)?.split(': ')[1]?.split(';')[0]
    })
    expect(words).toEqual([
      'p95 0.50 ms, limit 0.25 ms',
      'p99 0.50 ms, limit 0.25 ms',
      'drops 50.0 %, limit 25.0 %',
    ])
  })

  it('says how many alerts there are beyond those that fit, and lets no name steer the terminal', () => {
    const [alert] = busy.alerts
    const alerts = Array.from({ length: 25 }, () => ({ ...alert, method: 'a\u001b[2J' }))
    const text = formatMessages(traffic({ alerts: alerts as MessageTraffic['alerts'] }), 100)
    expect(text).toContain('  and 5 more\n')
    expect(text).not.toMatch(/[^\P{Cc}\n]/u)
  })
})
