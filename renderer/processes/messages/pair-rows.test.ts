import { expect, test } from 'vitest'
import { treeAt } from '../../dev/fixtures/processes.ts'
import { fewTrafficAt } from '../../dev/fixtures/traffic.ts'
import { alertsByPair } from './health.ts'
import { type PairView, pairColumns, pairGridRows, pairSortingAfter } from './pair-rows.ts'
import { drawnRows, rowSpan } from './row-span.ts'
import { whoIs } from './talkers.ts'

const traffic = fewTrafficAt(0)
const who = whoIs(treeAt(0).rows)
const resting: PairView = { filter: 'all', words: '', talkerId: null, sorting: null, openIds: new Set() }
const ids = (change: Partial<PairView>) =>
  pairGridRows(traffic.pairs, who, alertsByPair(traffic.alerts), { ...resting, ...change }).map(
    row => row.item.id,
  )

test('pairs stand by name, so that nothing moves while nobody sorts', () => {
  const later = fewTrafficAt(9)
  const laterIds = pairGridRows(later.pairs, who, new Map(), resting).map(row => row.item.id)
  expect(ids({})).toEqual(laterIds)
  expect(ids({}).slice(0, 3)).toEqual(['cli:3 controller', 'tab:tab:1 controller', 'tab:tab:1 ai'])
})

test('only those of one process, of some words, or in trouble', () => {
  expect(ids({ talkerId: 'storage' })).toEqual(['controller storage', 'ai storage'])
  expect(ids({ words: 'putanalysis' })).toEqual(['ai storage'])
  expect(ids({ words: 'command' })).toEqual(['cli:3 controller'])
  expect(ids({ filter: 'attention' })).toEqual(['tab:tab:2 ai', 'controller ai'])
})

test('a head sorts, from the largest', () => {
  expect(ids({ sorting: { column: 'queue', isDescending: true } })[0]).toBe('tab:tab:2 ai')
  expect(ids({ sorting: { column: 'rate', isDescending: false } })[0]).toBe('controller tab:tab:3')
  expect(ids({ sorting: { column: 'pair', isDescending: true } }).at(-1)).toBe('cli:3 controller')
  for (const column of pairColumns) {
    if (column.sort !== null)
      expect(ids({ sorting: { column: column.sort, isDescending: true } })).toHaveLength(13)
  }
})

test('an open pair has its methods below it, by name', () => {
  const rows = pairGridRows(traffic.pairs, who, new Map(), {
    ...resting,
    talkerId: 'storage',
    openIds: new Set(['controller storage']),
  })
  expect(rows.map(row => [row.item.id, row.parentId, row.isExpanded, row.position, row.setSize])).toEqual([
    ['controller storage', null, true, 1, 2],
    ['controller storage storage.recordVisit', 'controller storage', null, 1, 3],
    ['controller storage storage.saveSession', 'controller storage', null, 2, 3],
    ['controller storage storage.searchHistory', 'controller storage', null, 3, 3],
    ['ai storage', null, false, 2, 2],
  ])
})

test('the S key: slowest, busiest, by name', () => {
  const first = pairSortingAfter(null)
  const second = pairSortingAfter(first)
  expect([first?.column, second?.column, pairSortingAfter(second)]).toEqual(['p95', 'rate', null])
})

test('few rows are all drawn, many only near the view', () => {
  expect(rowSpan(drawnRows, 160, 9_999, 300, 28)).toEqual({ first: 0, end: 160 })
  expect(rowSpan(drawnRows, 2_000, 0, 300, 0)).toEqual({ first: 0, end: 160 })
  expect(rowSpan(drawnRows, 2_000, 0, 280, 28)).toEqual({ first: 0, end: 30 })
  expect(rowSpan(drawnRows, 2_000, 28_000, 280, 28)).toEqual({ first: 980, end: 1_030 })
  expect(rowSpan(drawnRows, 2_000, 56_000, 280, 28)).toEqual({ first: 1_980, end: 2_000 })
})
