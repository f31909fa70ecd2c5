import { describe, expect, it } from 'vitest'
import { designTabs, manyTabs } from '../dev/sample-tabs.ts'
import { layOut } from './layout.ts'
import { move, movementOf } from './movement.ts'
import { sectionsOf } from './sections.ts'

const all = (): boolean => true
const design = sectionsOf(designTabs, 'groups', all)
const layout = layOut(design, 1_376, 0)

describe('the sections of the overview', () => {
  it('are the groups in the order of the strip, then the tabs without one', () => {
    expect(design.map(({ title, tabs }) => [title, tabs.length])).toEqual([
      ['Sea project', 4],
      ['Kitchen', 3],
      ['No group', 4],
    ])
    expect(design[0]).toMatchObject({ hue: 'sky', memoryBytes: 642 * 2 ** 20 })
  })

  it('are one by last use and one by cost', () => {
    const [byCost] = sectionsOf(designTabs, 'cost', all)
    expect(byCost?.tabs.slice(0, 3).map(tab => tab.id)).toEqual(['map', 'piano', 'tide'])
    const used = { ...designTabs, tabs: designTabs.tabs.map((tab, at) => ({ ...tab, lastUsedAt: at })) }
    const [byUse] = sectionsOf(used, 'lastUsed', all)
    expect(byUse?.tabs.map(tab => tab.id)).toEqual(used.tabs.map(tab => tab.id).reverse())
    expect(byUse?.canSleep).toBe(false)
  })

  it('without a tab are left out, and without groups there is one', () => {
    expect(sectionsOf(designTabs, 'groups', tab => tab.id === 'mail').map(({ title }) => title)).toEqual([
      'No group',
    ])
    const ungrouped = {
      ...designTabs,
      groups: [],
      tabs: designTabs.tabs.map(tab => ({ ...tab, group: null })),
    }
    expect(sectionsOf(ungrouped, 'groups', all).map(({ title }) => title)).toEqual(['Tabs'])
    expect(sectionsOf({ tabs: [], groups: [], activeTabId: null }, 'cost', all)).toEqual([])
  })
})

describe('the layout of the overview', () => {
  it('has the measures of the design at its width', () => {
    expect(layout.columns).toBe(4)
    expect(layout.cards[0]).toMatchObject({ x: 28, y: 43, width: 315, column: 0, row: 0 })
    expect(layout.cards.map(({ row }) => row)).toEqual([0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2])
  })

  it.each([200, 480, 639, 640, 1_000, 1_376, 2_560, 5_000])(
    'keeps every card apart and inside at a width of %i',
    width => {
      const { cards, height } = layOut(sectionsOf(manyTabs(60), 'groups', all), width, 0)
      expect(cards).toHaveLength(60)
      for (const [at, card] of cards.entries()) {
        expect(card.x >= 0 && card.x + card.width <= width && card.y + card.height <= height).toBe(true)
        for (const other of cards.slice(at + 1)) {
          const isApart =
            other.x >= card.x + card.width ||
            card.x >= other.x + other.width ||
            other.y >= card.y + card.height
          expect(isApart).toBe(true)
        }
      }
    },
  )
})

describe('moving through the overview', () => {
  const to = (from: string | null, movement: Parameters<typeof move>[2]): string | null =>
    move(layout, from, movement, 400)

  it('knows its keys', () => {
    expect(['ArrowUp', 'Home', 'PageDown', 'a'].map(movementOf)).toEqual(['up', 'first', 'pageDown', null])
  })

  it('goes sideways from row to row and from group to group, and stays at the ends', () => {
    expect([to('datum', 'right'), to('board', 'left'), to('tide', 'left'), to('calendar', 'right')]).toEqual([
      'board',
      'datum',
      'tide',
      'calendar',
    ])
  })

  it('goes up and down in its column, or to the last card of a shorter row', () => {
    expect([to('map', 'down'), to('datum', 'down'), to('seed', 'up'), to('tide', 'up')]).toEqual([
      'bread',
      'seed',
      'notes',
      'tide',
    ])
  })

  it('goes to the first, the last and by views', () => {
    expect([to('bread', 'first'), to('bread', 'last'), to('map', 'pageDown'), to('video', 'pageUp')]).toEqual(
      ['tide', 'calendar', 'video', 'map'],
    )
  })

  it('begins at the first card, and nowhere without cards', () => {
    expect(to(null, 'down')).toBe('tide')
    expect(move(layOut([], 800, 0), null, 'down', 400)).toBeNull()
  })
})
