import type { Box } from '../scene/scene.ts'
import type { Section } from './sections.ts'

/** A card: its picture above, its name and cost below. Positions are in the scrolled page. */
export interface CardBox extends Box {
  readonly tabId: string
  readonly section: number
  readonly column: number
  /** Rows of cards counted through all sections. */
  readonly row: number
  readonly pictureHeight: number
}

export interface Layout {
  readonly cards: readonly CardBox[]
  /** One a section. */
  readonly headings: readonly Box[]
  readonly columns: number
  readonly height: number
  /** Of a row of cards with the space below it. */
  readonly rowHeight: number
}

const wide = { side: 28, gap: 20 }
/** Below this width the margins are narrow too. */
const narrowWidth = 640
const narrow = { side: 16, gap: 14 }
const leastCardWidth = 260
const leastNarrowCardWidth = 190
const mostColumns = 8
const pictureShare = 0.43
const headingHeight = 30
const belowHeading = 13
const captionHeight = 34
const betweenSections = 18
const below = 28

/** Where everything lies in a view so wide; the search field above ends at `top`. */
export function layOut(sections: readonly Section[], width: number, top: number): Layout {
  const { side, gap } = width < narrowWidth ? narrow : wide
  const least = width < narrowWidth ? leastNarrowCardWidth : leastCardWidth
  const room = Math.max(120, width - 2 * side)
  const columns = Math.max(1, Math.min(mostColumns, Math.floor((room + gap) / (least + gap))))
  const cardWidth = (room - gap * (columns - 1)) / columns
  const pictureHeight = Math.round(cardWidth * pictureShare)
  const cardHeight = pictureHeight + captionHeight
  const cards: CardBox[] = []
  const headings: Box[] = []
  let y = top
  let row = 0
  for (const [section, { tabs }] of sections.entries()) {
    if (section > 0) y += betweenSections
    headings.push({ x: side, y, width: room, height: headingHeight })
    y += headingHeight + belowHeading
    for (const [index, tab] of tabs.entries()) {
      const column = index % columns
      if (index > 0 && column === 0) {
        y += cardHeight + gap
        row += 1
      }
      const x = Math.round(side + column * (cardWidth + gap))
      const right = Math.round(side + column * (cardWidth + gap) + cardWidth)
      cards.push({
        tabId: tab.id,
        section,
        column,
        row,
        x,
        y,
        width: right - x,
        height: cardHeight,
        pictureHeight,
      })
    }
    y += cardHeight
    row += 1
  }
  return { cards, headings, columns, height: y + below, rowHeight: cardHeight + gap }
}
