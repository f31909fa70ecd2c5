import type { OverviewTab } from '../../contracts/overview-scene.ts'
import { element, placeAt } from '../page/elements.ts'
import { iconElement } from '../scene/icons.ts'
import { restartBox } from './card-quads.ts'
import type { CardBox, Layout } from './layout.ts'
import { sleepButton } from './overview-scene.ts'
import type { Section } from './sections.ts'
import { cardName, costWords, countText } from './words.ts'

export interface CardListOptions {
  readonly onChoose: (tabId: string) => void
  readonly onClose: (tabId: string) => void
  readonly onRestart: (tabId: string) => void
  readonly onSleep: (group: string | null) => void
  /** A card was reached by the keyboard or pressed. */
  readonly onCurrent: (tabId: string) => void
  readonly onHover: (tabId: string | null) => void
  readonly onHoverSleep: (section: number | null) => void
}

/**
 * The cards for keys and readers: a list box for each section, an option for each tab, over what is drawn. They are not
 * seen themselves, but for the button that closes a card that is pointed at.
 */
export class CardList {
  /** Scrolled by its parent. */
  readonly element = element('div', { class: 'cards' })
  readonly #options: CardListOptions
  readonly #cards = new Map<string, HTMLElement>()
  readonly #closer: HTMLButtonElement
  #hovered: string | null = null
  #layout: Layout | null = null
  /** Of what is shown: the places of all cards, and what buttons there are. */
  #arrangement = ''

  constructor(options: CardListOptions) {
    this.#options = options
    // For the pointer alone: with keys a card is closed by Delete.
    this.#closer = element('button', {
      type: 'button',
      class: 'closer',
      tabindex: '-1',
      'aria-hidden': 'true',
    })
    this.#closer.append(iconElement(document, 'cross'))
    this.#closer.title = 'Close tab'
    this.#closer.addEventListener('click', () => this.#hovered !== null && options.onClose(this.#hovered))
    this.element.addEventListener('pointerover', event => this.#hover(event))
    this.element.addEventListener('pointerleave', () => this.#setHovered(null))
    this.element.addEventListener('click', event => {
      const tabId = tabOf(event.target)
      if (tabId !== null) options.onChoose(tabId)
    })
    this.element.addEventListener('auxclick', event => {
      const tabId = tabOf(event.target)
      if (event.button === 1 && tabId !== null) options.onClose(tabId)
    })
    this.element.addEventListener('focusin', event => {
      const tabId = tabOf(event.target)
      if (tabId !== null) options.onCurrent(tabId)
    })
  }

  /** Shows these cards and no others. The focus stays on its tab where that is still there. */
  show(
    sections: readonly Section[],
    layout: Layout,
    current: string | null,
    activeTabId: string | null,
  ): void {
    const arrangement = JSON.stringify([
      layout,
      sections.map(({ title, canSleep, tabs }) => [title, canSleep, tabs.map(tab => tab.state)]),
    ])
    if (arrangement === this.#arrangement) {
      // Costs change every second: what a reader or a pointer is at must stay the same element.
      for (const { tabs } of sections) for (const tab of tabs) this.#describe(tab, tab.id === activeTabId)
      this.setCurrent(current)
      return
    }
    this.#arrangement = arrangement
    const focused = document.activeElement
    const focusedTab =
      focused instanceof HTMLElement && this.element.contains(focused) ? tabOf(focused) : null
    this.#layout = layout
    this.#cards.clear()
    const boxes = new Map(layout.cards.map(card => [card.tabId, card]))
    const parts = sections.map((section, index) => this.#section(section, index, layout, boxes, activeTabId))
    this.element.replaceChildren(...parts, this.#closer)
    this.element.style.height = `${layout.height}px`
    this.setCurrent(current)
    if (focusedTab !== null) this.focus(current)
    this.#setHovered(this.#hovered !== null && boxes.has(this.#hovered) ? this.#hovered : null)
  }

  setCurrent(current: string | null): void {
    for (const [tabId, option] of this.#cards) {
      const isCurrent = tabId === current
      option.setAttribute('aria-selected', String(isCurrent))
      option.tabIndex = isCurrent ? 0 : -1
    }
  }

  focus(tabId: string | null): void {
    if (tabId === null) return
    const option = this.#cards.get(tabId)
    option?.focus({ preventScroll: true })
    option?.scrollIntoView({ block: 'nearest' })
  }

  #section(
    section: Section,
    index: number,
    layout: Layout,
    boxes: ReadonlyMap<string, CardBox>,
    activeTabId: string | null,
  ): HTMLElement {
    const list = element('ul', { role: 'listbox', 'aria-label': section.title })
    const part = element('section', {}, element('h2', { class: 'unseen' }, section.title), list)
    for (const tab of section.tabs) {
      const box = boxes.get(tab.id)
      if (box === undefined) continue
      list.append(this.#option(tab, box, tab.id === activeTabId))
      if (tab.state === 'stopped') part.append(this.#restart(tab, box))
    }
    const heading = layout.headings[index]
    if (section.canSleep && heading !== undefined) part.append(this.#sleep(section, index, heading))
    return part
  }

  #option(tab: OverviewTab, box: CardBox, isActive: boolean): HTMLElement {
    const description = costWords(tab)
    const option = element('li', {
      role: 'option',
      'aria-keyshortcuts': 'Enter Delete',
      'data-tab': tab.id,
      ...(description === '' ? {} : { 'aria-description': description }),
    })
    placeAt(option, box)
    this.#cards.set(tab.id, option)
    this.#describe(tab, isActive)
    return option
  }

  #describe(tab: OverviewTab, isActive: boolean): void {
    const option = this.#cards.get(tab.id)
    if (option === undefined) return
    const name = cardName(tab, isActive)
    if (option.getAttribute('aria-label') !== name) option.setAttribute('aria-label', name)
    if (isActive) option.setAttribute('aria-current', 'true')
    else option.removeAttribute('aria-current')
  }

  #restart(tab: OverviewTab, box: CardBox): HTMLElement {
    const button = element('button', { type: 'button', 'aria-label': `Restart ${tab.title}` })
    placeAt(button, restartBox(box))
    button.addEventListener('click', () => this.#options.onRestart(tab.id))
    return button
  }

  #sleep(section: Section, index: number, heading: { x: number; y: number; width: number }): HTMLElement {
    const label = `Sleep group ${section.title}, ${countText(section.tabs.length)}`
    const button = element('button', { type: 'button', 'aria-label': label })
    placeAt(button, { x: heading.x + heading.width - sleepButton.width, y: heading.y, ...sleepButton })
    button.addEventListener('click', () => this.#options.onSleep(section.group))
    button.addEventListener('pointerenter', () => this.#options.onHoverSleep(index))
    button.addEventListener('pointerleave', () => this.#options.onHoverSleep(null))
    return button
  }

  #hover(event: PointerEvent): void {
    if (
      event.target === this.#closer ||
      this.#closer.contains(event.target instanceof Node ? event.target : null)
    )
      return
    this.#setHovered(tabOf(event.target))
  }

  #setHovered(tabId: string | null): void {
    const box = this.#layout?.cards.find(card => card.tabId === tabId)
    this.#closer.hidden = box === undefined
    if (box !== undefined)
      placeAt(this.#closer, { x: box.x + box.width - 30, y: box.y + 6, width: 24, height: 24 })
    if (this.#hovered === tabId) return
    this.#hovered = tabId
    this.#options.onHover(tabId)
  }
}

function tabOf(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null
  return target.closest('[role=option]')?.getAttribute('data-tab') ?? null
}
