import { describe, expect, it, test } from 'vitest'
import { loggedRequest } from '../dev/fixtures/requests.ts'
import { nextRequestSorting, sorted } from './request-columns.ts'
import { filtered, noFilter } from './request-filter.ts'
import { filteringWords, nameOf, sizeText, statusText, toneOf } from './request-words.ts'
import { rowHeight, rowWindow, scrolledTo } from './visible-rows.ts'
import { barOf, scaleOf } from './waterfall.ts'

const block = { kind: 'block', rule: '||ads.example^', list: 'EasyList' } as const
const rows = [
  loggedRequest(1, { url: 'https://page.example/', kind: 'mainFrame', bytes: 500 }),
  loggedRequest(2, { url: 'https://cdn.example/app.js', kind: 'script', bytes: null }),
  loggedRequest(3, {
    url: 'https://ads.example/a.js',
    kind: 'script',
    state: 'blocked',
    bytes: null,
    filtering: block,
  }),
  loggedRequest(4, { url: 'https://page.example/picture.png', kind: 'image', bytes: 90_000, tabId: 'tab:2' }),
]
const idsOf = (list: readonly { id: number }[]) => list.map(({ id }) => id)

describe('filtering', () => {
  it('leaves all where nothing is asked, without copying', () => {
    expect(filtered(rows, noFilter)).toBe(rows)
  })
  it('goes by kind, by tab, by what was blocked, and by words in address, status and rule', () => {
    expect(idsOf(filtered(rows, { ...noFilter, group: 'scripts' }))).toEqual([2, 3])
    expect(idsOf(filtered(rows, { ...noFilter, tabId: 'tab:2' }))).toEqual([4])
    expect(idsOf(filtered(rows, { ...noFilter, isBlockedOnly: true }))).toEqual([3])
    expect(idsOf(filtered(rows, { ...noFilter, words: 'CDN.example' }))).toEqual([2])
    expect(idsOf(filtered(rows, { ...noFilter, words: 'easylist js' }))).toEqual([3])
    expect(idsOf(filtered(rows, { ...noFilter, words: 'blocked' }))).toEqual([3])
    expect(
      idsOf(filtered(rows, { words: 'example', group: 'images', isBlockedOnly: true, tabId: null })),
    ).toEqual([])
  })
})

test('sorting goes by a column, and back to the order in which they were made', () => {
  const title = (id: string | null) => id ?? ''
  const first = nextRequestSorting('size', null)
  expect(idsOf(sorted(rows, first, title))).toEqual([4, 1, 2, 3])
  const second = nextRequestSorting('size', first)
  expect(idsOf(sorted(rows, second, title))).toEqual([2, 3, 1, 4])
  expect(nextRequestSorting('size', second)).toBeNull()
  expect(idsOf(sorted(rows, { column: 'name', isDescending: false }, title))).toEqual([1, 3, 2, 4])
})

test('a request is named by the last part of its path, and by its host', () => {
  expect(nameOf('https://a.example/x/y.js?z=1')).toEqual({ name: 'y.js?z=1', host: 'a.example' })
  expect(nameOf('https://a.example:8080/')).toEqual({ name: '/', host: 'a.example:8080' })
  expect(nameOf('nonsense')).toEqual({ name: 'nonsense', host: '' })
})

test('sizes and outcomes are said in words', () => {
  expect([null, 0, 999, 14_200, 1_300_000, 2e9].map(sizeText)).toEqual([
    '—',
    '0 B',
    '999 B',
    '14.2 kB',
    '1.30 MB',
    '2.00 GB',
  ])
  const outcomes = [
    loggedRequest(1),
    loggedRequest(1, { state: 'pending', status: null }),
    loggedRequest(1, { state: 'blocked', filtering: block }),
    loggedRequest(1, { state: 'blocked', filtering: { ...block, kind: 'redirect' } }),
    loggedRequest(1, { state: 'failed', status: null, error: 'net::ERR_NAME_NOT_RESOLVED' }),
    loggedRequest(1, { state: 'failed', status: null, error: 'net::ERR_CERT_DATE_INVALID' }),
    loggedRequest(1, { state: 'failed', status: null, error: 'net::ERR_NEVER_HEARD_OF' }),
    loggedRequest(1, { status: 404 }),
  ]
  expect(outcomes.map(row => [statusText(row), toneOf(row)])).toEqual([
    ['200', 'plain'],
    ['Waiting', 'quiet'],
    ['Blocked', 'blocked'],
    ['Emptied', 'blocked'],
    ['No such name', 'problem'],
    ['Certificate', 'problem'],
    ['Failed', 'problem'],
    ['404', 'problem'],
  ])
  expect(filteringWords(block)).toBe('Blocked by a rule of EasyList')
  expect(filteringWords(null)).toBeNull()
})

test('only the rows that are seen are drawn, with some to spare', () => {
  expect(rowWindow(0, 280, 2_000)).toEqual({ from: 0, to: 19 })
  expect(rowWindow(1_000 * rowHeight, 280, 2_000)).toEqual({ from: 992, to: 1_019 })
  expect(rowWindow(1_000 * rowHeight, 280, 20)).toEqual({ from: 12, to: 20 })
  expect(rowWindow(0, 280, 3)).toEqual({ from: 0, to: 3 })
  expect(scrolledTo(5, 0, 280)).toBe(0)
  expect(scrolledTo(10, 0, 280)).toBe(rowHeight)
  expect(scrolledTo(1, 140, 280)).toBe(rowHeight)
})

test('bars share one scale, and their parts add up to the time of the request', () => {
  const at = 1_000_000
  const drawn = [
    loggedRequest(1, { startedAt: at, decidedMs: 10, firstByteMs: 60, totalMs: 100 }),
    loggedRequest(2, { startedAt: at + 100, decidedMs: null, firstByteMs: null, totalMs: null }),
    loggedRequest(3, {
      startedAt: at + 100,
      decidedMs: 20,
      firstByteMs: null,
      totalMs: 100,
      state: 'failed',
    }),
  ]
  const scale = scaleOf(drawn)
  expect(scale).toEqual({ from: at, to: at + 200 })
  expect(drawn.map(row => barOf(row, scale))).toEqual([
    { left: 0, decided: 5, waited: 25, received: 20 },
    { left: 50, decided: 0, waited: 0, received: 0 },
    { left: 50, decided: 10, waited: 40, received: 0 },
  ])
  expect(scaleOf([])).toEqual({ from: 0, to: 100 })
})
