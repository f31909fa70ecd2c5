import type { OverviewTab } from '../../contracts/overview-scene.ts'
import type { Tools } from '../page/surface.ts'
import { type Camera, edged, filmed, meets, plain, seenBy, snapped, written } from '../scene/quads.ts'
import { type Box, coverCrop, mixCrops, type Quad, type Scene } from '../scene/scene.ts'
import { drawCard, type Layers, pictureBox, pictureQuad } from './card-quads.ts'
import type { CardBox, Layout } from './layout.ts'
import type { Section } from './sections.ts'
import { costText, countText } from './words.ts'

/** Everything that the picture of the overview depends on. */
export interface OverviewLook {
  readonly width: number
  readonly height: number
  readonly scale: number
  /** Where the cards begin, below the search field. */
  readonly top: number
  readonly scrolled: number
  readonly layout: Layout
  readonly sections: readonly Section[]
  readonly activeTabId: string | null
  readonly current: string | null
  readonly hovered: string | null
  /** Section whose button is pointed at. */
  readonly hoveredSleep: number | null
  /** 1 when it stands; on its way there the picture of the tab flies between the whole view and its card. */
  readonly progress: number
  readonly flying: string | null
}

const wholeCrop = { left: 0, top: 0, right: 1, bottom: 1 }
export const sleepButton = { width: 112, height: 24 }

/** Draws the overview. `wanted` gets the tabs in sight whose pictures are not there. */
export function overviewScene(look: OverviewLook, tools: Tools, wanted: Set<string>): Scene {
  const { width, height, scale, progress } = look
  const tabs = new Map(look.sections.flatMap(({ tabs: of }) => of.map(tab => [tab.id, tab] as const)))
  const flight = progress < 1 ? flightOf(look, tabs) : null
  const camera = flight?.camera ?? driftingCamera(look)
  const layers: Layers = { below: [], pictures: [], above: [] }
  const view = { x: 0, y: 0, width, height }
  for (const card of look.layout.cards) {
    const tab = tabs.get(card.tabId)
    if (tab === undefined || !meets(seenBy(camera, inView(look, around(card))), view)) continue
    if (tab.state !== 'stopped' && tools.sizeOf(tab.id) === null) wanted.add(tab.id)
    drawCard(
      layers,
      tools,
      tab,
      { ...card, y: card.y + look.top - look.scrolled },
      {
        isActive: tab.id === look.activeTabId,
        isCurrent: tab.id === look.current && progress === 1,
        isHovered: tab.id === look.hovered,
      },
    )
  }
  for (const [index, heading] of look.layout.headings.entries())
    if (meets(seenBy(camera, inView(look, heading)), view))
      drawHeading(layers, tools, look, index, inView(look, heading))
  const drawn = [...layers.below, ...layers.pictures, ...layers.above]
  const quads =
    progress === 1 ? drawn.map(quad => snapped(quad, scale)) : flown(drawn, camera, look, tools, flight)
  return { width, height, scale, background: tools.palette.surface, quads }
}

interface Flight {
  readonly tab: OverviewTab
  readonly card: Box
  readonly now: Box
  readonly camera: Camera
}

/** While the picture of a tab flies, its card is where it flies to, and all others move with it. */
function flightOf(look: OverviewLook, tabs: ReadonlyMap<string, OverviewTab>): Flight | null {
  const card = look.layout.cards.find(({ tabId }) => tabId === look.flying)
  const tab = card === undefined ? undefined : tabs.get(card.tabId)
  if (card === undefined || tab === undefined) return null
  const box = inView(look, pictureBox(card))
  const { progress, width, height } = look
  const mix = (from: number, to: number): number => from + (to - from) * progress
  const now = {
    x: mix(0, box.x),
    y: mix(0, box.y),
    width: mix(width, box.width),
    height: mix(height, box.height),
  }
  return { tab, card: box, now, camera: { from: box, to: now, scale: now.width / box.width } }
}

/** Without a card to fly to, everything comes a little nearer. */
function driftingCamera({ width, height, progress }: OverviewLook): Camera {
  const centre = { x: width / 2, y: height / 2 }
  return { from: centre, to: centre, scale: 1 + 0.06 * (1 - progress) }
}

function flown(
  quads: readonly Quad[],
  camera: Camera,
  { progress, width, height }: OverviewLook,
  tools: Tools,
  flight: Flight | null,
): Quad[] {
  const opacity = Math.min(1, progress * 1.4)
  const others = quads.map(quad => filmed(camera, quad, opacity))
  const size = flight === null ? null : tools.sizeOf(flight.tab.id)
  if (flight === null || size === null || flight.tab.state === 'stopped') return others
  const crop = mixCrops(wholeCropOf(size, { width, height }), coverCrop(size, flight.card), progress)
  return [...others, pictureQuad(tools, flight.tab, flight.now, crop)]
}

/** The picture was taken of the whole view; a window that has changed its shape since shows less of it. */
function wholeCropOf(size: { width: number; height: number }, view: { width: number; height: number }) {
  const crop = coverCrop(size, view)
  return crop.bottom > 0.97 && crop.right - crop.left > 0.97 ? wholeCrop : crop
}

function inView({ top, scrolled }: OverviewLook, box: Box): Box {
  return { ...box, y: box.y + top - scrolled }
}

/** With the ring around it. */
function around({ x, y, width, height }: CardBox): Box {
  return { x: x - 4, y: y - 4, width: width + 8, height: height + 8 }
}

function drawHeading(
  { below, above }: Layers,
  { palette, lettering }: Tools,
  look: OverviewLook,
  index: number,
  { x, y, width, height }: Box,
): void {
  const section = look.sections[index]
  if (section === undefined) return
  const middle = y + 12
  below.push(plain({ x, y: y + height, width, height: 1 }, palette.line))
  below.push(plain({ x, y: middle - 5, width: 10, height: 10 }, palette.hue[section.hue], 3))
  const title = lettering.line(
    section.title,
    { font: `600 13px ${palette.words}`, colour: palette.text },
    width * 0.5,
  )
  let right = x + 17
  if (title !== null) {
    above.push(written(title, right, middle - title.height / 2))
    right += title.width + 7
  }
  const small = { font: `400 12px ${palette.words}`, colour: palette.text3 }
  const count = lettering.line(countText(section.tabs.length), small, 90)
  if (count !== null) above.push(written(count, right, middle - count.height / 2))
  const buttonWidth = section.canSleep ? sleepButton.width + 8 : 0
  const numbers = { font: `400 11px ${palette.numbers}`, colour: palette.text3 }
  const cost = width < 420 ? null : lettering.line(costText(section), numbers, 220)
  if (cost !== null) above.push(written(cost, x + width - buttonWidth - cost.width, middle - cost.height / 2))
  if (section.canSleep)
    drawSleepButton(above, { palette, lettering }, x + width, y, index === look.hoveredSleep)
}

function drawSleepButton(
  above: Quad[],
  { palette, lettering }: Pick<Tools, 'palette' | 'lettering'>,
  right: number,
  y: number,
  isHovered: boolean,
): void {
  const box = { x: right - sleepButton.width, y, ...sleepButton }
  if (isHovered) above.push(edged(box, palette.hover, palette.hover, 5))
  const icon = lettering.icon('moon', 13, palette.accentText)
  if (icon !== null) above.push(written(icon, box.x + 12, y + 5.5))
  const words = lettering.line(
    'Sleep group',
    { font: `500 11px ${palette.words}`, colour: palette.accentText },
    90,
  )
  if (words !== null) above.push(written(words, box.x + 31, y + (24 - words.height) / 2))
}
