import { expect, test } from 'vitest'
import { treeAt } from '../dev/fixtures/processes.ts'
import { gridMove } from './grid-movement.ts'
import { processTree } from './process-tree.ts'
import { visibleRows } from './visible-rows.ts'

const items = processTree(treeAt(0).rows)
const rows = visibleRows(items, { sorting: null, closedIds: new Set(), heldOrder: null })
const closed = visibleRows(items, { sorting: null, closedIds: new Set(['controller']), heldOrder: null })
const move = (key: string, rowId: string, cell: number | null = null, ctrlKey = false) =>
  gridMove({ key, ctrlKey }, { rowId, cell }, rows, 9)
const to = (rowId: string, cell: number | null = null) => ({ kind: 'focus', focus: { rowId, cell } })

test('up and down go along the rows and stop at the ends', () => {
  expect(move('ArrowDown', 'controller')).toEqual(to('chrome:1'))
  expect(move('ArrowUp', 'controller')).toEqual(to('controller'))
  expect(move('ArrowDown', 'network')).toEqual(to('network'))
  expect(move('Home', 'network')).toEqual(to('controller'))
  expect(move('End', 'controller')).toEqual(to('network'))
  expect(move('PageDown', 'controller')).toEqual(to('gpu'))
})

test('right opens a row or goes to its first child; left closes it or goes to its parent', () => {
  expect(
    gridMove({ key: 'ArrowRight', ctrlKey: false }, { rowId: 'controller', cell: null }, closed, 9),
  ).toEqual({
    kind: 'open',
    rowId: 'controller',
  })
  expect(move('ArrowRight', 'controller')).toEqual(to('chrome:1'))
  expect(move('ArrowRight', 'storage')).toBeNull()
  expect(move('ArrowLeft', 'storage')).toEqual(to('controller'))
  expect(move('ArrowLeft', 'controller')).toEqual({ kind: 'close', rowId: 'controller' })
})

test('Ctrl goes along the cells, up and down keep the column, and left of the first is the row', () => {
  expect(move('ArrowRight', 'ai', null, true)).toEqual(to('ai', 0))
  expect(move('ArrowRight', 'ai', 8, true)).toEqual(to('ai', 8))
  expect(move('ArrowLeft', 'ai', 0, true)).toEqual(to('ai', null))
  expect(move('ArrowDown', 'ai', 3)).toEqual(to('storage', 3))
})

test('a row that has gone gives the focus to the first', () => {
  expect(move('ArrowDown', 'no such row')).toEqual(to('controller'))
  expect(gridMove({ key: 'ArrowDown', ctrlKey: false }, { rowId: 'x', cell: null }, [], 9)).toBeNull()
})
