import { element, placeAt } from '../page/elements.ts'
import type { SeenPoint } from './map-scene.ts'

/** So many points are named to readers: those in sight that weigh most. */
const mostOptions = 200

/** The points in sight for keys and readers: options over what is drawn, which are not seen themselves. */
export class PointList {
  readonly element = element('ul', { class: 'points', role: 'listbox', 'aria-label': 'Pages by meaning' })

  /** Shows these points, the heaviest last. The current one keeps its place among them, and the focus. */
  show(seen: readonly SeenPoint[], currentId: string | null): void {
    const hadFocus = this.element.contains(document.activeElement)
    const named = seen.slice(-mostOptions)
    const current = seen.find(({ point }) => point.id === currentId)
    if (current !== undefined && !named.includes(current)) named.unshift(current)
    this.element.replaceChildren(...named.toReversed().map(one => option(one, one === current)))
    if (hadFocus) this.focus()
  }

  /** Gives the keyboard to the current point. */
  focus(): void {
    this.element.querySelector<HTMLElement>('[aria-selected=true]')?.focus({ preventScroll: true })
  }
}

function option({ point, x, y, radius }: SeenPoint, isCurrent: boolean): HTMLElement {
  const made = element('li', {
    role: 'option',
    'aria-label': `${point.label}, ${point.detail}${point.kind === 'tab' ? ', open' : ''}`,
    'aria-selected': String(isCurrent),
    'data-point': point.id,
    tabindex: isCurrent ? '0' : '-1',
  })
  placeAt(made, { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius })
  return made
}
