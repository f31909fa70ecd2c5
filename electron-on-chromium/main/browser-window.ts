import type {
  BrowserWindowConstructorOptions,
  LoadFileOptions,
  LoadURLOptions,
  NativeImage,
  Rectangle,
} from 'electron'
import type { AttachedTarget } from '../chromium/browser.ts'
import { defineUnmade } from '../session/unmade-members.ts'
import { BaseWindow } from './base-window.ts'
import { PreventableEvent } from './event.ts'
import { unmadeBrowserWindowMembers } from './unmade-members.ts'
import { viewOfWebContents, WebContentsView } from './view.ts'
import { setWindowsOfContents, WebContents } from './web-contents.ts'
import { windowRegistry } from './window-registry.ts'

/** Electron's BrowserWindow: a window whose content view is a page. */
export class BrowserWindow extends BaseWindow {
  static override getAllWindows(): BrowserWindow[] {
    return windowRegistry.all().filter(each => each instanceof BrowserWindow)
  }

  static override getFocusedWindow(): BrowserWindow | null {
    const focused = windowRegistry.focusedWindow()
    return focused instanceof BrowserWindow ? focused : null
  }

  static override fromId(id: number): BrowserWindow | null {
    const found = windowRegistry.fromId(id)
    return found instanceof BrowserWindow ? found : null
  }

  static fromWebContents(webContents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find(each => each.webContents === webContents) ?? null
  }

  readonly webContents: WebContents

  constructor(options: BrowserWindowConstructorOptions = {}, adopted?: AttachedTarget) {
    super(options)
    const { webPreferences } = options
    const given: unknown = 'webContents' in options ? options.webContents : undefined
    const view = new WebContentsView(
      given instanceof WebContents ? { webContents: given } : { webPreferences: webPreferences ?? {} },
      adopted,
    )
    this.webContents = view.webContents
    this.webContents.contentsType = 'window'
    view.setBackgroundColor(options.backgroundColor ?? '#FFFFFF')
    this.setContentView(view)
    this.#follow()
    queueMicrotask(() => !this.isDestroyed() && this.focusContents(this.webContents))
  }

  #follow(): void {
    const contents = this.webContents
    const ready = (): void => {
      contents.off('did-finish-load', ready)
      contents.off('did-fail-load', ready)
      if (!this.isDestroyed()) this.emit('ready-to-show', new PreventableEvent())
    }
    contents.on('did-finish-load', ready)
    contents.on('did-fail-load', ready)
    contents.on('page-title-updated', (_event: unknown, title: string, isExplicit: boolean) => {
      const event = new PreventableEvent()
      this.emit('page-title-updated', event, title, isExplicit)
      if (!event.defaultPrevented && !this.isDestroyed()) this.setTitle(title)
    })
    contents.on('unresponsive', () => this.emit('unresponsive', new PreventableEvent()))
    contents.on('responsive', () => this.emit('responsive', new PreventableEvent()))
    contents.on('destroyed', () => this.destroy())
  }

  /** The page may object: `beforeunload`. */
  protected override closeAccepted(): void {
    if (this.webContents.isDestroyed() || this.webContents.isCrashed() || this.webContents.isUnresponsive)
      this.destroy()
    else this.webContents.close({ waitForBeforeUnload: true })
  }

  protected override afterClosed(): void {
    this.webContents.closeAtOnce()
  }

  loadURL(url: string, options?: LoadURLOptions): Promise<void> {
    return this.webContents.loadURL(url, options)
  }

  loadFile(filePath: string, options?: LoadFileOptions): Promise<void> {
    return this.webContents.loadFile(filePath, options)
  }

  reload(): void {
    this.webContents.reload()
  }

  capturePage(rect?: Rectangle): Promise<NativeImage> {
    return this.webContents.capturePage(rect)
  }

  focusOnWebView(): void {
    this.focusContents(this.webContents)
  }

  blurWebView(): void {
    this.focusContents(null)
  }

  isWebViewFocused(): boolean {
    return this.webContents.isFocused()
  }

  isDocumentEdited(): boolean {
    return false
  }
}

function windowOf(webContents: WebContents): BaseWindow | null {
  return windowRegistry.all().find(each => each.hasContents(webContents)) ?? null
}

setWindowsOfContents({
  openChild(options, adopted) {
    const window = new BrowserWindow(options, adopted)
    return { window, webContents: window.webContents }
  },
  focus(webContents) {
    const window = windowOf(webContents)
    if (!window) return
    window.focus()
    window.focusContents(webContents)
  },
  ownerOf(webContents) {
    return viewOfWebContents(webContents) ? windowOf(webContents) : null
  },
})

defineUnmade(BrowserWindow.prototype, 'BrowserWindow', unmadeBrowserWindowMembers)
