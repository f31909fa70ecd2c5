import { expect, test } from 'vitest'
import { treeAt } from '../../dev/fixtures/processes.ts'
import { fewTrafficAt } from '../../dev/fixtures/traffic.ts'
import { alertCountWords, alertWords, sortedAlerts } from './alert-words.ts'
import { circleRadius } from './circle-size.ts'
import { laneWords, talkerWords } from './graph-words.ts'
import { alertsByPair } from './health.ts'
import { linksOf } from './links.ts'
import {
  dataText,
  latencyText,
  millisecondsText,
  queueText,
  rateText,
  shareText,
  sinceText,
  timeSplit,
  totalsOf,
} from './message-readings.ts'
import { waitingFirst } from './pending-calls.ts'
import { whoIs } from './talkers.ts'

const traffic = fewTrafficAt(0)
const who = whoIs(treeAt(0).rows)

test('rates, data, times and shares are short and have their unit', () => {
  expect([0, 0.02, 3.44, 9.97, 412, 12_400].map(rateText)).toEqual([
    '0',
    '<0.1',
    '3.4',
    '10',
    '412',
    '12.4 k',
  ])
  expect([0, 0.2, 312, 4_100, 12_000_000, 3.2e9].map(dataText)).toEqual([
    '0',
    '1 B',
    '312 B',
    '4.1 kB',
    '12 MB',
    '3.2 GB',
  ])
  expect([0, 0.01, 0.42, 9.96, 182.4].map(millisecondsText)).toEqual(['0', '<0.1', '0.4', '10', '182'])
  expect([0, 0.0001, 0.024, 0.0999, 1].map(shareText)).toEqual(['0', '<0.1 %', '2.4 %', '10 %', '100 %'])
  expect([queueText(0, 0), queueText(0.31, 4), queueText(612.4, 870)]).toEqual(['0', '0.3 / 4', '612 / 870'])
  expect([0, 1_000, 59_900, 61_000, 7_300_000].map(sinceText)).toEqual(['now', '1 s', '59 s', '1 min', '2 h'])
})

test('a latency without a call is not known rather than nothing', () => {
  expect([latencyText(0, 0), latencyText(3, 0)]).toEqual(['—', '0'])
  expect(timeSplit({ callCount: 0, queuedMs: 1, wireMs: 1, handlerMs: 1 })).toBeNull()
})

test('where the time goes, as shares of the whole and in words', () => {
  expect(timeSplit({ callCount: 1, queuedMs: 38, wireMs: 4, handlerMs: 158 })).toEqual({
    queued: 0.19,
    wire: 0.02,
    handler: 0.79,
    words: '38 ms queued, 4.0 ms on the wire, 158 ms in the handler',
  })
})

test('totals are those of all pairs', () => {
  expect(totalsOf(traffic.pairs).pendingCalls).toBe(16)
})

test('an alert says its rule, its value and its limit; the gravest stands first', () => {
  expect(sortedAlerts(traffic.alerts.toReversed()).map(alertWords)).toEqual([
    'errors 7.2 %, limit 5.0 %',
    'p95 182 ms, limit 100 ms',
    '870 messages queued, limit 800',
  ])
  const [first] = traffic.alerts
  if (first === undefined) throw new Error('The fixture has alerts')
  expect(alertWords({ ...first, rule: 'p99Latency', value: 612, threshold: 500 })).toBe(
    'p99 612 ms, limit 500 ms',
  )
  expect(alertWords({ ...first, rule: 'dropRate', value: 0.021, threshold: 0.01 })).toBe(
    'dropped 2.1 %, limit 1.0 %',
  )
  expect([alertCountWords(traffic.alerts), alertCountWords(traffic.alerts.slice(1, 2))]).toEqual([
    '3 alerts, 1 critical',
    '1 alert',
  ])
})

test('circles and lines of the graph have names that say it all', () => {
  const alerts = alertsByPair(traffic.alerts)
  const links = linksOf(
    traffic.pairs
      .filter(pair => pair.from === 'tab:tab:2')
      .map(pair => ({ ...pair, messagesPerSecond: 840, p95Ms: 24 })),
    who,
    alerts,
  )
  expect(talkerWords(who('tab:tab:2'), links, traffic.alerts.slice(0, 2))).toBe(
    'kartverk.example, 1 link, 840 messages per second, slowest p95 24 ms, 2 alerts, 1 critical',
  )
  expect(talkerWords(who('tab:tab:4'), [], [])).toBe('videolab.example, crashed, 0 links')
  const lane = links[0]?.lanes[0]
  if (lane === undefined) throw new Error('The fixture has this pair')
  expect(laneWords({ ...lane, isRelayed: true }, id => (id === 'ai' ? 'Reader' : 'Map'))).toBe(
    'Map to Reader, 840 messages per second, p95 24 ms, through Nexus core, failing',
  )
})

test('a circle has three sizes', () => {
  const megabyte = 1024 * 1024
  expect(
    [null, 20, 120, 2_000].map(size => circleRadius(14, size === null ? null : size * megabyte)),
  ).toEqual([12, 12, 14, 17])
})

test('waiting calls: the nearest to its deadline first, filtered by what they are called', () => {
  const names = (words: string) => waitingFirst(traffic.pendingCalls, words, who).map(call => call.ageMs)
  expect(names('')).toEqual([4_910, 8_640, 412])
  expect(names(' KARTVERK ')).toEqual([4_910])
  expect(names('nothing')).toEqual([])
})
