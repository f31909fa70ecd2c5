import type { GraphLayout, Place, Point } from './graph-layout.ts'
import { isTroubled } from './health.ts'
import type { Lane, Link } from './links.ts'

export interface LaneCurve {
  readonly path: string
  /** The head of the arrow, as the points of a polygon. */
  readonly arrow: string
  readonly widthPx: number
}

const arrowPx = 6
/** Half the distance between the two directions of a link, at their middle. */
const laneOffsetPx = 5
/** A line that does not end in the middle keeps this far from it. */
const middleClearancePx = 44

/** Thicker by the order of magnitude, in half pixels: a small change of the rate is no movement. */
export function laneWidthPx(messagesPerSecond: number, isRoomy: boolean): number {
  const width = Math.min(5, 1 + Math.round(Math.log10(1 + messagesPerSecond) * 2.6) / 2)
  // among many, lines are thin
  return isRoomy ? width : Math.max(0.75, width / 2)
}

/** One direction as a line that bends a little to its own left, so that both directions are seen. */
export function laneCurve(lane: Lane, layout: GraphLayout, isDouble: boolean): LaneCurve | null {
  const from = layout.places.get(lane.from)
  const to = layout.places.get(lane.to)
  if (from === undefined || to === undefined) return null
  const bend = bendOf(from, to, layout.centre)
  const offset = isDouble ? laneOffsetPx : 0
  const normal = leftOf(from, to)
  // a quadratic curve passes half as far from the line as its control point lies
  const control = {
    x: (from.x + to.x) / 2 + bend.x + normal.x * offset * 2,
    y: (from.y + to.y) / 2 + bend.y + normal.y * offset * 2,
  }
  const widthPx = laneWidthPx(lane.messagesPerSecond, layout.isRoomy)
  const head = (layout.isRoomy ? arrowPx : arrowPx / 2) + widthPx
  const start = edgeOf(from, control, 2)
  const tip = edgeOf(to, control, 2)
  const neck = edgeOf(to, control, 2 + head * 0.8)
  return {
    path: `M${xy(start)}Q${xy(control)} ${xy(neck)}`,
    arrow: arrowHead(neck, tip, (layout.isRoomy ? 2 : 1) + widthPx),
    widthPx,
  }
}

/**
 * How the middle of a line is bent: towards the middle of the graph, where there is room, but never through the process
 * that stands there.
 */
function bendOf(from: Place, to: Place, centre: Point): Point {
  const touchesMiddle = [from, to].some(end => end.x === centre.x && end.y === centre.y)
  if (touchesMiddle) return { x: 0, y: 0 }
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }
  const away = { x: middle.x - centre.x, y: middle.y - centre.y }
  const distance = Math.hypot(away.x, away.y)
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  // through the very middle, both directions are bent to one side, whichever is called first
  const outward = distance > 1 ? scaled(away, 1 / distance) : steady(leftOf(from, to))
  const inward = Math.min(distance - middleClearancePx, distance * 0.25, length * 0.12)
  return scaled(outward, -2 * inward)
}

function steady(normal: Point): Point {
  return normal.y > 0 || (normal.y === 0 && normal.x > 0) ? scaled(normal, -1) : normal
}

function leftOf(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  return { x: (to.y - from.y) / length, y: -(to.x - from.x) / length }
}

function scaled(point: Point, by: number): Point {
  return { x: point.x * by, y: point.y * by }
}

/** The point on the circle of a place, towards another point. */
function edgeOf(place: Place, towards: Point, gapPx: number): Point {
  const length = Math.hypot(towards.x - place.x, towards.y - place.y) || 1
  const share = (place.radius + gapPx) / length
  return { x: place.x + (towards.x - place.x) * share, y: place.y + (towards.y - place.y) * share }
}

function arrowHead(neck: Point, tip: Point, halfWidthPx: number): string {
  const side = scaled(leftOf(neck, tip), halfWidthPx)
  return [tip, { x: neck.x + side.x, y: neck.y + side.y }, { x: neck.x - side.x, y: neck.y - side.y }]
    .map(xy)
    .join(' ')
}

function xy(point: Point): string {
  return `${point.x.toFixed(1)},${point.y.toFixed(1)}`
}

export interface LinkLabel extends Point {
  readonly linkId: string
}

/** Labels have one size, so that a number that grows by a digit moves none. */
export const labelSizePx = { width: 58, height: 18 }

/** A name of usual length below its circle. */
const nameSizePx = { width: 80, height: 15 }

/** Along the line, the middle first. */
const labelStops = [0.5, 0.42, 0.58, 0.34, 0.66, 0.28, 0.72]

/**
 * Puts labels on lines where they cover no process and no other label. A label without room is left out, unless its link
 * is in trouble.
 */
export function placeLabels(links: readonly Link[], layout: GraphLayout): readonly LinkLabel[] {
  const placed: LinkLabel[] = []
  const obstacles = [...layout.places.values()]
  const isFree = (point: Point) =>
    placed.every(
      other =>
        Math.abs(other.x - point.x) > labelSizePx.width || Math.abs(other.y - point.y) > labelSizePx.height,
    ) && obstacles.every(place => !covers(point, place, layout.isRoomy))
  for (const link of links) {
    const [one, other] = link.ends.map(end => layout.places.get(end))
    if (one === undefined || other === undefined) continue
    const stops = labelStops.map(share => pointAt(one, other, layout.centre, share))
    const [middle] = stops
    const point = stops.find(isFree) ?? (isTroubled(link.health) ? middle : undefined)
    if (point !== undefined) placed.push({ linkId: link.id, ...point })
  }
  return placed
}

/** Whether a label would lie on a circle or, where names are shown, on the name below it. */
function covers(label: Point, place: Place, isNamed: boolean): boolean {
  const aside = Math.abs(label.x - place.x) - labelSizePx.width / 2
  const below = label.y - place.y
  const half = labelSizePx.height / 2
  const isOnCircle = aside < place.radius && Math.abs(below) < place.radius + half
  const isOnName =
    isNamed &&
    aside < nameSizePx.width / 2 &&
    below > place.radius - half &&
    below < place.radius + nameSizePx.height + half
  return isOnCircle || isOnName
}

function pointAt(one: Place, other: Place, centre: Point, share: number): Point {
  const bend = bendOf(one, other, centre)
  const height = 2 * share * (1 - share)
  return {
    x: Math.round(one.x + (other.x - one.x) * share + bend.x * height),
    y: Math.round(one.y + (other.y - one.y) * share + bend.y * height),
  }
}
