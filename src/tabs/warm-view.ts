import type { WebContentsView } from 'electron'
import type { WarmPage } from './warm-pages.ts'

/** A view that has shown nothing but the engine's blank page. */
export class WarmView implements WarmPage {
  readonly view: WebContentsView
  #isSpoilt = false

  constructor(view: WebContentsView) {
    this.view = view
  }

  get pid(): number | null {
    const { webContents } = this.view
    if (this.#isSpoilt || webContents.isDestroyed() || webContents.isCrashed()) return null
    const pid = webContents.getOSProcessId()
    return pid > 0 ? pid : null
  }

  async warm(): Promise<void> {
    await this.view.webContents.loadURL(blankPage)
  }

  onSpoilt(listener: () => void): Disposable {
    const { webContents } = this.view
    const spoilt = (): void => {
      this.#isSpoilt = true
      // Not inside the event: recovering there has crashed browsers (https://github.com/electron/electron/pull/51900).
      setImmediate(listener)
    }
    const navigated = ({ url }: { readonly url: string }): void => {
      if (url !== blankPage) spoilt()
    }
    webContents.on('did-start-navigation', navigated)
    webContents.on('render-process-gone', spoilt)
    webContents.on('destroyed', spoilt)
    return {
      [Symbol.dispose]: () => {
        if (webContents.isDestroyed()) return
        webContents.off('did-start-navigation', navigated)
        webContents.off('render-process-gone', spoilt)
        webContents.off('destroyed', spoilt)
      },
    }
  }

  [Symbol.dispose](): void {
    // Without an explicit close the renderer stays alive: https://github.com/electron/electron/issues/42884
    if (!this.view.webContents.isDestroyed()) this.view.webContents.close()
  }
}

const blankPage = 'about:blank'
