import { expect, test } from 'vitest'
import { dropPosition, focusAfterKey } from './tab-movement.ts'

test('arrows go around, Home and End to the ends, other keys nowhere', () => {
  expect(
    (['ArrowRight', 'ArrowLeft', 'Home', 'End', 'a'] as const).map(key => [
      focusAfterKey(key, 0, 3),
      focusAfterKey(key, 2, 3),
    ]),
  ).toEqual([
    [1, 0],
    [2, 1],
    [0, 0],
    [2, 2],
    [null, null],
  ])
  expect(focusAfterKey('ArrowRight', 0, 0)).toBeNull()
})

test('a dropped tab lands in the gap it was let go over', () => {
  expect(dropPosition(0, 2, 'after')).toBe(2)
  expect(dropPosition(0, 2, 'before')).toBe(1)
  expect(dropPosition(3, 1, 'before')).toBe(1)
  expect(dropPosition(3, 1, 'after')).toBe(2)
})

test('a tab dropped beside itself stays', () => {
  expect([dropPosition(1, 1, 'before'), dropPosition(1, 0, 'after'), dropPosition(-1, 0, 'before')]).toEqual([
    null,
    null,
    null,
  ])
})
