import { expect, test } from 'vitest'
import type { ProcessRow } from '../../contracts/processes.ts'
import { treeAt } from '../dev/fixtures/processes.ts'
import {
  filterTree,
  flatItems,
  needsAttention,
  type ProcessChoice,
  processTree,
  type TreeItem,
} from './process-tree.ts'
import { summedHistory } from './row-readings.ts'
import type { Sorting } from './sorting.ts'
import { orderOf, visibleRows } from './visible-rows.ts'

const { rows } = treeAt(0)

function row(id: string, change: Partial<ProcessRow> = {}): ProcessRow {
  const [sample] = rows
  if (sample === undefined) throw new Error('The fixture has no rows')
  return {
    ...sample,
    id,
    parentId: null,
    name: id,
    kind: 'storage',
    memoryBytes: null,
    cpuPercent: null,
    ...change,
  }
}

const shown = (items: readonly TreeItem[], sorting: Sorting = null, closed: readonly string[] = []) =>
  visibleRows(items, { sorting, closedIds: new Set(closed), heldOrder: null })
const outline = (...given: Parameters<typeof shown>) =>
  shown(...given).map(one => `${'-'.repeat(one.level - 1)}${one.item.name} ${one.position}/${one.setSize}`)
const choice = (change: Partial<ProcessChoice>): ProcessChoice => ({
  filter: 'all',
  words: '',
  ids: null,
  ...change,
})

test('services stand under the core, tabs under Sites, helpers under Engine', () => {
  expect(outline(processTree(rows))).toEqual([
    'Nexus core 1/3',
    '-Window 1/3',
    '-Reader 2/3',
    '-Storage 3/3',
    'Sites 2/3',
    '-harbourlog.example 1/4',
    '-kartverk.example 2/4',
    '-localhost 3/4',
    '-videolab.example 4/4',
    'Engine 3/3',
    '-Graphics 1/2',
    '-Network 2/2',
  ])
})

test('a frame of another site stands below its page', () => {
  const items = processTree([row('page', { kind: 'tab' }), row('frame', { kind: 'tab', parentId: 'page' })])
  expect(outline(items)).toEqual(['Sites 1/1', '-page 1/1', '--frame 1/1'])
})

test('a row whose parent is missing, or that names itself, is still there', () => {
  expect(outline(processTree([row('lost', { parentId: 'gone' }), row('own', { parentId: 'own' })]))).toEqual([
    'lost 1/2',
    'own 2/2',
  ])
})

test('flat, every process stands beside the others, and nothing sums up', () => {
  expect(shown(flatItems(rows)).map(one => [one.item.id, one.level, one.isExpanded, one.isSum])).toEqual(
    rows.map(({ id }) => [id, 1, null, false]),
  )
})

test('a heading sums up what is known below it', () => {
  const [sites] = processTree([
    row('one', { kind: 'tab', cpuPercent: 1.5, memoryBytes: 100, site: 'a', restarts: 1 }),
    row('two', { kind: 'tab', cpuPercent: null, memoryBytes: 50, site: 'a', restarts: 2 }),
  ])
  expect(sites).toMatchObject({ name: 'Sites', detail: '1 site', process: null })
  expect(sites?.total).toMatchObject({
    cpuPercent: 1.5,
    memoryBytes: 150,
    networkBytesPerSecond: null,
    restarts: 3,
  })
})

test('an open parent shows its own readings, a closed one those of all below it and the slowest peer', () => {
  const items = processTree(
    [
      row('page', { kind: 'tab', cpuPercent: 2, memoryBytes: 100 }),
      row('frame', { kind: 'tab', parentId: 'page', cpuPercent: 3, memoryBytes: 40 }),
      row('deep', { kind: 'tab', parentId: 'frame', cpuPercent: null, memoryBytes: 2 }),
    ],
    new Map([
      ['page', { peer: 'core', p95Ms: 1 }],
      ['deep', { peer: 'ai', p95Ms: 9 }],
    ]),
  )
  const page = (closed: readonly string[]) => shown(items, null, closed)[1]
  expect(page([])).toMatchObject({ isSum: false, readings: { cpuPercent: 2, memoryBytes: 100 } })
  expect(page(['page'])).toMatchObject({
    isSum: true,
    readings: { cpuPercent: 5, memoryBytes: 142, busiestPeer: { peer: 'ai', p95Ms: 9 } },
  })
})

