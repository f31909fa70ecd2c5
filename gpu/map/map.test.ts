import { describe, expect, it } from 'vitest'
import { panned, revealing, seeingAll, toView, zoomed, zoomRange } from './map-camera.ts'
import { directionOf, nearestTowards, pointAt } from './nearest.ts'

const view = { width: 800, height: 600 }
const points = [
  { id: 'a', x: -10, y: 0 },
  { id: 'b', x: 10, y: 0 },
  { id: 'c', x: 0, y: 4 },
  { id: 'd', x: 0, y: -4 },
]

describe('the camera of the map', () => {
  const fitted = seeingAll(points, view)

  it('sees all points at first, with room around them', () => {
    for (const point of points) {
      const { x, y } = toView(fitted, point, view)
      expect(x >= 72 && x <= 728 && y >= 72 && y <= 528).toBe(true)
    }
  })

  it('sees one point, none, and many at one place', () => {
    expect(toView(seeingAll([{ x: 5, y: 5 }], view), { x: 5, y: 5 }, view)).toEqual({ x: 400, y: 300 })
    expect(seeingAll([], view)).toEqual({ centre: { x: 0, y: 0 }, zoom: 1 })
  })

  it('comes nearer at the pointer, which stays over the same place, and not without end', () => {
    const at = { x: 100, y: 50 }
    const place = {
      x: (at.x - 400) / fitted.zoom + fitted.centre.x,
      y: (at.y - 300) / fitted.zoom + fitted.centre.y,
    }
    const nearer = zoomed(fitted, 3, at, view, fitted)
    const seen = toView(nearer, place, view)
    expect([Math.round(seen.x), Math.round(seen.y)]).toEqual([100, 50])
    expect(zoomed(fitted, 1e9, at, view, fitted).zoom).toBe(fitted.zoom * zoomRange.most)
    expect(zoomed(fitted, 1e-9, at, view, fitted).zoom).toBe(fitted.zoom * zoomRange.least)
  })

  it('is moved by pixels, and no farther than needed to see a point', () => {
    const moved = panned(fitted, 1_000, 0)
    expect(toView(moved, { x: 0, y: 0 }, view).x).toBeCloseTo(1_400)
    const { x } = toView(revealing(moved, { x: 0, y: 0 }, view), { x: 0, y: 0 }, view)
    expect(x).toBeCloseTo(728)
    expect(revealing(fitted, { x: 0, y: 0 }, view)).toEqual(fitted)
  })
})

describe('finding points', () => {
  it('goes to the nearest within a quarter turn of the arrow', () => {
    const [a, b, c] = points
    if (a === undefined || b === undefined || c === undefined) throw new Error('no points')
    const towards = (from: typeof a, key: string) =>
      nearestTowards(points, from, directionOf(key) ?? { x: 0, y: 0 })
    expect([towards(a, 'ArrowRight'), towards(b, 'ArrowLeft'), towards(c, 'ArrowUp')]).toEqual([
      'c',
      'c',
      'd',
    ])
    expect(towards(a, 'ArrowLeft')).toBeNull()
    expect(directionOf('x')).toBeNull()
  })

  it('takes the point under the pointer, or the nearest within reach', () => {
    expect(pointAt(points, { x: 9, y: 1 }, 4)).toBe('b')
    expect(pointAt(points, { x: 5, y: 40 }, 4)).toBeNull()
  })
})
