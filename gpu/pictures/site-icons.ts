import type { Lettering, Placed } from '../scene/lettering.ts'

/** Icons of sites, decoded once. What cannot be decoded is never drawn. */
export class SiteIcons {
  readonly #lettering: Lettering
  readonly #onDecoded: () => void
  readonly #icons = new Map<string, { readonly key: string; image: HTMLImageElement | null }>()

  constructor(lettering: Lettering, onDecoded: () => void) {
    this.#lettering = lettering
    this.#onDecoded = onDecoded
  }

  /** The icon in the atlas; null until it is decoded. */
  find(dataUrl: string): Placed | null {
    const known = this.#icons.get(dataUrl)
    if (known === undefined) {
      this.#decode(dataUrl)
      return null
    }
    return known.image === null ? null : this.#lettering.image(known.key, 16, 3, known.image)
  }

  /** Forgets the icons of tabs that are no more. */
  keepOnly(dataUrls: ReadonlySet<string>): void {
    for (const dataUrl of [...this.#icons.keys()]) if (!dataUrls.has(dataUrl)) this.#icons.delete(dataUrl)
  }

  #decode(dataUrl: string): void {
    const icon: { readonly key: string; image: HTMLImageElement | null } = {
      key: crypto.randomUUID(),
      image: null,
    }
    this.#icons.set(dataUrl, icon)
    // Anything else would be an address, which the page's policy refuses too.
    if (!dataUrl.startsWith('data:image/')) return
    const image = new Image()
    image.src = dataUrl
    image.decode().then(
      () => {
        icon.image = image
        this.#onDecoded()
      },
      () => {},
    )
  }
}
