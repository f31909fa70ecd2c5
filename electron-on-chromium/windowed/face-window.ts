import type {
  BaseWindowLike,
  FacePane,
  FaceView,
  FaceWindow,
  FaceWindowEvents,
  FaceWindowState,
  Rectangle,
} from '../main/face.ts'
import type { ClipboardBridge } from './clipboard-bridge.ts'
import { FrameQueue } from './frame-queue.ts'
import { inputOf } from './key-input.ts'
import { coveredViews, isShown, layoutOf } from './layout.ts'
import { PopupDesk } from './popup-desk.ts'
import { ViewLink } from './view-link.ts'
import type { WindowPage, WindowPageListener } from './window-page.ts'
import type { FromCompositor, KeyMessage, MouseMessage } from './wire.ts'
import type { SizeLimits } from './x11/window.ts'

/** Opens the window on the screen; `listener` is told of everything that happens in it. */
export type OpenPage = (bounds: Rectangle, listener: WindowPageListener) => Promise<WindowPage>

/** One BaseWindow on the screen. It has a window there only while it is shown. */
export class WindowedFaceWindow implements FaceWindow, WindowPageListener {
  readonly #openPage: OpenPage
  readonly #log: (line: string) => void
  readonly #clipboard: ClipboardBridge
  readonly #popups = new PopupDesk(message => this.#page?.tell(message))
  readonly #listeners = new Map<keyof FaceWindowEvents, Set<(...values: never[]) => unknown>>()
  readonly #links = new Map<number, ViewLink>()
  readonly #queue = new FrameQueue(record => this.#page?.write(record) ?? false)
  #page: WindowPage | null = null
  #isWanted = false
  #isClosed = false
  #views: readonly FaceView[] = []
  #panes: readonly FacePane[] = []
  #bounds: Rectangle
  #title: string
  #backgroundColor: string
  /** As last seen on the screen. */
  #state: FaceWindowState = 'normal'
  #wantedState: FaceWindowState
  #sizeLimits: SizeLimits
  readonly #isFrameless: boolean
  #isResizable: boolean
  #isAlwaysOnTop = false
  #isFocused = false
  #focusedViewId: number | null = null

  constructor(
    window: BaseWindowLike,
    services: {
      readonly openPage: OpenPage
      readonly clipboard: ClipboardBridge
      /** Takes a line about what went wrong with showing. */
      readonly log: (line: string) => void
    },
  ) {
    this.#openPage = services.openPage
    this.#clipboard = services.clipboard
    this.#log = services.log
    this.#bounds = window.bounds
    this.#title = window.title
    this.#backgroundColor = window.backgroundColor
    this.#wantedState = window.isFullScreen ? 'fullscreen' : 'normal'
    this.#sizeLimits = { minimum: window.minimumSize, maximum: window.maximumSize }
    this.#isFrameless = window.isFrameless
    this.#isResizable = window.isResizable
    if (window.isShown) this.show({ takesFocus: true })
  }

  setBounds(bounds: Rectangle): void {
    this.#bounds = bounds
    this.#page?.setBounds(bounds)
  }

  setTitle(title: string): void {
    this.#title = title
    this.#page?.tell({ kind: 'title', title })
  }

  setResizable(isResizable: boolean): void {
    this.#isResizable = isResizable
    this.#applySizeLimits()
  }

  setMinimumSize(width: number, height: number): void {
    this.#sizeLimits = { ...this.#sizeLimits, minimum: [width, height] }
    this.#applySizeLimits()
  }

  setMaximumSize(width: number, height: number): void {
    this.#sizeLimits = { ...this.#sizeLimits, maximum: [width, height] }
    this.#applySizeLimits()
  }

  setBackgroundColor(color: string): void {
    this.#backgroundColor = color
    this.#applyLayout()
  }

  setAlwaysOnTop(isAlwaysOnTop: boolean): void {
    this.#isAlwaysOnTop = isAlwaysOnTop
    this.#page?.onScreen?.setAlwaysOnTop(isAlwaysOnTop).catch(() => {})
  }

  show(options: { readonly takesFocus: boolean }): void {
    if (this.#isClosed) return
    if (this.#isWanted) {
      if (options.takesFocus) this.focus()
      return
    }
    this.#isWanted = true
    this.#openPage(this.#bounds, this).then(
      page => this.#opened(page),
      error => {
        this.#isWanted = false
        this.#log(error instanceof Error ? error.message : String(error))
      },
    )
  }

