import type { OverviewTab } from '../../contracts/overview-scene.ts'
import { siteHue, siteLetter } from '../../contracts/site-mark.ts'
import type { Tools } from '../page/surface.ts'
import { type Colour, transparent, withOpacity } from '../scene/colour.ts'
import type { IconName } from '../scene/icons.ts'
import type { Placed } from '../scene/lettering.ts'
import type { Size } from '../scene/painter.ts'
import type { Palette } from '../scene/palette.ts'
import { edged, plain, written } from '../scene/quads.ts'
import { type Box, type Crop, coverCrop, type Quad } from '../scene/scene.ts'
import type { CardBox } from './layout.ts'
import { memoryText, tabTitle } from './words.ts'

export interface CardLook {
  readonly isActive: boolean
  readonly isCurrent: boolean
  readonly isHovered: boolean
}

/** The quads of cards by how deep they lie, so that those with one texture stand together. */
export interface Layers {
  readonly below: Quad[]
  readonly pictures: Quad[]
  readonly above: Quad[]
}

const pictureRadius = 6
/** Where pages are drawn on a dark plate, less bright. */
const darkBrightness = 0.82
const sleepingOpacity = { light: 0.55, dark: 0.32 }

/** Colours of sites without an icon, as in the tab strip. */
const siteColours: readonly Colour[] = [
  [31, 95, 122],
  [47, 95, 168],
  [138, 100, 18],
  [122, 62, 134],
  [163, 74, 42],
  [18, 118, 106],
  [107, 74, 46],
  [62, 74, 140],
  [75, 107, 30],
  [160, 47, 82],
].map(([red = 0, green = 0, blue = 0]) => [red / 255, green / 255, blue / 255, 1])

/** The part of a card that shows the page. */
export function pictureBox({ x, y, width, pictureHeight }: CardBox): Box {
  return { x, y, width, height: pictureHeight }
}

/** Where the button of a card lies whose page was stopped by a fault. */
export function restartBox(card: CardBox): Box {
  const { x, y, width, height } = pictureBox(card)
  return { x: Math.round(x + width / 2 - 34), y: Math.round(y + height / 2 + 12), width: 68, height: 24 }
}

export function drawCard(
  layers: Layers,
  tools: Tools,
  tab: OverviewTab,
  card: CardBox,
  look: CardLook,
): void {
  if (look.isCurrent) drawRing(layers, tools.palette, card)
  drawPicture(layers, tools, tab, card, look.isHovered)
  drawBadges(layers, tools, tab, card, look.isActive)
  drawCaption(layers, tools, tab, card, look.isCurrent)
  drawGauge(layers, tools.palette, tab, card)
}

/** The picture as a quad; of the card while it is at rest, of the whole view while it flies. */
export function pictureQuad(tools: Tools, tab: OverviewTab, box: Box, crop: Crop): Quad {
  const { palette } = tools
  const isGrey = tab.state === 'sleeping'
  const dimmed = palette.isDark ? sleepingOpacity.dark : sleepingOpacity.light
  return {
    ...edged(box, isGrey ? palette.surface : palette.sunken, palette.line2, pictureRadius),
    texture: {
      kind: 'picture',
      contextId: 'tabs',
      id: tab.id,
      crop,
      isGrey,
      brightness: palette.isDark && !isGrey ? darkBrightness : 1,
      opacity: isGrey ? dimmed : 1,
    },
  }
}

function drawRing({ below }: Layers, palette: Palette, card: CardBox): void {
  const { x, y, width, height } = pictureBox(card)
  const ring = { x: x - 4, y: y - 4, width: width + 8, height: height + 8 }
  below.push(edged(ring, transparent, palette.accent, pictureRadius + 4, 2))
}

function drawPicture(
  layers: Layers,
  tools: Tools,
  tab: OverviewTab,
  card: CardBox,
  isHovered: boolean,
): void {
  const { palette, sizeOf } = tools
  const box = pictureBox(card)
  const edge = isHovered ? palette.lineControl : palette.line2
  const size = tab.state === 'stopped' ? null : sizeOf(tab.id)
  if (size !== null) {
    const quad = pictureQuad(tools, tab, box, coverCrop(size, box))
    layers.pictures.push({ ...quad, border: { width: 1, colour: edge } })
    return
  }
  layers.below.push(edged(box, palette.sunken, edge, pictureRadius))
  if (tab.state === 'stopped') drawStopped(layers, tools, card)
  else drawPlaceholder(layers, tools, tab, box)
}

function drawStopped({ above }: Layers, { palette, lettering }: Tools, card: CardBox): void {
  const box = pictureBox(card)
  const centre = box.x + box.width / 2
  const middle = box.y + box.height / 2
  const icon = lettering.icon('circleCross', 18, palette.danger)
  if (icon !== null) above.push(written(icon, centre - 9, middle - 36))
  const style = { font: `400 12px ${palette.words}`, colour: palette.dangerText }
  const words = lettering.line('Stopped by a fault', style, box.width - 16)
  if (words !== null) above.push(written(words, centre - words.width / 2, middle - 13))
  const button = restartBox(card)
  above.push(edged(button, palette.surface, palette.lineControl, 5))
  const label = lettering.line('Restart', { font: `500 12px ${palette.words}`, colour: palette.text }, 60)
  if (label !== null) above.push(written(label, ...centred(button, label)))
}

