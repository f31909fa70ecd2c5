import type { Size } from '../scene/painter.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** What part of the map is seen: the point in the middle of the view, and pixels in a unit of the map. */
export interface MapCamera {
  readonly centre: Point
  readonly zoom: number
}

/** Kept free around all points, for their labels. */
const margin = 72
/** From all of it to single points. */
export const zoomRange = { least: 0.5, most: 40 }

/** Sees all points. One point, or none, is seen at its own place. */
export function seeingAll(points: readonly Point[], { width, height }: Size): MapCamera {
  const [first] = points
  if (first === undefined) return { centre: { x: 0, y: 0 }, zoom: 1 }
  let [left, right, top, bottom] = [first.x, first.x, first.y, first.y]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  const across = Math.max(1, width - 2 * margin) / (right - left)
  const down = Math.max(1, height - 2 * margin) / (bottom - top)
  const zoom = Math.min(across, down)
  return {
    centre: { x: (left + right) / 2, y: (top + bottom) / 2 },
    zoom: Number.isFinite(zoom) && zoom > 0 ? zoom : 1,
  }
}

export function toView({ centre, zoom }: MapCamera, point: Point, { width, height }: Size): Point {
  return { x: (point.x - centre.x) * zoom + width / 2, y: (point.y - centre.y) * zoom + height / 2 }
}

/** Nearer or farther by a factor, with the place under `at` staying where it is; within the range around `fitted`. */
export function zoomed(
  camera: MapCamera,
  factor: number,
  at: Point,
  view: Size,
  fitted: MapCamera,
): MapCamera {
  const zoom = Math.min(
    fitted.zoom * zoomRange.most,
    Math.max(fitted.zoom * zoomRange.least, camera.zoom * factor),
  )
  const keep = 1 / camera.zoom - 1 / zoom
  return {
    centre: {
      x: camera.centre.x + (at.x - view.width / 2) * keep,
      y: camera.centre.y + (at.y - view.height / 2) * keep,
    },
    zoom,
  }
}

export function panned({ centre, zoom }: MapCamera, byX: number, byY: number): MapCamera {
  return { centre: { x: centre.x - byX / zoom, y: centre.y - byY / zoom }, zoom }
}

/** Moved no farther than needed for the point to be seen. */
export function revealing(camera: MapCamera, point: Point, view: Size): MapCamera {
  const { x, y } = toView(camera, point, view)
  const away = (at: number, size: number): number =>
    at < margin ? margin - at : at > size - margin ? size - margin - at : 0
  return panned(camera, away(x, view.width), away(y, view.height))
}
