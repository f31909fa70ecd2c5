import { beforeEach, describe, expect, it } from 'vitest'
import { sampleCountedPair, sampleMethod } from '../testing/sample-traffic.ts'
import { AlertBook } from './alert-book.ts'
import type { CountedPair, MethodTraffic } from './traffic.ts'

const methodOf = (numbers: Partial<MethodTraffic> = {}) => sampleMethod('storage.save', numbers)
const pairOf = ({ to = 'storage', ...numbers }: Partial<CountedPair> = {}) =>
  sampleCountedPair('controller', to, numbers)

describe('the alert book', () => {
  let changes: string[]
  let book: AlertBook

  beforeEach(() => {
    changes = []
    book = new AlertBook(({ kind, alert }) => changes.push(`${kind} ${alert.id}`))
  })

  it.each<[string, Partial<MethodTraffic>, Partial<MethodTraffic>, string, number]>([
    ['p95Latency', { p95Ms: 100 }, { p95Ms: 100.001 }, 'warning', 100],
    ['p99Latency', { p99Ms: 500 }, { p99Ms: 500.001 }, 'critical', 500],
    ['errorRate', { errorRate: 0.05 }, { errorRate: 0.051 }, 'critical', 0.05],
    ['dropRate', { dropCount: 10 }, { dropCount: 11 }, 'warning', 0.01],
  ])('raises %s above its threshold, not at it', (rule, at, above, level, threshold) => {
    expect(book.evaluate([pairOf({ methods: [methodOf(at)] })], 5)).toEqual([])
    expect(book.evaluate([pairOf({ methods: [methodOf(above)] })], 6)).toEqual([
      {
        id: `${rule} controller storage storage.save`,
        rule,
        level,
        from: 'controller',
        to: 'storage',
        method: 'storage.save',
        value: rule === 'dropRate' ? 0.011 : Object.values(above)[0],
        threshold,
        since: 6,
      },
    ])
  })

  it('raises a backlog of more than 500 messages of a pair', () => {
    expect(book.evaluate([pairOf({ maxQueueSize: 500 })], 5)).toEqual([])
    expect(book.evaluate([pairOf({ maxQueueSize: 501, callCount: 0 })], 6)).toMatchObject([
      { rule: 'queueBacklog', level: 'warning', method: null, value: 501, threshold: 500, since: 6 },
    ])
  })

  it('raises once, keeps the value up to date, and clears well below the threshold', () => {
    const values = [101, 300, 99, 81, 80, 101].map((p95Ms, now) => {
      const [alert] = book.evaluate([pairOf({ methods: [methodOf({ p95Ms })] })], now)
      return alert === undefined ? null : [alert.value, alert.since]
    })
    expect(values).toEqual([[101, 0], [300, 0], [99, 0], [81, 0], null, [101, 5]])
    const id = 'p95Latency controller storage storage.save'
    expect(changes).toEqual([`raised ${id}`, `cleared ${id}`, `raised ${id}`])
  })

  it('takes no alarm at a slow call or two', () => {
    const few = { p95Ms: 900, p99Ms: 900, errorRate: 1, callCount: 19 }
    expect(book.evaluate([pairOf({ ...few, methods: [methodOf(few)] })], 0)).toEqual([])
    const some = { p99Ms: 900, callCount: 99 }
    expect(book.evaluate([pairOf({ methods: [methodOf(some)] })], 0)).toEqual([])
  })

  it('counts notifications when it comes to what was dropped, and only there', () => {
    const told = methodOf({ callCount: 0, notificationCount: 1_000, dropCount: 11, p95Ms: 900, errorRate: 1 })
    expect(book.evaluate([pairOf({ methods: [told] })], 0)).toMatchObject([
      { rule: 'dropRate', value: 0.011 },
    ])
  })

  it('keeps what it raised while few calls follow, until they are well', () => {
    const slow = methodOf({ p95Ms: 200 })
    book.evaluate([pairOf({ methods: [slow] })], 0)
    expect(book.evaluate([pairOf({ methods: [{ ...slow, callCount: 1 }] })], 1)).toHaveLength(1)
    expect(book.evaluate([pairOf()], 2)).toEqual([])
  })

  it('clears what is told of a pair that is gone', () => {
    book.evaluate([pairOf({ maxQueueSize: 900 })], 0)
    expect(book.evaluate([], 1)).toEqual([])
    expect(changes).toEqual([
      'raised queueBacklog controller storage',
      'cleared queueBacklog controller storage',
    ])
  })

  it('blames the pair only where no method is to blame', () => {
    const failing = { errorRate: 0.5, callCount: 10 }
    const pair = pairOf({
      errorRate: 0.5,
      methods: [methodOf(failing), methodOf({ ...failing, method: 'b' })],
    })
    expect(book.evaluate([pair], 0)).toMatchObject([{ rule: 'errorRate', method: null }])
    const found = pairOf({ errorRate: 0.5, methods: [methodOf({ errorRate: 0.5 })] })
    expect(book.evaluate([found], 1)).toMatchObject([{ rule: 'errorRate', method: 'storage.save' }])
  })

  it('stays bounded', () => {
    const pairs = Array.from({ length: 1_500 }, (_, tab) => pairOf({ to: `tab:${tab}`, maxQueueSize: 900 }))
    expect(book.evaluate(pairs, 0)).toHaveLength(1_000)
    expect(book.evaluate(pairs, 1)).toHaveLength(1_000)
    expect(changes).toHaveLength(1_000)
  })
})
