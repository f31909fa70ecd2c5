import type { OverviewTab, OverviewTabs } from '../../contracts/overview-scene.ts'
import { element } from '../page/elements.ts'
import { SearchBar } from '../page/search-bar.ts'
import type { Surface, Tools, View } from '../page/surface.ts'
import { queryFilter } from '../scene/filter.ts'
import type { Size } from '../scene/painter.ts'
import type { Scene } from '../scene/scene.ts'
import { CardList } from './card-list.ts'
import { type Layout, layOut } from './layout.ts'
import { move, movementOf } from './movement.ts'
import { overviewScene } from './overview-scene.ts'
import { type Order, type Section, sectionsOf } from './sections.ts'
import { summary } from './words.ts'

/** What a person may wish on the overview. */
export interface OverviewWishes {
  readonly choose: (tabId: string) => void
  readonly close: (tabId: string) => void
  readonly restart: (tabId: string) => void
  readonly sleepGroup: (group: string | null) => void
  readonly groupByTopic: () => void
  readonly dismiss: () => void
  readonly search: (query: string) => void
  /** What is seen has changed. */
  readonly redraw: () => void
}

const nothing: OverviewTabs = { tabs: [], groups: [], activeTabId: null }
const noLayout: Layout = { cards: [], headings: [], columns: 1, height: 0, rowHeight: 1 }

/** The grid of all tabs. */
export class Overview implements Surface {
  readonly name = 'overview'
  readonly element: HTMLElement
  readonly #wishes: OverviewWishes
  readonly #bar: SearchBar
  readonly #scroller: HTMLElement
  readonly #list: CardList
  readonly #empty: HTMLElement
  #tabs = nothing
  #order: Order = 'groups'
  #query = ''
  #matches: ReadonlySet<string> = new Set()
  #sections: readonly Section[] = []
  #layout = noLayout
  #size: Size = { width: 0, height: 0 }
  #top = 0
  #current: string | null = null
  #hovered: string | null = null
  #hoveredSleep: number | null = null
  /** The tab whose card the movement begins or ends at. */
  #flying: string | null = null

