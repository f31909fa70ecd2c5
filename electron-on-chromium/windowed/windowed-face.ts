import type { ChromiumBrowser } from '../chromium/browser.ts'
import type { BaseWindowLike, Face, FaceWindow, Rectangle } from '../main/face.ts'
import { ClipboardBridge } from './clipboard-bridge.ts'
import { CompositorBrowser, type LaunchChromium } from './compositor-browser.ts'
import { WindowedFaceWindow } from './face-window.ts'
import { PageServer } from './page-server.ts'
import { WindowPage, type WindowPageListener } from './window-page.ts'

export interface WindowedFaceOptions {
  readonly launchChromium: LaunchChromium
  /** Takes a line about what went wrong with showing. */
  readonly log: (line: string) => void
  /** The Chromium of the views, for sharing its clipboard with the screen's; null while there is none. */
  readonly viewsBrowser?: () => ChromiumBrowser | null
}

interface Stage {
  readonly browser: CompositorBrowser
  readonly server: PageServer
}

/**
 * The face with windows on the X display that DISPLAY names. The Chromium that shows them starts at once, so
 * that it is there when the first window opens; that it cannot start is reported by the first window.
 */
export function createWindowedFace(options: WindowedFaceOptions): Face {
  return new WindowedFace(options)
}

class WindowedFace implements Face {
  readonly kind = 'windowed'
  readonly #options: WindowedFaceOptions
  readonly #clipboard: ClipboardBridge
  #stage: Promise<Stage> | null

  constructor(options: WindowedFaceOptions) {
    this.#options = options
    this.#clipboard = new ClipboardBridge(options.viewsBrowser ?? (() => null))
    this.#stage = this.#setStage()
    this.#stage.catch(() => {})
  }

  openWindow(window: BaseWindowLike): FaceWindow {
    return new WindowedFaceWindow(window, {
      openPage: (bounds, listener) => this.#openPage(bounds, listener),
      clipboard: this.#clipboard,
      log: this.#options.log,
    })
  }

  async close(): Promise<void> {
    const stage = await this.#stage?.catch(() => null)
    this.#stage = null
    await stage?.browser[Symbol.asyncDispose]()
    await stage?.server[Symbol.asyncDispose]()
  }

  async #setStage(): Promise<Stage> {
    const server = await PageServer.listen()
    try {
      const browser = await CompositorBrowser.start(this.#options.launchChromium)
      browser.onExit(() => {
        // The next window starts another.
        this.#stage = null
        void server[Symbol.asyncDispose]()
      })
      return { browser, server }
    } catch (error) {
      await server[Symbol.asyncDispose]()
      throw error
    }
  }

  async #openPage(bounds: Rectangle, listener: WindowPageListener): Promise<WindowPage> {
    this.#stage ??= this.#setStage()
    const { browser, server } = await this.#stage
    const outlet = server.addWindow()
    try {
      return await WindowPage.open({ browser, bounds, outlet, listener })
    } catch (error) {
      outlet[Symbol.dispose]()
      throw error
    }
  }
}
