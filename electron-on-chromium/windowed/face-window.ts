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
import { FaceEvents } from './face-events.ts'
import { inputOf } from './key-input.ts'
import { layoutOf } from './layout.ts'
import { ShownViews } from './shown-views.ts'
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
  readonly #events = new FaceEvents()
  readonly #shown: ShownViews
  #page: WindowPage | null = null
  #isWanted = false
  /** Counts showing and hiding, so that a window that took its time is not one too many. */
  #showing = 0
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
    this.#shown = new ShownViews({
      tell: message => this.#page?.tell(message),
      write: record => this.#page?.write(record) ?? false,
      clipboardSettled: () => this.#clipboard.settled(),
    })
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
    const showing = ++this.#showing
    this.#openPage(this.#bounds, this).then(
      page => {
        if (showing === this.#showing) this.#opened(page)
        else page[Symbol.dispose]()
      },
      error => {
        if (showing === this.#showing) this.#isWanted = false
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

  blur(): void {
    this.#page?.onScreen?.blur()
  }

  setViews(views: readonly FaceView[], panes: readonly FacePane[]): void {
    this.#views = views
    this.#panes = panes
    this.#applyLayout()
    this.#updateViews()
  }

  focusView(viewId: number | null): void {
    if (this.#focusedViewId === viewId) return
    this.#focusedViewId = viewId
    this.#updateViews()
  }

  on<E extends keyof FaceWindowEvents>(event: E, listener: FaceWindowEvents[E]): Disposable {
    return this.#events.on(event, listener)
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#isWanted = false
    this.#closePage()
  }

  // What the page in the window tells.

  ready(): void {
    this.#page?.tell({ kind: 'title', title: this.#title })
    this.#applyLayout()
    this.#shown.restart()
    this.#updateViews()
  }

  said(message: FromCompositor): void {
    switch (message.kind) {
      case 'ready':
        return
      case 'painted':
        this.#shown.painted(message.viewId)
        return
      case 'mouse':
        this.#mouse(message)
        return
      case 'wheel':
        this.#shown.link(message.viewId)?.input.wheel(message)
        return
      case 'key':
        this.#key(message)
        return
      case 'text':
        this.#shown.link(this.#focusedViewId)?.input.text(message.text)
        return
      case 'composition':
        this.#shown.link(this.#focusedViewId)?.input.composition(message.text, message.caret)
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
        this.#shown.popups.closed(message.popupId, message.chosenIndex)
        return
    }
  }

  closeRequested(): void {
    this.#events.announce('closeRequested')
  }

  gone(): void {
    this.#page = null
    this.#isWanted = false
    this.#shown.clear()
    // Whoever destroys the window wants it closed; the owner may still show it again.
    if (!this.#isClosed) this.#events.announce('closeRequested')
  }

  #opened(page: WindowPage): void {
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
    this.#updateViews()
    this.#events.announce('bounds', bounds)
  }

  #closePage(): void {
    this.#showing++
    this.#shown.clear()
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
    this.#updateViews()
    this.#events.announce('state', state)
  }

  #applyLayout(): void {
    this.#page?.tell({
      kind: 'layout',
      layout: layoutOf(this.#backgroundColor, this.#views, this.#panes),
    })
  }

  #updateViews(): void {
    if (!this.#page) return
    this.#shown.update(this.#views, {
      size: this.#bounds,
      isMinimized: this.#state === 'minimized',
      focusedViewId: this.#isFocused ? this.#focusedViewId : null,
    })
  }

  #windowFocused(isFocused: boolean): void {
    if (this.#isFocused === isFocused) return
    this.#isFocused = isFocused
    this.#updateViews()
    if (isFocused && this.#page) this.#clipboard.focused(this.#page.session)
    if (isFocused) this.#events.announce('focus')
    else this.#events.announce('blur')
  }

  #mouse(message: MouseMessage): void {
    if (message.type === 'down' && message.viewId !== this.#focusedViewId) {
      this.focusView(message.viewId)
      this.#events.announce('viewFocused', message.viewId)
    }
    this.#shown.link(message.viewId)?.mouse(message)
  }

  #key(message: KeyMessage): void {
    const viewId = this.#focusedViewId
    if (viewId === null || this.#events.offerKey(viewId, inputOf(message))) return
    this.#shown.link(viewId)?.key(message)
  }
}
