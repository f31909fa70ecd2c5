import type { LinkPreview } from '../../contracts/fetching.ts'
import type { HoveredLink } from '../../contracts/reading-for-chrome.ts'
import type { Clock } from '../../ipc/clock.ts'
import { mayPreview } from './may-preview.ts'

export interface HoverPage {
  readonly tabId: string
  readonly url: string
  readonly isPrivate: boolean
}

export interface LinkHoverOptions {
  readonly clock: Clock
  readonly isOn: () => boolean
  readonly fetchPreview: (url: string, page: HoverPage, signal: AbortSignal) => Promise<LinkPreview>
  readonly announce: (hovered: HoveredLink | null) => void
}

/** A pointer that rests for so long means the link; one that passes over it does not. */
const restMs = 400

/** Tells which link the pointer is on, and what the page behind it says of itself once the pointer rests there. */
export class LinkHover implements Disposable {
  readonly #options: LinkHoverOptions
  #waiting: Disposable | null = null
  #fetching: AbortController | null = null

  constructor(options: LinkHoverOptions) {
    this.#options = options
  }

  /** An empty address says that the pointer has left. */
  over(url: string, page: HoverPage): void {
    const { clock, announce, isOn } = this.#options
    this[Symbol.dispose]()
    if (url === '') {
      announce(null)
      return
    }
    const hovered = { tabId: page.tabId, url: url.slice(0, 2_000) }
    announce({ ...hovered, preview: null })
    // A private page leaves no trace, also not with the site that it shows.
    if (page.isPrivate || !isOn() || !mayPreview(url, page.url)) return
    this.#waiting = clock.after(restMs, () => void this.#fetch(hovered, page))
  }

  [Symbol.dispose](): void {
    this.#waiting?.[Symbol.dispose]()
    this.#fetching?.abort()
    this.#waiting = null
    this.#fetching = null
  }

  async #fetch(hovered: Omit<HoveredLink, 'preview'>, page: HoverPage): Promise<void> {
    const fetching = new AbortController()
    this.#fetching = fetching
    try {
      const preview = await this.#options.fetchPreview(hovered.url, page, fetching.signal)
      if (!fetching.signal.aborted) this.#options.announce({ ...hovered, preview })
    } catch {
      // The address alone is shown.
    }
  }
}
