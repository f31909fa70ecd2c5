import type { Popup, ToCompositor } from './wire.ts'

/** The lists shown in one window: one at a time, each answered exactly once. */
export class PopupDesk {
  readonly #tell: (message: ToCompositor) => void
  #popupId = 0
  #choose: ((position: number | null) => void) | null = null

  constructor(tell: (message: ToCompositor) => void) {
    this.#tell = tell
  }

  /** Shows a list; one that is still open is answered with null. */
  open(popup: Omit<Popup, 'popupId'>, choose: (position: number | null) => void): void {
    this.#answer(null)
    this.#choose = choose
    this.#tell({ kind: 'popup', popup: { ...popup, popupId: ++this.#popupId } })
  }

  /** The person chose, or went away from the list. */
  closed(popupId: number, position: number | null): void {
    if (popupId === this.#popupId) this.#answer(position)
  }

  /** Closes what is open. */
  closeAll(): void {
    if (this.#choose) this.#tell({ kind: 'closePopup' })
    this.#answer(null)
  }

  #answer(position: number | null): void {
    const choose = this.#choose
    this.#choose = null
    choose?.(position)
  }
}
