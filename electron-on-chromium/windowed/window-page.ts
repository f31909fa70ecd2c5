import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'
import { type CompositorBrowser, WindowNotOpenedError } from './compositor-browser.ts'
import type { FrameOutlet } from './page-server.ts'
import { type Box, bindingName, type FromCompositor, type ToCompositor } from './wire.ts'
import { XWindow } from './x11/window.ts'

export type WindowState = 'normal' | 'minimized' | 'maximized' | 'fullscreen'

export interface WindowPageListener {
  /** The page began anew, after it crashed: it knows nothing. */
  ready(): void
  said(message: FromCompositor): void
  closeRequested(): void
  /** The window is gone, whoever closed it. */
  gone(): void
}

/** A window on the screen and the compositor page in it. */
export class WindowPage implements Disposable {
  readonly #browser: CompositorBrowser
  /** The page's DevTools session. */
  readonly session: DevToolsSession
  readonly #outlet: FrameOutlet
  readonly #listener: WindowPageListener
  #windowId: number | null = null
  #isReady = false
  #isListeningForFrames = false
  #onScreen: XWindow | null = null
  #isClosed = false
  #hasBegun = false
  readonly #firstReady = Promise.withResolvers<void>()

  private constructor(
    browser: CompositorBrowser,
    session: DevToolsSession,
    outlet: FrameOutlet,
    listener: WindowPageListener,
  ) {
    this.#browser = browser
    this.session = session
    this.#outlet = outlet
    this.#listener = listener
    this.#firstReady.promise.catch(() => {})
  }

  /**
   * Opens a window for the page that the outlet serves and resolves when it runs; `ready` is called when it
   * had to begin anew later on. Rejects with WindowNotOpenedError.
   */
  static async open(options: {
    browser: CompositorBrowser
    bounds: Box
    outlet: FrameOutlet
    listener: WindowPageListener
  }): Promise<WindowPage> {
    const { browser, bounds, outlet, listener } = options
    const session = await browser.openWindow(outlet.pageUrl)
    const page = new WindowPage(browser, session, outlet, listener)
    await page.#begin(bounds)
    return page
  }

  write(record: readonly Uint8Array[]): boolean {
    return this.#isReady && this.#isListeningForFrames && this.#outlet.write(record)
  }

  tell(message: ToCompositor): void {
    if (!this.#isReady) return
    const expression = `__compositorReceive(${JSON.stringify(message)})`
    this.session.send('Runtime.evaluate', { expression }).catch(() => {})
  }

  /** Runs an expression in the page, as if a person had asked for it, and resolves with its value. */
  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    })
    return exceptionDetails ? null : result.value
  }

  setBounds(bounds: Box): void {
    void this.#setWindowBounds(protocolBounds(bounds))
  }

  /** The content area as the page sees it. */
  async bounds(): Promise<Box> {
    const text = await this.evaluate('JSON.stringify([screenX, screenY, innerWidth, innerHeight])')
    const [x = 0, y = 0, width = 0, height = 0] = JSON.parse(String(text)) as number[]
    return { x, y, width, height }
  }

  setState(windowState: WindowState): void {
    void this.#setWindowBounds({ windowState })
  }

  async state(): Promise<WindowState> {
    const { bounds } = await this.#browser.root.send('Browser.getWindowForTarget', {
      targetId: this.session.targetId ?? '',
    })
    return bounds.windowState ?? 'normal'
  }

  /** The window as the X server knows it, once found. */
  get onScreen(): XWindow | null {
    return this.#onScreen
  }

  async findOnScreen(): Promise<XWindow | null> {
    const connection = await this.#browser.display()
    this.#onScreen = await XWindow.find(connection, this.#outlet.windowKey)
    return this.#onScreen
  }

  bringToFront(): void {
    this.session.send('Page.bringToFront').catch(() => {})
  }

  /** Closes the window without asking. */
  [Symbol.dispose](): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#outlet[Symbol.dispose]()
    this.#browser.root.send('Target.closeTarget', { targetId: this.session.targetId ?? '' }).catch(() => {})
  }

  async #begin(bounds: Box): Promise<void> {
    const session = this.session
    this.#outlet.onOpened(() => this.#framesOpened())
    session.onDetached(() => {
      this.#firstReady.reject(new WindowNotOpenedError('it was closed while it opened'))
      if (this.#isClosed) return
      this.#isClosed = true
      this.#outlet[Symbol.dispose]()
      this.#listener.gone()
    })
    session.on('Runtime.bindingCalled', event => {
      if (event.name === bindingName) this.#heard(JSON.parse(event.payload) as FromCompositor)
    })
    session.on('Page.javascriptDialogOpening', () => {
      session.send('Page.handleJavaScriptDialog', { accept: false }).catch(() => {})
      this.#listener.closeRequested()
    })
    session.on('Inspector.targetCrashed', () => {
      this.#isReady = false
      this.#isListeningForFrames = false
      session.send('Page.reload').catch(() => {})
    })
    const { windowId } = await this.#browser.root.send('Browser.getWindowForTarget', {
      targetId: session.targetId ?? '',
    })
    this.#windowId = windowId
    await this.#setWindowBounds(protocolBounds(bounds))
    await Promise.all([
      session.send('Page.enable'),
      session.send('Inspector.enable'),
      session.send('Runtime.enable'),
      session.send('Runtime.addBinding', { name: bindingName }),
    ])
    await this.#firstReady.promise
  }

  #framesOpened(): void {
    if (!this.#isReady) return
    this.#isListeningForFrames = true
    // Chromium asks a page before it closes only when a person has used it.
    void this.evaluate('0').catch(() => {})
    if (this.#hasBegun) this.#listener.ready()
    this.#hasBegun = true
    this.#firstReady.resolve()
  }

  #heard(message: FromCompositor): void {
    if (message.kind !== 'ready') {
      if (this.#isReady) this.#listener.said(message)
      return
    }
    this.#isReady = true
    this.tell({ kind: 'frames', url: this.#outlet.framesUrl })
  }

  async #setWindowBounds(bounds: Protocol.Browser.Bounds): Promise<void> {
    if (this.#windowId === null) return
    try {
      await this.#browser.root.send('Browser.setWindowBounds', { windowId: this.#windowId, bounds })
    } catch {
      // A window that is closing has no bounds; one in another state is first brought back by the caller.
    }
  }
}

function protocolBounds(bounds: Box): Protocol.Browser.Bounds {
  return {
    left: Math.round(bounds.x),
    top: Math.round(bounds.y),
    width: Math.round(bounds.width),
    height: Math.round(bounds.height),
  }
}
