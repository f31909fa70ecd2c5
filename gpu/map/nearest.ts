import type { Point } from './map-camera.ts'

interface Named extends Point {
  readonly id: string
}

const directions: ReadonlyMap<string, Point> = new Map([
  ['ArrowLeft', { x: -1, y: 0 }],
  ['ArrowRight', { x: 1, y: 0 }],
  ['ArrowUp', { x: 0, y: -1 }],
  ['ArrowDown', { x: 0, y: 1 }],
])

/** Where an arrow key points; null for other keys. */
export function directionOf(key: string): Point | null {
  return directions.get(key) ?? null
}

/**
 * The nearest point in a direction: within a quarter turn of it, and what lies aside counts as farther away. Null where
 * there is none.
 */
export function nearestTowards(points: readonly Named[], from: Named, { x, y }: Point): string | null {
  let best: { id: string; distance: number } | null = null
  for (const point of points) {
    if (point.id === from.id) continue
    const ahead = (point.x - from.x) * x + (point.y - from.y) * y
    const aside = Math.abs((point.x - from.x) * y) + Math.abs((point.y - from.y) * x)
    if (ahead <= 0 || aside > ahead) continue
    const distance = ahead + 2 * aside
    if (best === null || distance < best.distance) best = { id: point.id, distance }
  }
  return best?.id ?? null
}

/** The point under the pointer, or nearly; in pixels of the view. */
export function pointAt(points: readonly Named[], { x, y }: Point, reach: number): string | null {
  let best: { id: string; distance: number } | null = null
  for (const point of points) {
    const distance = Math.hypot(point.x - x, point.y - y)
    if (distance <= reach && (best === null || distance < best.distance)) best = { id: point.id, distance }
  }
  return best?.id ?? null
}