  hide(): void {
    this.#isWanted = false
    this.#closePage()
  }

  minimize(): void {
    this.#setState('minimized')
  }

  maximize(): void {
    this.#setState('maximized')
  }

  restore(): void {
    this.#setState('normal')
  }

  setFullScreen(isFullScreen: boolean): void {
    this.#setState(isFullScreen ? 'fullscreen' : 'normal')
  }

  focus(): void {
    this.#page?.bringToFront()
    this.#page?.onScreen?.focus().catch(() => {})
  }

  blur(): void {}

  setViews(views: readonly FaceView[], panes: readonly FacePane[]): void {
    this.#views = views
    this.#panes = panes
    this.#applyLayout()
    this.#linkViews()
  }

  focusView(viewId: number | null): void {
    if (this.#focusedViewId === viewId) return
    this.#focusedViewId = viewId
    this.#applyFocus()
  }

  on<E extends keyof FaceWindowEvents>(event: E, listener: FaceWindowEvents[E]): Disposable {
    const listeners = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, listeners)
    listeners.add(listener)
    return { [Symbol.dispose]: () => listeners.delete(listener) }
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#isWanted = false
    this.#closePage()
  }

  // What the page in the window tells.

  ready(): void {
    this.#queue.reset()
    const page = this.#page
    if (!page) return
    page.tell({ kind: 'title', title: this.#title })
    this.#applyLayout()
    for (const link of this.#links.values()) link.restart()
    this.#linkViews()
  }

  said(message: FromCompositor): void {
    switch (message.kind) {
      case 'ready':
        return
      case 'painted':
        this.#queue.painted(message.viewId)
        return
      case 'mouse':
        this.#mouse(message)
        return
      case 'wheel':
        this.#links.get(message.viewId)?.input.wheel(message)
        return
      case 'key':
        this.#key(message)
        return
      case 'text':
        this.#focusedLink()?.input.text(message.text)
        return
      case 'composition':
        this.#focusedLink()?.input.composition(message.text, message.caret)
        return
      case 'bounds':
        // Until it is opened, the window is on its way to where it is wanted.
        if (this.#page) this.#boundsChanged(message.bounds)
        return
      case 'focus':
        this.#windowFocused(message.isFocused)
        return
      case 'stateSuspected':
        void this.#readState()
        return
      case 'popupClosed':
        this.#popups.closed(message.popupId, message.chosenIndex)
        return
    }
  }

  closeRequested(): void {
    this.#emit('closeRequested')
  }

  gone(): void {
    this.#page = null
    this.#isWanted = false
    this.#popups.closeAll()
    this.#unlinkAll()
    // Whoever destroys the window wants it closed; the owner may still show it again.
    if (!this.#isClosed) this.#emit('closeRequested')
  }

  #opened(page: WindowPage): void {
    if (!this.#isWanted) {
      page[Symbol.dispose]()
      return
    }
    this.#page = page
    this.ready()
    // Whatever changed while it opened.
    page.setBounds(this.#bounds)
    if (this.#wantedState !== 'normal') page.setState(this.#wantedState)
    // It may have got the keyboard before it was ours.
    if (this.#isFocused) this.#clipboard.focused(page.session)
    void this.#equip(page)
    page.bounds().then(
      bounds => this.#boundsChanged(bounds),
      () => {},
    )
  }

  #boundsChanged(bounds: Rectangle): void {
    this.#bounds = bounds
    if (!this.#isResizable) this.#applySizeLimits()
    this.#linkViews()
    this.#emit('bounds', bounds)
  }

  #closePage(): void {
    this.#unlinkAll()
    this.#popups.closeAll()
    this.#page?.[Symbol.dispose]()
    this.#page = null
    this.#windowFocused(false)
  }

  #setState(state: FaceWindowState): void {
    this.#wantedState = state
    // Chromium goes from one state to another only by way of the normal one.
    this.#page?.setState('normal')
    if (state !== 'normal') this.#page?.setState(state)
    void this.#readState()
  }

  #applySizeLimits(): void {
    const { width, height } = this.#bounds
    this.#page?.onScreen?.setSizeLimits(
      this.#isResizable ? this.#sizeLimits : { minimum: [width, height], maximum: [width, height] },
    )
  }

  /** Tells the window manager what Chromium cannot; without it the window is usable as well. */
  async #equip(page: WindowPage): Promise<void> {
    const onScreen = await page.findOnScreen().catch(() => null)
    if (!onScreen || this.#page !== page) return
    onScreen.setClass(this.#title, this.#title)
    this.#applySizeLimits()
    if (this.#isFrameless) await onScreen.setFrameless(true).catch(() => {})
    if (this.#isAlwaysOnTop) await onScreen.setAlwaysOnTop(true).catch(() => {})
  }

  async #readState(): Promise<void> {
    const state = await this.#page?.state().catch(() => undefined)
    if (state === undefined || state === this.#state) return
    this.#state = state
    this.#wantedState = state
    this.#linkViews()
    this.#emit('state', state)
  }

  #applyLayout(): void {
    this.#page?.tell({
      kind: 'layout',
      layout: layoutOf(this.#backgroundColor, this.#views, this.#panes),
    })
  }

  /** Every view that can be seen is cast; the others are not. */
  #linkViews(): void {
    if (!this.#page) return
    const covered = coveredViews(this.#views, this.#bounds)
    const known = new Set(this.#views.map(view => view.viewId))
    for (const [viewId, link] of this.#links) if (!known.has(viewId)) this.#unlink(viewId, link)
    for (const view of this.#views) {
      const link = this.#linkOf(view)
      link.setView(view)
      const isSeen = isShown(view) && !covered.has(view.viewId) && this.#state !== 'minimized'
      if (isSeen) link.cast.start()
      else link.cast.stop()
    }
    this.#applyFocus()
  }

  #linkOf(view: FaceView): ViewLink {
    const known = this.#links.get(view.viewId)
    if (known?.session === view.session) return known
    if (known) this.#unlink(view.viewId, known)
    const link = new ViewLink(view, {
      push: frame => this.#queue.push(frame),
      tell: message => this.#page?.tell(message),
      openPopup: (popup, choose) => this.#popups.open(popup, choose),
      clipboardSettled: () => this.#clipboard.settled(),
    })
    this.#links.set(view.viewId, link)
    return link
  }

  #unlink(viewId: number, link: ViewLink): void {
    this.#links.delete(viewId)
    this.#queue.forget(viewId)
    link[Symbol.dispose]()
  }

  #unlinkAll(): void {
    for (const [viewId, link] of this.#links) this.#unlink(viewId, link)
  }

  #focusedLink(): ViewLink | null {
    return this.#focusedViewId === null ? null : (this.#links.get(this.#focusedViewId) ?? null)
  }

  #windowFocused(isFocused: boolean): void {
    if (this.#isFocused === isFocused) return
    this.#isFocused = isFocused
    this.#applyFocus()
    if (isFocused && this.#page) this.#clipboard.focused(this.#page.session)
    if (isFocused) this.#emit('focus')
    else this.#emit('blur')
  }

  #applyFocus(): void {
    for (const [viewId, link] of this.#links)
      link.setFocused(this.#isFocused && viewId === this.#focusedViewId)
  }

  #mouse(message: MouseMessage): void {
    if (message.type === 'down' && message.viewId !== this.#focusedViewId) {
      this.focusView(message.viewId)
      this.#emit('viewFocused', message.viewId)
    }
    this.#links.get(message.viewId)?.mouse(message)
  }

  #key(message: KeyMessage): void {
    const viewId = this.#focusedViewId
    if (viewId === null) return
    const isSwallowed = this.#ask(viewId, message)
    if (!isSwallowed) this.#links.get(viewId)?.key(message)
  }

  #ask(viewId: number, message: KeyMessage): boolean {
    const input = inputOf(message)
    let isSwallowed = false
    for (const listener of [...(this.#listeners.get('keyInput') ?? [])])
      if ((listener as FaceWindowEvents['keyInput'])(viewId, input)) isSwallowed = true
    return isSwallowed
  }

  #emit<E extends Exclude<keyof FaceWindowEvents, 'keyInput'>>(
    event: E,
    ...values: Parameters<FaceWindowEvents[E]>
  ): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])])
      (listener as (...values: Parameters<FaceWindowEvents[E]>) => void)(...values)
  }
}
