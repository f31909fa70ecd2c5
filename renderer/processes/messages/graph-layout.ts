import type { Seats } from './seats.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** Where a process stands, in pixels of the graph. */
export interface Place extends Point {
  readonly radius: number
}

export interface GraphSize {
  readonly width: number
  readonly height: number
}

export interface GraphLayout {
  readonly places: ReadonlyMap<string, Place>
  readonly centre: Point
  /** Whether there is room for everybody's name. */
  readonly isRoomy: boolean
}

/** Along the ring, a process whose name is shown needs this. */
const nameGapPx = 64

/** Rings around the middle, from the largest; `gapPx` is what a process needs along its ring. */
const ringPlans: readonly {
  readonly scales: readonly number[]
  readonly gapPx: number
  readonly radius: number
}[] = [
  { scales: [1], gapPx: nameGapPx, radius: 14 },
  { scales: [1, 0.6], gapPx: 50, radius: 11 },
  { scales: [1, 0.72, 0.44], gapPx: 36, radius: 9 },
  { scales: [1, 0.8, 0.6, 0.4], gapPx: 24, radius: 6 },
]

/** What is not a tab has its icon in its circle, however many tabs there are. */
const leastServiceRadius = 12

/** Room for a name beside the outermost circles, and for the legend below. */
const marginPx = { side: 46, top: 30, bottom: 56 }

/**
 * Main in the middle, what serves to its left, sites to its right, each on its seat of one or more rings. Depends on the
 * seats and the size alone: what is said between the processes moves nothing.
 */
export function layoutOf(size: GraphSize, middleId: string | null, left: Seats, right: Seats): GraphLayout {
  const a = Math.max(40, size.width / 2 - marginPx.side)
  const b = Math.max(30, (size.height - marginPx.top - marginPx.bottom) / 2)
  const count = left.capacity + right.capacity
  const plan = planFor(count, a, b)
  const isPair = count === 1
  // two alone stand side by side rather than one of them in the middle
  const shift = !isPair ? 0 : left.capacity === 1 ? a * 0.5 : -a * 0.5
  const centre = { x: size.width / 2 + shift, y: marginPx.top + b }
  const places = new Map<string, Place>()
  if (middleId !== null)
    places.set(middleId, { ...centre, radius: Math.max(plan.radius, leastServiceRadius) * 1.25 })
  const leftSpan = 2 * Math.PI * leftShare(left.capacity, right.capacity, perimeterOf(a, b))
  const rightSpan = 2 * Math.PI - leftSpan
  const put = (seats: Seats, start: number, span: number, radius: number) => {
    const perSide = Math.abs(span / (2 * Math.PI)) * perimeterOf(a, b)
    const scales = plan.scales.slice(0, ringsFor(seats.capacity, plan, perSide))
    const spots = spotsOn(seats.capacity, scales, start, span)
    for (const [id, seat] of seats.seatOf) {
      const spot = spots[seat]
      if (spot === undefined) continue
      places.set(id, {
        x: round(centre.x + a * spot.scale * Math.cos(spot.angle)),
        y: round(centre.y + b * spot.scale * Math.sin(spot.angle)),
        radius,
      })
    }
  }
  // both sides are filled from the top; angles grow clockwise, since y grows downwards
  put(right, -rightSpan / 2, rightSpan, plan.radius)
  put(left, Math.PI + leftSpan / 2, -leftSpan, Math.max(plan.radius, leastServiceRadius))
  return { places, centre, isRoomy: plan.scales.length === 1 }
}

type RingPlan = (typeof ringPlans)[number]

function perimeterOf(a: number, b: number): number {
  return Math.PI * (3 * (a + b) - Math.sqrt((3 * a + b) * (a + 3 * b)))
}

function planFor(count: number, a: number, b: number): RingPlan {
  const perimeter = perimeterOf(a, b)
  const plan =
    ringPlans.find(candidate => roomOn(candidate.scales, candidate, perimeter) >= count) ?? ringPlans.at(-1)
  if (plan === undefined) throw new Error('There is no plan for the rings')
  return plan
}

function roomOn(scales: readonly number[], plan: RingPlan, lengthPx: number): number {
  return scales.reduce((sum, scale) => sum + Math.floor((lengthPx * scale) / plan.gapPx), 0)
}

/** The fewest rings that hold so many on an arc: whoever can stand outside does. */
function ringsFor(count: number, plan: RingPlan, lengthPx: number): number {
  const enough = plan.scales.findIndex(
    (_, index) => roomOn(plan.scales.slice(0, index + 1), plan, lengthPx) >= count,
  )
  return enough === -1 ? plan.scales.length : enough + 1
}

/** How much of the circle the left side gets: its part of all, and room for its names however many tabs there are. */
function leftShare(left: number, right: number, perimeterPx: number): number {
  if (left === 0 || right === 0) return left === 0 ? 0 : 1
  const needed = (left * nameGapPx) / perimeterPx
  return Math.min(0.7, Math.max(left / (left + right), Math.min(0.5, needed)))
}

interface Spot {
  readonly angle: number
  readonly scale: number
}

/** Spots from the start of the arc to its end, spread over the rings by their length. */
function spotsOn(count: number, scales: readonly number[], start: number, span: number): readonly Spot[] {
  const total = scales.reduce((sum, scale) => sum + scale, 0)
  let left = count
  const spots = scales.flatMap((scale, ring) => {
    const isLast = ring === scales.length - 1
    const own = isLast ? left : Math.min(left, Math.round((count * scale) / total))
    left -= own
    return Array.from({ length: own }, (_, index) => ({ share: (index + 0.5) / own, scale }))
  })
  return spots
    .sort((one, other) => one.share - other.share || other.scale - one.scale)
    .map(({ share, scale }) => ({ angle: start + share * span, scale }))
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

export type ArrowKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'

/** The nearest process in the direction of an arrow key; null where there is none. */
export function nearest(places: ReadonlyMap<string, Place>, fromId: string, key: ArrowKey): string | null {
  const from = places.get(fromId)
  if (from === undefined) return null
  let best: { id: string; distance: number } | null = null
  for (const [id, place] of places) {
    if (id === fromId) continue
    const { ahead, aside } = towards(key, place.x - from.x, place.y - from.y)
    if (ahead <= 1) continue
    // what lies ahead is nearer than what lies aside
    const distance = ahead + 2 * Math.abs(aside)
    if (best === null || distance < best.distance) best = { id, distance }
  }
  return best?.id ?? null
}

function towards(key: ArrowKey, x: number, y: number): { ahead: number; aside: number } {
  switch (key) {
    case 'ArrowLeft':
      return { ahead: -x, aside: y }
    case 'ArrowRight':
      return { ahead: x, aside: y }
    case 'ArrowUp':
      return { ahead: -y, aside: x }
    case 'ArrowDown':
      return { ahead: y, aside: x }
  }
}
