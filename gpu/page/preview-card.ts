import { element } from './elements.ts'

/** A tab in small, as it is shown under the pointer: its picture where there is one, its title, and where it is. */
export class PreviewCard {
  readonly element: HTMLElement
  readonly #canvas = element('canvas', { class: 'preview__picture' })
  readonly #title = element('p', { class: 'preview__title' })
  readonly #detail = element('p', { class: 'preview__detail' })
  #shown = 0

  constructor() {
    this.element = element('section', { class: 'preview' }, this.#canvas, this.#title, this.#detail)
    this.element.hidden = true
  }

  /** Resolves when it stands as it is to be seen. A later call takes the place of one whose picture is not there yet. */
  async show(
    title: string,
    detail: string,
    picture: { readonly mediaType: string; readonly bytes: Uint8Array } | null,
  ): Promise<void> {
    this.#shown += 1
    const number = this.#shown
    const bitmap =
      picture === null
        ? null
        : await createImageBitmap(new Blob([new Uint8Array(picture.bytes)], { type: picture.mediaType }))
    try {
      if (this.#shown !== number) return
      this.#title.textContent = title
      this.#detail.textContent = detail
      this.#canvas.hidden = bitmap === null
      if (bitmap !== null) {
        this.#canvas.width = bitmap.width
        this.#canvas.height = bitmap.height
        this.#canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
      }
      this.element.hidden = false
    } finally {
      bitmap?.close()
    }
  }

  hide(): void {
    this.#shown += 1
    this.element.hidden = true
  }
}
