import { expect, test } from 'vitest'
import { percentiles, Recent } from './measurements.ts'
import { Movement } from './movement.ts'

test('opens from the page to the surface in the time of the design, and says how the frames came', () => {
  const movement = new Movement('opening', 0, false)
  const seen = [1_000, 1_020, 1_120, 1_220].map(now => movement.frame(now))
  expect([seen[0], seen.at(-1)]).toEqual([0, 1])
  expect(seen).toEqual(seen.toSorted((one, other) => one - other))
  expect([movement.isOver(1_219), movement.isOver(1_220)]).toEqual([false, true])
  expect(movement.measure()).toEqual({
    frames: 4,
    durationMs: 220,
    framesPerSecond: expect.closeTo(13.6, 1),
    p50Ms: 100,
    p95Ms: 100,
  })
})

test('closes from where an interrupted opening was, in that part of the time', () => {
  const movement = new Movement('closing', 0.5, false)
  expect(movement.frame(0)).toBe(0.5)
  expect(movement.isOver(73.5)).toBe(true)
  expect(movement.frame(74)).toBe(0)
})

test('does not move where motion is not wanted', () => {
  const movement = new Movement('opening', 0, true)
  expect(movement.frame(5)).toBe(1)
  expect(movement.isOver(5)).toBe(true)
  expect(movement.measure().framesPerSecond).toBe(0)
})

test('percentiles of few and of no values', () => {
  expect(percentiles([])).toEqual({ p50: 0, p95: 0 })
  expect(percentiles([3, 1, 2])).toEqual({ p50: 2, p95: 3 })
  const recent = new Recent(2)
  for (const value of [9, 1, 2]) recent.add(value)
  expect([recent.count, recent.percentiles.p95]).toEqual([3, 2])
})
