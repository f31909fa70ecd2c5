import type { DevToolsSession } from '../chromium/devtools.ts'
import type { FaceView } from '../main/face.ts'
import { rgbaOf } from './color.ts'
import type { Frame } from './frame-queue.ts'
import { ViewCast } from './view-cast.ts'
import { type SelectRequest, ViewHelper } from './view-helper.ts'
import { ViewInput } from './view-input.ts'
import type { Box, KeyMessage, MouseMessage, Popup, ToCompositor } from './wire.ts'
import { zoomOf } from './zoom.ts'

/** What a view's link needs of its window. */
export interface ViewLinkHost {
  push(frame: Frame): void
  tell(message: ToCompositor): void
  /** Shows a list and answers with the place chosen, or null. */
  openPopup(popup: Omit<Popup, 'popupId'>, choose: (position: number | null) => void): void
  /** Resolves when what was copied elsewhere can be pasted. */
  clipboardSettled(): Promise<void>
}

/** Everything between one view and the window that shows it: its pictures out, the person's input in. */
export class ViewLink implements Disposable {
  readonly session: DevToolsSession
  readonly input: ViewInput
  readonly #host: ViewLinkHost
  readonly #helper: ViewHelper
  #cast: ViewCast
  #view: FaceView
  #zoom = 1
  #isFocused = false
  #background: string | null = null
  #lastPress = { x: 0, y: 0 }
  #keysWait: Promise<void> | null = null

  constructor(view: FaceView, host: ViewLinkHost) {
    this.session = view.session
    this.#view = view
    this.#host = host
    this.input = new ViewInput(view.session)
    this.#helper = new ViewHelper(view.session, {
      hover: (cursor, tooltip) => host.tell({ kind: 'hover', viewId: view.viewId, cursor, tooltip }),
      select: request => this.#openSelect(request),
    })
    this.#applyBackground()
    this.#cast = this.#newCast()
  }

  get cast(): ViewCast {
    return this.#cast
  }

  setView(view: FaceView): void {
    const { width, height } = this.#view.bounds
    this.#view = view
    if (view.bounds.width !== width || view.bounds.height !== height) this.#cast.sizeChanged()
    this.#applyBackground()
  }

  setFocused(isFocused: boolean): void {
    if (this.#isFocused === isFocused) return
    this.#isFocused = isFocused
    this.session.send('Emulation.setFocusEmulationEnabled', { enabled: isFocused }).catch(() => {})
  }

  mouse(message: MouseMessage): void {
    if (message.type === 'down') this.#lastPress = { x: message.x, y: message.y }
    this.input.mouse(message)
  }

  /** Keys arrive in their order, also when a paste among them has to wait for the screen's clipboard. */
  key(message: KeyMessage): void {
    if (!this.#keysWait && !isPaste(message)) {
      this.input.key(message)
      return
    }
    const before = this.#keysWait ?? Promise.resolve()
    const waiting = before
      .then(() => (isPaste(message) ? this.#host.clipboardSettled() : undefined))
      .then(() => {
        this.input.key(message)
        if (this.#keysWait === waiting) this.#keysWait = null
      })
    this.#keysWait = waiting
  }

  /** Sends everything again: the page that shows it has begun anew. */
  restart(): void {
    this.#cast[Symbol.dispose]()
    this.#cast = this.#newCast()
  }

  [Symbol.dispose](): void {
    this.#cast[Symbol.dispose]()
    this.#helper[Symbol.dispose]()
    this.input[Symbol.dispose]()
  }

  #newCast(): ViewCast {
    return new ViewCast({
      viewId: this.#view.viewId,
      session: this.session,
      // Only PNG knows what can be seen through.
      format: rgbaOf(this.#view.backgroundColor ?? 'white').a < 1 ? 'png' : 'jpeg',
      zoomOf: page => this.#zoomOf(page),
      push: frame => this.#host.push(frame),
    })
  }

  #zoomOf(page: { readonly width: number; readonly height: number }): number {
    this.#zoom = zoomOf(this.#view.bounds, page) ?? this.#zoom
    this.input.zoom = this.#zoom
    return this.#zoom
  }

  /** What shows where the page paints nothing. */
  #applyBackground(): void {
    const { backgroundColor } = this.#view
    if (backgroundColor === this.#background) return
    this.#background = backgroundColor
    const color = backgroundColor === null ? undefined : rgbaOf(backgroundColor)
    this.session.send('Emulation.setDefaultBackgroundColorOverride', color ? { color } : {}).catch(() => {})
  }

  #openSelect(request: SelectRequest): void {
    const { bounds } = this.#view
    const zoom = this.#zoom
    // The document may be a frame somewhere in the page: the press was at a known place of the view.
    const shift = request.pointer
      ? { x: this.#lastPress.x - request.pointer.x * zoom, y: this.#lastPress.y - request.pointer.y * zoom }
      : { x: 0, y: 0 }
    const anchor: Box = {
      x: bounds.x + shift.x + request.box.x * zoom,
      y: bounds.y + shift.y + request.box.y * zoom,
      width: request.box.width * zoom,
      height: request.box.height * zoom,
    }
    this.#host.openPopup({ anchor, items: request.items, fontSizePx: request.fontSizePx * zoom }, position =>
      request.choose(position),
    )
  }
}

const control = 2
const shift = 8

function isPaste(message: KeyMessage): boolean {
  if (message.type !== 'down') return false
  const hasControl = (message.modifiers & control) !== 0
  const hasShift = (message.modifiers & shift) !== 0
  return (hasControl && message.code === 'KeyV') || (hasShift && message.key === 'Insert')
}
