import { type IconName, iconElement } from '../scene/icons.ts'
import { element } from './elements.ts'

export interface Choice {
  readonly value: string
  readonly label: string
}

export interface SearchBarOptions {
  readonly label: string
  readonly placeholder: string
  /** A choice of one, beside the field. */
  readonly choices: { readonly name: string; readonly of: readonly Choice[] }
  readonly onQuery: (query: string) => void
  readonly onChoice: (value: string) => void
  /** Down and Enter go on to what was found. */
  readonly onLeave: (key: 'ArrowDown' | 'Enter') => void
  readonly onDismiss: () => void
}

/** The strip above a surface: a search field, a choice, words about what there is, and buttons. */
export class SearchBar {
  readonly element: HTMLElement
  readonly field: HTMLInputElement
  readonly #summary: HTMLElement
  readonly #end: HTMLElement
  readonly #options: SearchBarOptions

  constructor(options: SearchBarOptions) {
    this.#options = options
    this.field = element('input', {
      type: 'search',
      'aria-label': options.label,
      placeholder: options.placeholder,
      autocomplete: 'off',
      spellcheck: 'false',
    })
    const key = element('kbd', { 'aria-hidden': 'true' }, '/')
    const box = element('label', { class: 'field' }, iconElement(document, 'search'), this.field, key)
    this.#summary = element('p', { class: 'summary', role: 'status' })
    this.#end = element('div', { class: 'bar-end' }, this.#summary)
    this.element = element(
      'search',
      { class: 'bar', 'aria-label': options.label },
      box,
      this.#makeChoices(),
      this.#end,
    )
    this.field.addEventListener('input', () => options.onQuery(this.field.value))
    this.field.addEventListener('keydown', event => this.#answer(event))
  }

  /** Said politely when it changes. */
  set summary(text: string) {
    if (this.#summary.textContent !== text) this.#summary.textContent = text
  }

  addButton(label: string, icon: IconName, onPress: () => void, isSmall = false): HTMLButtonElement {
    const button = element('button', { type: 'button', class: isSmall ? 'button button--icon' : 'button' })
    button.append(iconElement(document, icon))
    if (isSmall) {
      button.setAttribute('aria-label', label)
      button.title = label
    } else button.append(label)
    button.addEventListener('click', onPress)
    this.#end.append(button)
    return button
  }

  choose(value: string): void {
    const chosen = this.element.querySelector<HTMLInputElement>(`input[type=radio][value="${value}"]`)
    if (chosen !== null) chosen.checked = true
  }

  #makeChoices(): HTMLElement {
    const { name, of } = this.#options.choices
    const group = element('div', { class: 'choices', role: 'radiogroup', 'aria-label': name })
    for (const [index, { value, label }] of of.entries()) {
      const radio = element('input', { type: 'radio', name, value })
      radio.checked = index === 0
      radio.addEventListener('change', () => this.#options.onChoice(value))
      group.append(element('label', {}, radio, element('span', {}, label)))
    }
    return group
  }

  #answer(event: KeyboardEvent): void {
    if (event.isComposing) return
    switch (event.key) {
      case 'Escape':
        event.preventDefault()
        event.stopPropagation()
        if (this.field.value === '') this.#options.onDismiss()
        else {
          this.field.value = ''
          this.#options.onQuery('')
        }
        return
      case 'ArrowDown':
      case 'Enter':
        event.preventDefault()
        event.stopPropagation()
        this.#options.onLeave(event.key)
        return
      default:
        // Keys that mean something to the cards are letters here.
        event.stopPropagation()
    }
  }
}
