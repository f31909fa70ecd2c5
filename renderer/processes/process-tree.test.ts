import { expect, test } from 'vitest'
import type { ProcessRow } from '../../contracts/processes.ts'
import { treeAt } from '../dev/fixtures/processes.ts'
import {
  filterTree,
  needsAttention,
  processTree,
  type Sorting,
  type TreeItem,
  visibleRows,
} from './process-tree.ts'

const { rows } = treeAt(0, new Set())

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

const outline = (items: readonly TreeItem[], sorting: Sorting = null, closed: readonly string[] = []) =>
  visibleRows(items, sorting, new Set(closed)).map(
    one => `${'-'.repeat(one.level - 1)}${one.item.name} ${one.position}/${one.setSize}`,
  )

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

test('a heading sums up what is known below it', () => {
  const [sites] = processTree([
    row('one', { kind: 'tab', cpuPercent: 1.5, memoryBytes: 100, site: 'a' }),
    row('two', { kind: 'tab', cpuPercent: null, memoryBytes: 50, site: 'a' }),
  ])
  expect(sites).toMatchObject({
    name: 'Sites',
    detail: '1 site',
    cpuPercent: 1.5,
    memoryBytes: 150,
    process: null,
  })
})

test('a closed row hides its children and says so', () => {
  const items = processTree(rows)
  expect(outline(items, null, ['controller', 'group:sites', 'group:engine'])).toEqual([
    'Nexus core 1/3',
    'Sites 2/3',
    'Engine 3/3',
  ])
  expect(visibleRows(items, null, new Set(['controller']))[0]?.isExpanded).toBe(false)
})

test('sorts among siblings; what is not known goes last both ways', () => {
  const items = processTree([row('a', { memoryBytes: 10 }), row('b'), row('c', { memoryBytes: 30 })])
  const names = (sorting: Sorting) => visibleRows(items, sorting, new Set()).map(one => one.item.name)
  expect(names({ column: 'memory', isDescending: true })).toEqual(['c', 'a', 'b'])
  expect(names({ column: 'memory', isDescending: false })).toEqual(['a', 'c', 'b'])
  expect(names({ column: 'name', isDescending: true })).toEqual(['c', 'b', 'a'])
})

test('a filter keeps the way to what it found', () => {
  const items = processTree(rows)
  expect(outline(filterTree(items, 'all', 'STOR'))).toEqual(['Nexus core 1/1', '-Storage 1/1'])
  expect(outline(filterTree(items, 'all', '4160'))).toEqual(['Sites 1/1', '-kartverk.example 1/1'])
  expect(outline(filterTree(items, 'services', ''))).toEqual([
    'Nexus core 1/1',
    '-Window 1/3',
    '-Reader 2/3',
    '-Storage 3/3',
  ])
  expect(filterTree(items, 'all', 'no such thing')).toEqual([])
})

test('attention is for what stopped and for what nears its limit', () => {
  expect(rows.filter(needsAttention).map(one => one.name)).toEqual([
    'Reader',
    'kartverk.example',
    'videolab.example',
  ])
})
