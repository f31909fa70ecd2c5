import type { MapPoint, MeaningMap } from '../../contracts/overview-scene.ts'
import type { Tools, View } from '../page/surface.ts'
import { withOpacity } from '../scene/colour.ts'
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

const mostLabels = 40
/** Points that are tried for a label: with thousands in sight the lightest have no chance. */
const mostTried = 200
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
  const taken = drawRegions(quads, look, tools)
  for (const seen of points) quads.push(disc(seen, look, tools))
  drawLabels(quads, points, taken, look, tools)
  return {
    width: look.width,
    height: look.height,
    scale: look.scale,
    background: palette.surface,
    quads: quads.map(quad => snapped({ ...quad, opacity: quad.opacity * look.progress }, look.scale)),
  }
}

/** Gives where the names lie, which no label may cover. */
function drawRegions(quads: Quad[], look: MapLook, { palette, lettering }: Tools): Box[] {
  const taken: Box[] = []
  const area = { width: look.width, height: look.height - look.top }
  for (const region of look.map.regions) {
    const { x, y } = toView(look.camera, region, area)
    const style = { font: `600 16px ${palette.words}`, colour: palette.text3 }
    const words = lettering.line(region.label, style, 240)
    if (words === null) continue
    const name = written(words, x - words.width / 2, y + look.top - words.height / 2)
    quads.push(name)
    taken.push(name)
  }
  return taken
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

/** The current point's label, then those found, then the heaviest; one that would cover something is left out. */
function drawLabels(
  quads: Quad[],
  points: readonly SeenPoint[],
  regions: readonly Box[],
  look: MapLook,
  tools: Tools,
): void {
  const taken: Box[] = [...regions]
  const rank = ({ point }: SeenPoint): number =>
    (point.id === look.current ? 4 : 0) +
    (point.id === look.hovered ? 4 : 0) +
    (look.isSearching && look.isFound(point) ? 2 : 0) +
    point.weight
  let labels = 0
  for (const seen of points.toSorted((one, other) => rank(other) - rank(one)).slice(0, mostTried)) {
    if (labels >= mostLabels) return
    if (look.isSearching && !look.isFound(seen.point) && rank(seen) < 4) continue
    const isClear = (box: Box): boolean =>
      !taken.some(other => meets(other, box)) && !points.some(other => other !== seen && isUnder(other, box))
    const label = drawLabel(quads, isClear, seen, look, tools)
    if (label === null) continue
    taken.push(label)
    labels += 1
  }
}

function isUnder({ x, y, radius }: SeenPoint, box: Box): boolean {
  return meets({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }, box)
}

/** Where it lies; null when there is no room. What is pointed at has its label whatever it covers. */
function drawLabel(
  quads: Quad[],
  isClear: (box: Box) => boolean,
  { point, x, y, radius }: SeenPoint,
  look: MapLook,
  { palette, lettering }: Tools,
): Box | null {
  const isMarked = point.id === look.current || point.id === look.hovered
  const colour = isMarked ? palette.text : palette.text2
  const words = lettering.line(
    point.label,
    { font: `${isMarked ? 500 : 400} 12px ${palette.words}`, colour },
    labelWidth,
  )
  if (words === null) return null
  const box = { x: x - words.width / 2, y: y + radius + 3, width: words.width, height: words.height }
  if (!isMarked && !isClear(box)) return null
  const detail = { font: `400 11px ${palette.words}`, colour: palette.text3 }
  const below = isMarked ? lettering.line(point.detail, detail, labelWidth) : null
  const width = Math.max(words.width, below?.width ?? 0) + 12
  const height = words.height + (below === null ? 0 : below.height) + 4
  const plate = { x: x - width / 2, y: box.y - 2, width, height }
  if (isMarked) quads.push(edged(plate, palette.raised, palette.line2, 5))
  quads.push(written(words, box.x, box.y))
  if (below !== null) quads.push(written(below, x - below.width / 2, box.y + words.height))
  return isMarked ? plate : box
}