  constructor(wishes: OverviewWishes) {
    this.#wishes = wishes
    this.#bar = new SearchBar({
      label: 'Search tabs',
      placeholder: 'Search titles, text of pages, or by meaning',
      choices: {
        name: 'Order',
        of: [
          { value: 'groups', label: 'Groups' },
          { value: 'lastUsed', label: 'Last used' },
          { value: 'cost', label: 'Cost' },
        ],
      },
      onQuery: query => this.#search(query),
      onChoice: value => this.#reorder(value),
      onLeave: key => this.#leaveField(key),
      onDismiss: wishes.dismiss,
    })
    this.#bar.addButton('Group by topic', 'layers', wishes.groupByTopic)
    this.#list = new CardList({
      onChoose: tabId => this.#choose(tabId),
      onClose: wishes.close,
      onRestart: wishes.restart,
      onSleep: wishes.sleepGroup,
      onCurrent: tabId => this.#setCurrent(tabId),
      onHover: tabId => {
        this.#hovered = tabId
        wishes.redraw()
      },
      onHoverSleep: section => {
        this.#hoveredSleep = section
        wishes.redraw()
      },
    })
    this.#empty = element('p', { class: 'empty', hidden: '' })
    this.#scroller = element('div', { class: 'scroller' }, this.#list.element)
    this.#scroller.addEventListener('scroll', wishes.redraw, { passive: true })
    this.element = element(
      'main',
      { class: 'surface', 'aria-label': 'Tab overview' },
      this.#bar.element,
      this.#scroller,
      this.#empty,
    )
    this.element.addEventListener('keydown', event => this.#answer(event))
  }

  get count(): number {
    return this.#tabs.tabs.length
  }

  setTabs(tabs: OverviewTabs): void {
    const order = this.#layout.cards.map(card => card.tabId)
    const at = order.indexOf(this.#current ?? '')
    this.#tabs = tabs
    const isThere = tabs.tabs.some(tab => tab.id === this.#current)
    // The card of a tab that was closed leaves the keyboard to its neighbour.
    if (!isThere) {
      const left = new Set(tabs.tabs.map(tab => tab.id))
      const neighbours = [...order.slice(at + 1), ...order.slice(0, Math.max(0, at)).reverse()]
      this.#current = neighbours.find(id => left.has(id)) ?? tabs.activeTabId
    }
    this.#arrange()
  }

  setMatches(query: string, ids: readonly string[]): void {
    if (query !== this.#query) return
    this.#matches = new Set(ids)
    this.#arrange()
  }

  prepare(query: string): void {
    this.#query = query
    this.#bar.field.value = query
    this.#matches = new Set()
    this.#current = this.#tabs.activeTabId
    this.#flying = this.#current
    this.#hovered = null
    this.#arrange()
    this.#list.focus(this.#current)
  }

  leave(): void {
    this.#flying = this.#tabs.activeTabId
  }

  focus(): void {
    if (this.#query === '' && this.#current !== null) this.#list.focus(this.#current)
    else this.#bar.field.focus()
  }

  resize(size: Size): void {
    this.#size = size
    this.#arrange()
  }

  draw(view: View, tools: Tools, wanted: Set<string>): Scene {
    return overviewScene(
      {
        ...view,
        top: this.#top,
        scrolled: this.#scroller.scrollTop,
        layout: this.#layout,
        sections: this.#sections,
        activeTabId: this.#tabs.activeTabId,
        current: this.#current,
        hovered: this.#hovered,
        hoveredSleep: this.#hoveredSleep,
        flying: this.#flying,
      },
      tools,
      wanted,
    )
  }

  #arrange(): void {
    const filter = queryFilter(this.#query, this.#matches)
    const isShown = (tab: OverviewTab): boolean => filter(tab.id, [tab.title, tab.site, tab.url, tab.group])
    this.#sections = sectionsOf(this.#tabs, this.#order, isShown)
    this.#top = this.#bar.element.offsetHeight
    this.element.style.setProperty('--bar-height', `${this.#top}px`)
    this.#layout = layOut(this.#sections, this.#scroller.clientWidth || this.#size.width, 0)
    const { cards } = this.#layout
    if (!cards.some(card => card.tabId === this.#current)) this.#current = cards[0]?.tabId ?? null
    this.#list.show(this.#sections, this.#layout, this.#current, this.#tabs.activeTabId)
    this.#empty.hidden = cards.length > 0
    this.#empty.textContent =
      this.#query === '' ? 'No tab is open.' : `No tab matches “${this.#query}”. Escape clears the search.`
    this.#bar.summary = this.#query === '' ? summary(this.#tabs) : `${cards.length} of ${summary(this.#tabs)}`
    this.#wishes.redraw()
  }

  #search(query: string): void {
    this.#query = query
    this.#matches = new Set()
    this.#arrange()
    this.#scroller.scrollTop = 0
    this.#wishes.search(query)
  }

  #reorder(value: string): void {
    if (value !== 'groups' && value !== 'lastUsed' && value !== 'cost') return
    this.#order = value
    this.#arrange()
    this.#scroller.scrollTop = 0
  }

  #leaveField(key: 'ArrowDown' | 'Enter'): void {
    if (this.#current === null) return
    if (key === 'Enter') this.#choose(this.#current)
    else this.#list.focus(this.#current)
  }

  #setCurrent(tabId: string): void {
    if (this.#current === tabId) return
    this.#current = tabId
    this.#list.setCurrent(tabId)
    this.#wishes.redraw()
  }

  #choose(tabId: string): void {
    this.#setCurrent(tabId)
    this.#flying = tabId
    this.#wishes.choose(tabId)
  }

  #answer(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const isOnCard = event.target instanceof Element && event.target.closest('[role=option]') !== null
    const movement = isOnCard ? movementOf(event.key) : null
    if (movement !== null) {
      event.preventDefault()
      const to = move(this.#layout, this.#current, movement, this.#scroller.clientHeight)
      if (to !== null) this.#setCurrent(to)
      this.#list.focus(to)
      return
    }
    if (event.key === '/' || event.key === 'Escape') event.preventDefault()
    if (event.key === '/') this.#bar.field.focus()
    else if (event.key === 'Escape') this.#wishes.dismiss()
    else if (isOnCard && this.#current !== null) this.#answerOnCard(event, this.#current)
  }

  #answerOnCard(event: KeyboardEvent, tabId: string): void {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      this.#choose(tabId)
    } else if (event.key === 'Delete') {
      event.preventDefault()
      this.#wishes.close(tabId)
    } else if (event.key.length === 1) {
      // A letter begins a search: it goes into the field, which has the focus by the time it is written.
      this.#bar.field.focus()
    }
  }
}
