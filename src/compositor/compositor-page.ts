import { type Session, type WebContents, WebContentsView } from 'electron'
import type { Area } from '../../contracts/browser.ts'
import { identity } from '../../ipc/identity.ts'
import { connectOwnPage } from '../messaging/chrome-connection.ts'
import type { Switchboard } from '../messaging/switchboard.ts'
import { endProcess } from '../processes/end-process.ts'
import { lossReason } from '../processes/loss-reason.ts'
import { compositorAddress } from '../security/chrome-scheme.ts'
import type { MainWindow, WindowOverlay } from '../windows/main-window.ts'
import { placeOnPlate, plateRadius } from '../windows/plate.ts'
import type { CompositorStage } from './compositor.ts'

export interface CompositorPageOptions {
  readonly session: Session
  readonly preload: string
  readonly window: Pick<MainWindow, 'cover' | 'focusPage'>
  readonly switchboard: Switchboard
  readonly onConnected: () => void
  /** Its process has gone; it can be loaded again from the next task on. */
  readonly onGone: (reason: 'crashed' | 'killed' | 'outOfMemory' | 'launchFailed', exitCode: number) => void
  readonly onShortcut: (event: Electron.Event, input: Electron.Input) => void
}

/** The compositor's view: a sandboxed renderer of our own, which lies over the page area while it is open. */
export class CompositorPage implements CompositorStage, WindowOverlay {
  readonly view: WebContentsView
  readonly #window: CompositorPageOptions['window']

  constructor(options: CompositorPageOptions) {
    this.#window = options.window
    this.view = new WebContentsView({
      webPreferences: {
        session: options.session,
        preload: options.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        spellcheck: false,
      },
    })
    this.view.setVisible(false)
    this.view.setBorderRadius(plateRadius)
    const { contents } = this
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('before-input-event', options.onShortcut)
    connectOwnPage({
      contents,
      page: 'compositor',
      identity: identity('compositor', 'compositor'),
      switchboard: options.switchboard,
      onConnected: options.onConnected,
      onGone: () => {},
    })
    contents.on('render-process-gone', (_event, details) => {
      const reason = lossReason(details.reason)
      // Not inside the event: recovering there has crashed browsers (https://github.com/electron/electron/pull/51900).
      setImmediate(() => options.onGone(reason, details.exitCode))
    })
  }

  get contents(): WebContents {
    return this.view.webContents
  }

  get pid(): number | null {
    if (this.contents.isDestroyed()) return null
    const pid = this.contents.getOSProcessId()
    return pid > 0 ? pid : null
  }

  load(): void {
    // A page that cannot be loaded says no hello, which is noticed.
    if (!this.contents.isDestroyed()) this.contents.loadURL(compositorAddress).catch(() => {})
  }

  end(): void {
    const { pid } = this
    if (pid !== null) endProcess(pid)
  }

  place(area: Area | null): void {
    if (!this.contents.isDestroyed()) placeOnPlate(this.view, area)
  }

  show(isShown: boolean): void {
    this.#window.cover(isShown ? this : null)
    if (!isShown) this.#window.focusPage()
    else if (!this.contents.isDestroyed()) this.contents.focus()
  }

  float(area: Area | null): void {
    this.#window.cover(area === null ? null : this, area)
  }

  [Symbol.dispose](): void {
    // Without an explicit close the renderer stays alive: https://github.com/electron/electron/issues/42884
    if (!this.contents.isDestroyed()) this.contents.close()
  }
}