test('the last minute of several processes is summed from its end', () => {
  expect(summedHistory([[1, 2, 3], [10, null], [null]])).toEqual([1, 12, 3])
  expect(summedHistory([])).toEqual([])
})

test('a closed row hides its children and says so', () => {
  const items = processTree(rows)
  expect(outline(items, null, ['controller', 'group:sites', 'group:engine'])).toEqual([
    'Nexus core 1/3',
    'Sites 2/3',
    'Engine 3/3',
  ])
  expect(shown(items, null, ['controller'])[0]?.isExpanded).toBe(false)
})

test('sorts among siblings by what the rows show; what is not known goes last both ways', () => {
  const items = processTree([row('a', { memoryBytes: 10 }), row('b'), row('c', { memoryBytes: 30 })])
  const names = (sorting: Sorting) => shown(items, sorting).map(one => one.item.name)
  expect(names({ column: 'memory', isDescending: true })).toEqual(['c', 'a', 'b'])
  expect(names({ column: 'memory', isDescending: false })).toEqual(['a', 'c', 'b'])
  expect(names({ column: 'name', isDescending: true })).toEqual(['c', 'b', 'a'])
})

test('priorities are sorted by how much they give, not by their words', () => {
  const items = flatItems([
    row('a', { priority: 'low' }),
    row('b', { priority: 'critical' }),
    row('c', { priority: null }),
    row('d', { priority: 'background' }),
  ])
  const sorted = shown(items, { column: 'priority', isDescending: true })
  expect(sorted.map(one => one.item.name)).toEqual(['b', 'a', 'd', 'c'])
})

test('a held order stays whatever the readings become; what is new follows, what has gone leaves no gap', () => {
  const at = (loads: Readonly<Record<string, number>>) =>
    flatItems(Object.entries(loads).map(([id, cpuPercent]) => row(id, { cpuPercent })))
  const sorting: Sorting = { column: 'cpu', isDescending: true }
  const before = shown(at({ a: 1, b: 9, c: 5 }), sorting)
  expect(before.map(one => one.item.id)).toEqual(['b', 'c', 'a'])
  const later = at({ a: 99, c: 2, x: 3, y: 50 })
  const held = visibleRows(later, { sorting, closedIds: new Set(), heldOrder: orderOf(before) })
  expect(held.map(one => one.item.id)).toEqual(['c', 'a', 'y', 'x'])
  expect(shown(later, sorting).map(one => one.item.id)).toEqual(['a', 'y', 'x', 'c'])
})

test('a filter keeps the way to what it found', () => {
  const items = processTree(rows)
  expect(outline(filterTree(items, choice({ words: 'STOR' })))).toEqual(['Nexus core 1/1', '-Storage 1/1'])
  expect(outline(filterTree(items, choice({ words: '4160' })))).toEqual([
    'Sites 1/1',
    '-kartverk.example 1/1',
  ])
  expect(outline(filterTree(items, choice({ filter: 'services' })))).toEqual([
    'Nexus core 1/1',
    '-Window 1/3',
    '-Reader 2/3',
    '-Storage 3/3',
  ])
  expect(outline(filterTree(items, choice({ ids: new Set(['gpu', 'gone']) })))).toEqual([
    'Engine 1/1',
    '-Graphics 1/1',
  ])
  expect(filterTree(items, choice({ words: 'no such thing' }))).toEqual([])
})

test('attention is for what stopped and for what nears its limit', () => {
  expect(rows.filter(needsAttention).map(one => one.name)).toEqual([
    'Reader',
    'kartverk.example',
    'videolab.example',
  ])
})
