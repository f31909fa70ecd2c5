import type { Popup } from '../../windowed/wire.ts'
import { tell } from './bridge.ts'

/** A list to choose from, over everything else in the window. One at a time. */
export class PopupList {
  readonly #root: HTMLElement
  #shown: {
    readonly popup: Popup
    readonly cover: HTMLElement
    active: number
    readonly rows: HTMLElement[]
  } | null = null

  constructor(root: HTMLElement) {
    this.#root = root
  }

  open(popup: Popup): void {
    this.close()
    const cover = document.createElement('div')
    cover.className = 'popup-cover'
    const list = document.createElement('div')
    list.className = 'popup'
    list.style.fontSize = `${popup.fontSizePx}px`
    list.style.minWidth = `${popup.anchor.width}px`
    const rows = popup.items.map((item, index) => {
      const row = document.createElement('div')
      row.className = `popup-${item.kind}`
      row.textContent = item.label
      row.toggleAttribute('data-disabled', !item.isEnabled)
      row.addEventListener('mousemove', () => this.#activate(index))
      row.addEventListener('mouseup', () => this.#choose(index))
      return row
    })
    list.append(...rows)
    cover.append(list)
    cover.addEventListener('mousedown', event => {
      event.stopPropagation()
      event.preventDefault()
      if (event.target === cover) this.#finish(null)
    })
    // Moves and releases go on: the view where the button went down must hear of its release.
    cover.addEventListener('wheel', event => event.stopPropagation())
    this.#root.append(cover)
    position(list, popup)
    this.#shown = { popup, cover, rows, active: popup.items.findIndex(item => item.isChosen) }
    this.#activate(this.#shown.active)
    addEventListener('blur', this.#blurred)
  }

  close(): void {
    if (!this.#shown) return
    this.#shown.cover.remove()
    this.#shown = null
    removeEventListener('blur', this.#blurred)
  }

  readonly #blurred = (): void => this.#finish(null)

  /** Takes a key while a list is open; false when none is. */
  takeKey(type: 'down' | 'up', event: KeyboardEvent): boolean {
    if (!this.#shown) return false
    event.preventDefault()
    if (type === 'down') this.#keyDown(event, this.#shown.active)
    return true
  }

  #keyDown(event: KeyboardEvent, active: number): void {
    switch (event.key) {
      case 'ArrowDown':
        this.#step(1)
        return
      case 'ArrowUp':
        this.#step(-1)
        return
      case 'Enter':
      case ' ':
        this.#choose(active)
        return
      case 'Escape':
      case 'Tab':
        this.#finish(null)
        return
      default:
        this.#search(event.key)
    }
  }

  #step(direction: 1 | -1): void {
    const shown = this.#shown
    if (!shown) return
    const { items } = shown.popup
    for (let index = shown.active + direction; index >= 0 && index < items.length; index += direction) {
      if (!canChoose(items[index])) continue
      this.#activate(index)
      return
    }
  }

  #search(letter: string): void {
    const shown = this.#shown
    if (!shown || letter.length !== 1) return
    const { items } = shown.popup
    for (let step = 1; step <= items.length; step++) {
      const index = (shown.active + step) % items.length
      const item = items[index]
      if (!canChoose(item) || !item.label.toLowerCase().startsWith(letter.toLowerCase())) continue
      this.#activate(index)
      return
    }
  }

  #activate(index: number): void {
    const shown = this.#shown
    if (!shown || !canChoose(shown.popup.items[index])) return
    shown.rows[shown.active]?.removeAttribute('data-active')
    shown.active = index
    const row = shown.rows[index]
    row?.setAttribute('data-active', '')
    row?.scrollIntoView({ block: 'nearest' })
  }

  #choose(index: number): void {
    if (canChoose(this.#shown?.popup.items[index])) this.#finish(index)
  }

  #finish(chosenIndex: number | null): void {
    const popupId = this.#shown?.popup.popupId
    this.close()
    if (popupId !== undefined) tell({ kind: 'popupClosed', popupId, chosenIndex })
  }
}

function canChoose(item: Popup['items'][number] | undefined): item is Popup['items'][number] {
  return item?.kind === 'choice' && item.isEnabled
}

function position(list: HTMLElement, popup: Popup): void {
  const { anchor } = popup
  const marginPx = 4
  const below = innerHeight - (anchor.y + anchor.height) - marginPx
  const above = anchor.y - marginPx
  const isBelow = list.offsetHeight <= below || below >= above
  list.style.maxHeight = `${Math.max(24, isBelow ? below : above)}px`
  list.style.left = `${Math.max(0, Math.min(anchor.x, innerWidth - list.offsetWidth))}px`
  list.style.top = isBelow
    ? `${anchor.y + anchor.height}px`
    : `${Math.max(0, anchor.y - list.offsetHeight)}px`
}
