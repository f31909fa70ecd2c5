import { expect, test } from 'vitest'
import { treeAt } from '../dev/fixtures/processes.ts'
import { gaugeLevel } from './gauge.tsx'
import { countText, cpuText, durationText, memoryText, memoryWords, uptimeText } from './readings.ts'
import { historyLength, withSample } from './sample-history.ts'
import { nextSorting } from './sorting.ts'
import { rowSpark, sparkPath } from './sparkline.tsx'

const megabyte = 1024 * 1024
const minute = 60_000

test('memory', () => {
  expect([null, 0, 400_000, 148.4 * megabyte, 1720 * megabyte].map(memoryText)).toEqual([
    '—',
    '0 MB',
    '1 MB',
    '148 MB',
    '1.68 GB',
  ])
  expect([
    memoryWords(148 * megabyte, 512 * megabyte),
    memoryWords(148 * megabyte, null),
    memoryWords(null, 1),
  ]).toEqual(['148 of 512 megabytes', '148 megabytes', 'not known'])
})

test('CPU, counts, times', () => {
  expect([null, 0, 0.04, 12.34, 203.6].map(cpuText)).toEqual(['—', '0', '0.0', '12.3', '204'])
  expect([0, 9_999, 12_400, 1_250_000].map(countText)).toEqual(['0', '9999', '12.4 k', '1.3 M'])
  expect([null, 999, 59_000, 41 * minute, 372 * minute, 3060 * minute].map(uptimeText)).toEqual([
    '—',
    '0 s',
    '59 s',
    '41 min',
    '6 h 12 m',
    '2 d 3 h',
  ])
  expect([0, 0.6, 3.84, 12.4, 1160].map(durationText)).toEqual([
    '0 ms',
    '0.6 ms',
    '3.8 ms',
    '12 ms',
    '1.16 s',
  ])
})

test('a gauge is amber over 80 % and red at the limit', () => {
  expect([0.8, 0.81, 1, 1.2].map(gaugeLevel)).toEqual(['normal', 'high', 'over', 'over'])
})

test('a minute of readings is kept, and none of a process that has gone', () => {
  let history = withSample(new Map([['gone', [1]]]), treeAt(0))
  for (let tick = 1; tick < 70; tick += 1) history = withSample(history, treeAt(tick))
  expect([history.get('ai')?.length, history.has('gone'), history.get('tab:4')?.at(-1)]).toEqual([
    historyLength,
    false,
    null,
  ])
})

test('the newest reading stands at the right edge, however short the history is; the path closes below', () => {
  expect(sparkPath([0, 10], rowSpark)).toBe('M82.6,19V15L84,1H87V19')
})

test('a level stretch is one line, and the same for as long as nothing happens', () => {
  const quiet = Array.from({ length: 60 }, () => 0)
  expect(sparkPath(quiet, rowSpark)).toBe('M-3,19V15H0H87V19')
  expect(sparkPath([...quiet.slice(2), 10, 10], rowSpark)).toBe('M-3,19V15H0H81.2L82.6,1H87V19')
})

test('small loads stay near the ground, one reading is no line, and a steep one begins where the level ended', () => {
  expect(sparkPath([1, 1], rowSpark)).toBe('M82.6,19V13.6H87V19')
  expect(sparkPath([5], rowSpark)).toBe('')
  expect(sparkPath([0, 0, 0, 10], rowSpark)).toBe('M79.7,19V15H82.6L84,1H87V19')
})

test('a press on a head sorts, turns, and gives the order back', () => {
  const first = nextSorting('memory', null)
  const second = nextSorting('memory', first)
  expect([first, second, nextSorting('memory', second)]).toEqual([
    { column: 'memory', isDescending: true },
    { column: 'memory', isDescending: false },
    null,
  ])
  expect(nextSorting('name', second)).toEqual({ column: 'name', isDescending: false })
})
