import type { FaceView } from '../main/face.ts'
import { FrameQueue } from './frame-queue.ts'
import { coveredViews, isShown } from './layout.ts'
import { PopupDesk } from './popup-desk.ts'
import { ViewLink } from './view-link.ts'
import type { ToCompositor } from './wire.ts'

/** What the views of a window need of it. */
export interface ShownViewsHost {
  tell(message: ToCompositor): void
  /** Sends a frame on its way; false when nobody takes it. */
  write(record: readonly Uint8Array[]): boolean
  /** Resolves when what was copied elsewhere can be pasted. */
  clipboardSettled(): Promise<void>
}

/** What of a window decides which of its views are seen, and which has the keyboard. */
export interface Stance {
  readonly size: { readonly width: number; readonly height: number }
  readonly isMinimized: boolean
  /** null when the window has not the keyboard, or none of its views has. */
  readonly focusedViewId: number | null
}

/** The views of one window while it is on the screen: those that can be seen are cast, the others are not. */
export class ShownViews {
  readonly popups: PopupDesk
  readonly #host: ShownViewsHost
  readonly #queue: FrameQueue
  readonly #links = new Map<number, ViewLink>()

  constructor(host: ShownViewsHost) {
    this.#host = host
    this.#queue = new FrameQueue(record => host.write(record))
    this.popups = new PopupDesk(message => host.tell(message))
  }

  /** The way to a view and back, or null when the window does not have it. */
  link(viewId: number | null): ViewLink | null {
    return viewId === null ? null : (this.#links.get(viewId) ?? null)
  }

  update(views: readonly FaceView[], stance: Stance): void {
    const covered = coveredViews(views, stance.size)
    const known = new Set(views.map(view => view.viewId))
    for (const [viewId, link] of this.#links) if (!known.has(viewId)) this.#unlink(viewId, link)
    for (const view of views) {
      const link = this.#linkOf(view)
      link.setView(view)
      const isSeen = isShown(view) && !covered.has(view.viewId) && !stance.isMinimized
      if (isSeen) link.cast.start()
      else link.cast.stop()
      link.setFocused(view.viewId === stance.focusedViewId)
    }
  }

  painted(viewId: number): void {
    this.#queue.painted(viewId)
  }

  /** The page that shows them has begun anew: everything is sent again with the next update. */
  restart(): void {
    this.#queue.reset()
    for (const link of this.#links.values()) link.restart()
  }

  /** The window has gone from the screen. */
  clear(): void {
    this.popups.closeAll()
    for (const [viewId, link] of this.#links) this.#unlink(viewId, link)
  }

  #linkOf(view: FaceView): ViewLink {
    const known = this.#links.get(view.viewId)
    if (known?.session === view.session) return known
    if (known) this.#unlink(view.viewId, known)
    const link = new ViewLink(view, {
      push: frame => this.#queue.push(frame),
      tell: message => this.#host.tell(message),
      openPopup: (popup, choose) => this.popups.open(popup, choose),
      clipboardSettled: () => this.#host.clipboardSettled(),
    })
    this.#links.set(view.viewId, link)
    return link
  }

  #unlink(viewId: number, link: ViewLink): void {
    this.#links.delete(viewId)
    this.#queue.forget(viewId)
    link[Symbol.dispose]()
  }
}
