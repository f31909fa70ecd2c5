import type { App } from './app.ts'
import { engineOrNull, setEngineClosing } from './engine.ts'
import { PreventableEvent } from './event.ts'
import { windowRegistry } from './window-registry.ts'

/** How long Chromium may take to write its profile before it is killed. */
const engineCloseTimeoutMs = 3000

type Closer = () => void | Promise<void>

/** The way out: `before-quit`, the windows, `will-quit`, `quit`, and the end. */
export class Quitting {
  readonly #app: App
  readonly #closers: Closer[] = []
  #isQuitting = false
  #isExiting = false
  #hasEnded = false
  #exitCode = 0

  constructor(app: App) {
    this.#app = app
  }

  /** True from `quit()` on, until a window objects. */
  get isQuitting(): boolean {
    return this.#isQuitting
  }

  /** Something to be closed before the process ends. Later ones first. */
  addCloser(closer: Closer): void {
    this.#closers.push(closer)
  }

  quit(): void {
    if (this.#isQuitting) return
    this.#isQuitting = true
    const event = new PreventableEvent()
    this.#app.emit('before-quit', event)
    if (event.defaultPrevented) {
      this.#isQuitting = false
      return
    }
    const windows = windowRegistry.all()
    if (windows.length === 0) this.#notifyAndEnd()
    for (const window of windows) {
      if (window.isDestroyed()) continue
      window.close()
      // Pages are asked on the way; only a window that objected at once is known to stay here.
      if (!window.isDestroyed() && window.objectedToClose) {
        this.#isQuitting = false
        return
      }
    }
  }

  /** A window or its page objected: the application stays. */
  cancel(): void {
    this.#isQuitting = false
  }

  exit(exitCode: number): void {
    this.#exitCode = exitCode
    this.#isQuitting = true
    this.#isExiting = true
    const windows = windowRegistry.all()
    for (const window of windows) window.destroy()
    if (windows.length === 0) this.#end()
  }

  allWindowsClosed(): void {
    if (this.#isExiting) this.#end()
    else if (this.#isQuitting) this.#notifyAndEnd()
    else if (this.#app.listenerCount('window-all-closed') > 0) this.#app.emit('window-all-closed')
    else this.quit()
  }

  #notifyAndEnd(): void {
    if (this.#hasEnded) return
    const event = new PreventableEvent()
    this.#app.emit('will-quit', event)
    if (event.defaultPrevented) this.#isQuitting = false
    else this.#end()
  }

  #end(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#app.emit('quit', new PreventableEvent(), this.#exitCode)
    setEngineClosing()
    void this.#close().finally(() => {
      this.#app.releaseLock()
      this.#app.startAgainIfWanted()
      process.exit(this.#exitCode)
    })
  }

  async #close(): Promise<void> {
    const timeout = new Promise<void>(resolve => setTimeout(resolve, engineCloseTimeoutMs))
    const all = (async (): Promise<void> => {
      for (const closer of this.#closers.reverse()) await closer()
      await engineOrNull()?.close()
    })()
    await Promise.race([all.catch(() => {}), timeout])
    engineOrNull()?.kill()
  }
}
