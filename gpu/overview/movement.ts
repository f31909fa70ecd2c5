import type { CardBox, Layout } from './layout.ts'

export type Movement = 'left' | 'right' | 'up' | 'down' | 'first' | 'last' | 'pageUp' | 'pageDown'

const movements: ReadonlyMap<string, Movement> = new Map([
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
  ['Home', 'first'],
  ['End', 'last'],
  ['PageUp', 'pageUp'],
  ['PageDown', 'pageDown'],
])

/** What a key moves to; null for every other key. */
export function movementOf(key: string): Movement | null {
  return movements.get(key) ?? null
}

/**
 * The card that a movement leads to. Sideways goes on in the next row and the next group; up and down keep to the column
 * as far as a row has it. At the ends it stays.
 */
export function move(
  layout: Layout,
  from: string | null,
  movement: Movement,
  viewHeight: number,
): string | null {
  const { cards } = layout
  const at = cards.findIndex(card => card.tabId === from)
  const current = cards[at]
  if (current === undefined) return cards[movement === 'last' ? cards.length - 1 : 0]?.tabId ?? null
  const rows = Math.max(1, Math.floor(viewHeight / layout.rowHeight))
  const to = destination(cards, current, at, movement, rows)
  return (to ?? current).tabId
}

function destination(
  cards: readonly CardBox[],
  current: CardBox,
  at: number,
  movement: Movement,
  rowsOfView: number,
): CardBox | undefined {
  switch (movement) {
    case 'left':
      return cards[at - 1]
    case 'right':
      return cards[at + 1]
    case 'first':
      return cards[0]
    case 'last':
      return cards.at(-1)
    case 'up':
      return inRow(cards, current, current.row - 1)
    case 'down':
      return inRow(cards, current, current.row + 1)
    case 'pageUp':
      return inRow(cards, current, Math.max(0, current.row - rowsOfView))
    case 'pageDown':
      return inRow(cards, current, Math.min(cards.at(-1)?.row ?? 0, current.row + rowsOfView))
  }
}

/** The card of a row nearest to the column. */
function inRow(cards: readonly CardBox[], { column }: CardBox, row: number): CardBox | undefined {
  return cards.findLast(card => card.row === row && card.column <= column)
}
