import { expect, test } from 'vitest'
import { columns, columnsIn, columnTracks } from './columns.ts'

const ids = (...given: Parameters<typeof columnsIn>) => columnsIn(...given).map(({ id }) => id)

test('hidden columns are left out, but never the name and the end', () => {
  const all = columns.map(({ id }) => id)
  expect(ids(null, [])).toEqual(all)
  expect(ids(null, ['process', 'end', 'pid', 'no such column'])).toEqual(all.filter(id => id !== 'pid'))
})

test('where room is short the least worth goes first, and what remains always fits', () => {
  expect(ids(620, [])).toEqual(['process', 'state', 'cpu', 'memory', 'end'])
  expect(ids(10, [])).toEqual(['process', 'end'])
  for (let width = 400; width < 1_800; width += 37) {
    const shown = columnsIn(width, [])
    const isFitting = shown.reduce((sum, { widthPx }) => sum + widthPx, 24) <= width
    expect([width, isFitting]).toEqual([width, true])
  }
})

test('a hidden column gives its room to others', () => {
  expect(ids(800, [])).not.toContain('uptime')
  expect(ids(800, ['messages', 'p95', 'minute'])).toContain('uptime')
})

test('what is over goes to the name', () => {
  expect(columnTracks(columnsIn(620, []))).toBe('minmax(120px, 1fr) 100px 58px 150px 36px')
})