/** A page that nobody has a picture of: the mark of its site, larger. */
function drawPlaceholder({ above }: Layers, tools: Tools, tab: OverviewTab, box: Box): void {
  const mark = siteMark(tools, tab, 28)
  if (mark !== null) above.push(written(mark, ...centred(box, mark)))
}

function drawBadges(
  { above }: Layers,
  { palette, lettering }: Tools,
  tab: OverviewTab,
  card: CardBox,
  isActive: boolean,
): void {
  let x = card.x + 6
  const y = card.y + card.pictureHeight - 6 - 20
  function badge(text: string, icon: IconName | null, isAccented: boolean): void {
    const colour = isAccented ? palette.onAccent : palette.text2
    const words = lettering.line(text, { font: `400 11px ${palette.words}`, colour }, 120)
    if (words === null) return
    const iconWidth = icon === null ? 0 : 17
    const box = { x, y, width: words.width + iconWidth + 11, height: 20 }
    const fill = isAccented ? palette.accent : palette.raised
    above.push(edged(box, fill, isAccented ? palette.accent : palette.line2, 4))
    const drawn = icon === null ? null : lettering.icon(icon, 13, colour)
    if (drawn !== null) above.push(written(drawn, x + 6, y + 3.5))
    above.push(written(words, x + 5.5 + iconWidth, y + (20 - words.height) / 2))
    x += box.width + 4
  }
  if (isActive) badge('In view', null, true)
  if (tab.isPrivate) badge('Private', 'mask', false)
  if (tab.state === 'sleeping') badge('Sleeping', 'moon', false)
  if (tab.state === 'loading') badge('Loading', null, false)
  if (tab.sound === 'playing') badge('Playing', 'speaker', false)
  if (tab.sound === 'muted') badge('Muted', 'speakerOff', false)
}

function drawCaption(
  { above }: Layers,
  tools: Tools,
  tab: OverviewTab,
  card: CardBox,
  isCurrent: boolean,
): void {
  const { palette, lettering } = tools
  const y = card.y + card.pictureHeight + 8
  const mark = siteMark(tools, tab, 16)
  if (mark !== null) above.push(written(mark, card.x, y + 1))
  const numbers = { font: `400 11px ${palette.numbers}`, colour: palette.text3 }
  const memory = lettering.line(memoryText(tab), numbers, 90)
  const memoryWidth = memory === null ? 0 : memory.width
  if (memory !== null)
    above.push(written(memory, card.x + card.width - memoryWidth + 1, y + (18 - memory.height) / 2))
  const title = lettering.line(
    tabTitle(tab),
    { font: `${isCurrent ? 500 : 400} 13px ${palette.words}`, colour: palette.text },
    card.width - 24 - 10 - memoryWidth,
  )
  if (title !== null) above.push(written(title, card.x + 23, y + (18 - title.height) / 2))
}

function drawGauge({ below }: Layers, palette: Palette, tab: OverviewTab, card: CardBox): void {
  if (tab.memoryBytes === null || tab.memoryLimitBytes === null) return
  if (tab.state === 'sleeping' || tab.state === 'stopped' || tab.state === 'unloaded') return
  const share = tab.memoryBytes / Math.max(1, tab.memoryLimitBytes)
  const x = card.x + 24
  const y = card.y + card.pictureHeight + 32
  const width = card.width - 24
  below.push(plain({ x, y, width, height: 2 }, withOpacity(palette.lineControl, 0.26)))
  const colour = share >= 1 ? palette.danger : share > 0.8 ? palette.warn : palette.accent
  below.push(plain({ x, y, width: Math.round(width * Math.min(1, share)), height: 2 }, colour))
  below.push(plain({ x: x + width - 1, y: y - 2, width: 1, height: 6 }, palette.lineControl))
}

function siteMark(tools: Tools, tab: OverviewTab, size: number): Placed | null {
  const { lettering, palette } = tools
  if (tab.iconDataUrl !== null && size === 16) {
    const icon = tools.icon(tab.iconDataUrl)
    if (icon !== null) return icon
  }
  if (tab.site === null) return lettering.icon('window', size, palette.text3, 1.75)
  const font = `600 ${size === 16 ? 9.5 : size / 2}px ${palette.words}`
  const colour = siteColours[siteHue(tab.site)] ?? palette.hue.slate
  return lettering.letter(siteLetter(tab.site), colour, font, size, size / 4)
}

function centred(box: Box, { width, height }: Size): [x: number, y: number] {
  return [box.x + (box.width - width) / 2, box.y + (box.height - height) / 2]
}
