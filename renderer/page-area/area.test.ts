import { expect, test } from 'vitest'
import { isSameArea, visibleArea } from './area.ts'

const plate = { left: 7, top: 84.6, right: 1433, bottom: 873.4 }

test('is the plate in whole pixels', () => {
  expect(visibleArea(plate, [])).toEqual({ x: 7, y: 85, width: 1426, height: 788 })
})

test('starts a little below the lowest popup that reaches into it', () => {
  const covers = [
    { left: 100, top: 76, right: 1200, bottom: 268 },
    { left: 1180, top: 80, right: 1440, bottom: 275.2 },
  ]
  expect(visibleArea(plate, covers)).toEqual({ x: 7, y: 281, width: 1426, height: 592 })
})

test('does not mind a popup beside it', () => {
  const beside = { left: 1440, top: 80, right: 1500, bottom: 300 }
  const above = { left: 7, top: 40, right: 900, bottom: 80 }
  expect(visibleArea(plate, [beside, above])).toEqual(visibleArea(plate, []))
})

test('hides the page when hardly anything of it would be left', () => {
  expect(visibleArea(plate, [{ left: 0, top: 0, right: 1440, bottom: 820 }])).toBeNull()
  expect(visibleArea({ left: 7, top: 85, right: 7, bottom: 800 }, [])).toBeNull()
})

test('tells areas apart, also from nothing and from not yet known', () => {
  const area = { x: 1, y: 2, width: 3, height: 400 }
  expect([
    isSameArea(area, { ...area }),
    isSameArea(area, { ...area, height: 401 }),
    isSameArea(null, null),
    isSameArea(null, area),
    isSameArea(undefined, null),
  ]).toEqual([true, false, true, false, false])
})
