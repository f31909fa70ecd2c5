import type { MapPoint, MeaningMap } from '../../contracts/overview-scene.ts'
import type { Tools, View } from '../page/surface.ts'
import { transparent, withOpacity } from '../scene/colour.ts'
import { edged, meets, snapped, written } from '../scene/quads.ts'
import type { Box, Quad, Scene } from '../scene/scene.ts'
import { type MapCamera, toView } from './map-camera.ts'

export interface MapLook extends View {
  readonly map: MeaningMap
  readonly camera: MapCamera
  /** Where the map begins, below the search field. */
  readonly top: number
  readonly isFound: (point: MapPoint) => boolean
  readonly isSearching: boolean
  readonly current: string | null
  readonly hovered: string | null
}

/** A point where it is seen. */
export interface SeenPoint {
  readonly point: MapPoint
  readonly x: number
  readonly y: number
  readonly radius: number
}

const mostLabels = 60
const labelWidth = 180

/** The points in sight, the heaviest last. */
export function seenPoints(look: Pick<MapLook, 'map' | 'camera' | 'top' | 'width' | 'height'>): SeenPoint[] {
  const area = { width: look.width, height: look.height - look.top }
  return look.map.points
    .map(point => {
      const { x, y } = toView(look.camera, point, area)
      return { point, x, y: y + look.top, radius: 4 + 6 * point.weight }
    })
    .filter(({ x, y }) => x > -20 && x < look.width + 20 && y > look.top - 20 && y < look.height + 20)
    .toSorted((one, other) => one.point.weight - other.point.weight)
}

/** Draws the map: regions by name, pages as discs (open tabs) and rings (history), and as many labels as have room. */
export function mapScene(look: MapLook, tools: Tools): Scene {
  const { palette } = tools
  const quads: Quad[] = []
  const points = seenPoints(look)
  drawRegions(quads, look, tools)
  for (const seen of points) quads.push(disc(seen, look, tools))
  drawLabels(quads, points, look, tools)
  return {
    width: look.width,
    height: look.height,
    scale: look.scale,
    background: palette.surface,
    quads: quads.map(quad => snapped({ ...quad, opacity: quad.opacity * look.progress }, look.scale)),
  }
}

function drawRegions(quads: Quad[], look: MapLook, { palette, lettering }: Tools): void {
  const area = { width: look.width, height: look.height - look.top }
  for (const region of look.map.regions) {
    const { x, y } = toView(look.camera, region, area)
    const style = { font: `600 16px ${palette.words}`, colour: palette.text3 }
    const words = lettering.line(region.label, style, 240)
    if (words !== null) quads.push(written(words, x - words.width / 2, y + look.top - words.height / 2))
  }
}

function disc({ point, x, y, radius }: SeenPoint, look: MapLook, { palette }: Tools): Quad {
  const isMarked = point.id === look.current || point.id === look.hovered
  const opacity = look.isSearching && !look.isFound(point) ? 0.22 : 1
  const size = isMarked ? radius + 3 : radius
  const box = { x: x - size, y: y - size, width: 2 * size, height: 2 * size }
  const colour = palette.hue[point.hue]
  if (point.id === look.current)
    return { ...edged(box, withOpacity(colour, 0.9), palette.accent, size, 3), opacity }
  const isTab = point.kind === 'tab'
  return { ...edged(box, isTab ? colour : withOpacity(colour, 0.18), colour, size, isTab ? 1 : 1.5), opacity }
}

/** The current point's label, then those found, then the heaviest; one that would lie over another is left out. */
function drawLabels(quads: Quad[], points: readonly SeenPoint[], look: MapLook, tools: Tools): void {
  const taken: Box[] = []
  const rank = ({ point }: SeenPoint): number =>
    (point.id === look.current ? 4 : 0) +
    (point.id === look.hovered ? 4 : 0) +
    (look.isSearching && look.isFound(point) ? 2 : 0) +
    point.weight
  for (const seen of points.toSorted((one, other) => rank(other) - rank(one))) {
    if (taken.length >= mostLabels) return
    if (look.isSearching && !look.isFound(seen.point) && rank(seen) < 4) continue
    drawLabel(quads, taken, seen, look, tools)
  }
}

function drawLabel(
  quads: Quad[],
  taken: Box[],
  { point, x, y, radius }: SeenPoint,
  look: MapLook,
  { palette, lettering }: Tools,
): void {
  const isMarked = point.id === look.current || point.id === look.hovered
  const colour = isMarked ? palette.text : palette.text2
  const words = lettering.line(
    point.label,
    { font: `${isMarked ? 500 : 400} 12px ${palette.words}`, colour },
    labelWidth,
  )
  if (words === null) return
  const box = { x: x - words.width / 2, y: y + radius + 3, width: words.width, height: words.height }
  if (taken.some(other => meets(other, box))) return
  const detail = { font: `400 11px ${palette.words}`, colour: palette.text3 }
  const below = isMarked ? lettering.line(point.detail, detail, labelWidth) : null
  const width = Math.max(words.width, below?.width ?? 0) + 12
  const height = words.height + (below === null ? 0 : below.height) + 4
  const plate = { x: x - width / 2, y: box.y - 2, width, height }
  taken.push(isMarked ? plate : box)
  if (isMarked) quads.push(edged(plate, palette.raised, palette.line2, 5))
  else
    quads.push(
      edged(
        { ...box, x: box.x - 2, width: box.width + 4 },
        withOpacity(palette.surface, 0.75),
        transparent,
        3,
        0,
      ),
    )
  quads.push(written(words, box.x, box.y))
  if (below !== null) quads.push(written(below, x - below.width / 2, box.y + words.height))
}
