import fc from 'fast-check'
import { expect, test } from 'vitest'
import { laneCurve, laneWidthPx, placeLabels } from './graph-curves.ts'
import { layoutOf, nearest } from './graph-layout.ts'
import type { Link } from './links.ts'
import { noSeats, type Seats, seated } from './seats.ts'

const names = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`)
const seats = (count: number, prefix: string): Seats => seated(noSeats, names(count, prefix))
const low = { width: 342, height: 266 }
const tall = { width: 560, height: 500 }

test('whoever has a seat keeps it, a newcomer takes the first free one', () => {
  const first = seated(noSeats, ['a', 'b', 'c', 'd'])
  expect([...first.seatOf]).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 2],
    ['d', 3],
  ])
  const without = seated(first, ['a', 'c', 'd'])
  expect([...without.seatOf]).toEqual([
    ['a', 0],
    ['c', 2],
    ['d', 3],
  ])
  const joined = seated(without, ['x', 'a', 'c', 'd'])
  expect([joined.capacity, joined.seatOf.get('x'), joined.seatOf.get('d')]).toEqual([4, 1, 3])
})

test('who comes and goes every second moves nobody', () => {
  const base = names(5, 'tab')
  let known = seated(noSeats, [...base, 'cli:0'])
  const seat = known.seatOf.get('tab4')
  for (let index = 1; index < 20; index += 1) {
    known = seated(known, base)
    known = seated(known, [...base, `cli:${index}`])
    expect([known.capacity, known.seatOf.get('tab4')]).toEqual([6, seat])
  }
})

test('seating holds everybody once, and is settled at once', () => {
  const group = fc.uniqueArray(fc.constantFrom(...names(40, 'p')), { maxLength: 40 })
  fc.assert(
    fc.property(fc.array(group, { minLength: 1, maxLength: 6 }), groups => {
      let known = noSeats
      for (const ids of groups) {
        const next = seated(known, ids)
        expect(seated(next, ids)).toBe(next)
        expect([...next.seatOf.keys()].sort()).toEqual([...ids].sort())
        expect(new Set(next.seatOf.values()).size).toBe(ids.length)
        expect(Math.max(-1, ...next.seatOf.values())).toBeLessThan(Math.max(1, next.capacity))
        known = next
      }
    }),
  )
})

test.each([
  [low, 1, 0],
  [low, 4, 4],
  [low, 4, 56],
  [tall, 4, 56],
  [tall, 8, 72],
])('in %o, %i services and %i tabs stand apart and inside', (size, services, tabs) => {
  const { places } = layoutOf(size, 'controller', seats(services, 's'), seats(tabs, 't'))
  const all = [...places.values()]
  expect(all).toHaveLength(1 + services + tabs)
  for (const place of all) {
    expect(place.x).toBeGreaterThanOrEqual(place.radius)
    expect(place.x).toBeLessThanOrEqual(size.width - place.radius)
    expect(place.y).toBeGreaterThanOrEqual(place.radius)
    expect(place.y).toBeLessThanOrEqual(size.height - place.radius)
  }
  const gaps = all.flatMap((one, index) =>
    all.slice(index + 1).map(other => Math.hypot(one.x - other.x, one.y - other.y)),
  )
  expect(Math.min(...gaps)).toBeGreaterThan(8)
})

test('the same seats give the same places; services stand left of the middle, tabs right of it', () => {
  const layout = layoutOf(tall, 'controller', seats(3, 's'), seats(5, 't'))
  expect(layoutOf(tall, 'controller', seats(3, 's'), seats(5, 't'))).toEqual(layout)
  const middle = layout.places.get('controller')?.x ?? 0
  expect(names(3, 's').every(id => (layout.places.get(id)?.x ?? 0) < middle)).toBe(true)
  expect(layout.isRoomy).toBe(true)
})

test('two alone stand side by side', () => {
  const { places } = layoutOf(low, 'controller', seats(1, 's'), noSeats)
  expect([places.get('s0')?.y, (places.get('s0')?.x ?? 0) < (places.get('controller')?.x ?? 0)]).toEqual([
    places.get('controller')?.y,
    true,
  ])
})

test('an arrow key goes to the nearest in its direction, and nowhere beyond the edge', () => {
  const at = (x: number, y: number) => ({ x, y, radius: 10 })
  const places = new Map([
    ['middle', at(100, 100)],
    ['right', at(200, 110)],
    ['far right', at(300, 100)],
    ['below', at(110, 200)],
  ])
  const from = (id: string) =>
    (['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const).map(key => nearest(places, id, key))
  expect(from('middle')).toEqual([null, 'right', null, 'below'])
  expect(from('far right')).toEqual(['right', null, null, 'right'])
  expect(from('nobody')).toEqual([null, null, null, null])
})

test('a line is thicker by the order of magnitude, and never thicker than five', () => {
  expect([0, 1, 10, 100, 1e3, 1e6].map(rate => laneWidthPx(rate, true))).toEqual([1, 1.5, 2.5, 3.5, 5, 5])
  expect(laneWidthPx(1e6, false)).toBe(2.5)
})

const lane = (from: string, to: string) => ({
  from,
  to,
  messagesPerSecond: 10,
  p95Ms: 3,
  health: 'steady' as const,
  isRelayed: false,
  pairKeys: [`${from} ${to}`],
})
const link = (one: string, other: string, health: Link['health'] = 'steady'): Link => ({
  id: `${one} ${other}`,
  ends: [one, other],
  lanes: [lane(one, other), lane(other, one)],
  health,
  p95Ms: 3,
})

test('both directions of a link are drawn apart', () => {
  const layout = layoutOf(tall, 'controller', seats(3, 's'), seats(3, 't'))
  const there = laneCurve(lane('s0', 'controller'), layout, true)
  const back = laneCurve(lane('controller', 's0'), layout, true)
  expect(there?.path).not.toBe(back?.path)
  expect(laneCurve(lane('s0', 'nobody'), layout, false)).toBeNull()
})

test('no line runs through the process in the middle, nor hits an end with anything but its arrow', () => {
  const layout = layoutOf(tall, 'controller', seats(4, 's'), seats(4, 't'))
  for (const [from, to] of [
    ['s0', 't3'],
    ['s1', 't2'],
    ['s3', 't0'],
  ] as const) {
    const path = laneCurve(lane(from, to), layout, false)?.path ?? ''
    const [x0 = 0, y0 = 0, cx = 0, cy = 0, x1 = 0, y1 = 0] = [...path.matchAll(/-?[\d.]+/g)].map(Number)
    for (let share = 0; share <= 1; share += 0.05) {
      const rest = 1 - share
      const x = rest * rest * x0 + 2 * rest * share * cx + share * share * x1
      const y = rest * rest * y0 + 2 * rest * share * cy + share * share * y1
      expect(Math.hypot(x - layout.centre.x, y - layout.centre.y)).toBeGreaterThan(20)
    }
  }
})

test('labels cover neither each other nor a process; without room only trouble is labelled', () => {
  const roomy = layoutOf(tall, 'controller', seats(3, 's'), seats(3, 't'))
  const links = ['s0', 's1', 's2', 't0', 't1', 't2'].map(id => link('controller', id))
  const labels = placeLabels(links, roomy)
  expect(labels.length).toBeGreaterThan(3)
  for (const [index, one] of labels.entries()) {
    for (const other of labels.slice(index + 1)) {
      expect(Math.abs(one.x - other.x) > 58 || Math.abs(one.y - other.y) > 18).toBe(true)
    }
  }
  const tight = layoutOf({ width: 120, height: 120 }, 'controller', seats(1, 's'), seats(1, 't'))
  expect(placeLabels([link('controller', 's0')], tight)).toEqual([])
  expect(placeLabels([link('controller', 's0', 'failing')], tight)).toHaveLength(1)
})
