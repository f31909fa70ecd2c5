import { EventEmitter } from 'node:events'
import type { WebPreferences } from 'electron'
import type { AttachedTarget } from '../chromium/browser.ts'
import type { Rectangle } from './face.ts'
import { WebContents } from './web-contents.ts'

/** What a tree of views tells to the window it is in. */
export interface ViewHost {
  /** Something of what is to be seen changed. */
  layoutChanged(): void
}

/** Electron's View: a rectangle in a window, with others inside. */
export class View extends EventEmitter {
  readonly #children: View[] = []
  #parent: View | null = null
  #host: ViewHost | null = null
  #bounds: Rectangle = { x: 0, y: 0, width: 0, height: 0 }
  #isVisible = true
  #backgroundColor: string | null = null
  #borderRadius = 0

  get children(): View[] {
    return [...this.#children]
  }

  /** @internal */
  get backgroundColor(): string | null {
    return this.#backgroundColor
  }

  /** @internal */
  get borderRadius(): number {
    return this.#borderRadius
  }

  /** @internal The window the view is in, or null. */
  get host(): ViewHost | null {
    return this.#parent ? this.#parent.host : this.#host
  }

  /** @internal Only the root view of a window has one of its own. */
  setHost(host: ViewHost | null): void {
    this.#host = host
  }

  addChildView(view: View, index?: number): void {
    if (!(view instanceof View))
      throw new TypeError('Error processing argument at index 0, conversion failure from view')
    if (view === this) throw new Error('A view cannot be added as its own child')
    view.#parent?.removeChildView(view)
    const at =
      index === undefined ? this.#children.length : Math.min(Math.max(0, index), this.#children.length)
    this.#children.splice(at, 0, view)
    view.#parent = this
    this.#changed()
  }

  removeChildView(view: View): void {
    const index = this.#children.indexOf(view)
    if (index === -1) return
    const host = this.host
    this.#children.splice(index, 1)
    view.#parent = null
    view.removedFromWindow()
    host?.layoutChanged()
  }

  /** @internal The view and all inside are in no window any more. */
  removedFromWindow(): void {
    for (const child of this.#children) child.removedFromWindow()
  }

  setBounds(bounds: Rectangle): void {
    const { x, y, width, height } = bounds
    if (![x, y, width, height].every(Number.isFinite))
      throw new TypeError('Error processing argument at index 0, conversion failure')
    const next = { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) }
    const { x: oldX, y: oldY, width: oldWidth, height: oldHeight } = this.#bounds
    if (next.x === oldX && next.y === oldY && next.width === oldWidth && next.height === oldHeight) return
    this.#bounds = next
    this.#changed()
    this.emit('bounds-changed')
  }

  getBounds(): Rectangle {
    return { ...this.#bounds }
  }

  setVisible(isVisible: boolean): void {
    if (this.#isVisible === Boolean(isVisible)) return
    this.#isVisible = Boolean(isVisible)
    this.#changed()
  }

  getVisible(): boolean {
    return this.#isVisible
  }

  setBackgroundColor(color: string): void {
    this.#backgroundColor = color
    this.#changed()
  }

  setBorderRadius(radius: number): void {
    this.#borderRadius = radius
    this.#changed()
  }

  setBackgroundBlur(_radius: number): void {}

  #changed(): void {
    this.host?.layoutChanged()
  }
}

export interface WebContentsViewOptions {
  readonly webContents?: unknown
  readonly webPreferences?: WebPreferences
}

/** Electron's WebContentsView: a view that shows a page. */
export class WebContentsView extends View {
  readonly #webContents: WebContents

  constructor(options: WebContentsViewOptions = {}, adopted?: AttachedTarget) {
    super()
    const { webContents, webPreferences } = options
    if (webContents !== undefined && !(webContents instanceof WebContents))
      throw new TypeError('options.webContents must be a WebContents')
    this.#webContents =
      webContents ??
      new WebContents({ webPreferences: webPreferences ?? {}, ...(adopted ? { adopted } : {}) })
    viewOf.set(this.#webContents, this)
  }

  get webContents(): WebContents {
    return this.#webContents
  }

  /** @internal */
  override removedFromWindow(): void {
    super.removedFromWindow()
    this.#webContents.setShown(false)
    this.#webContents.setFocused(false)
  }
}

const viewOf = new WeakMap<WebContents, WebContentsView>()

/** @internal The view that shows a page. */
export function viewOfWebContents(webContents: WebContents): WebContentsView | null {
  return viewOf.get(webContents) ?? null
}
