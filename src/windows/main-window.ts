import { BaseWindow, type Session, WebContentsView } from 'electron'
import type { Area } from '../../contracts/browser.ts'
import { chromeAddress } from '../security/chrome-scheme.ts'
import type { TabView } from '../tabs/tab-view.ts'

export interface MainWindowOptions {
  readonly session: Session
  readonly preload: string
  readonly isShown: boolean
  readonly onClosed: () => void
  readonly onFullScreenChanged: () => void
}

/** What may lie over the page area, above every page. */
export interface WindowOverlay {
  readonly view: WebContentsView
  /** Null hides it. */
  place(area: Area | null): void
}

/** Size of a new window, in CSS pixels. */
const initialSize = { width: 1280, height: 840 }
const smallestSize = { minWidth: 480, minHeight: 360 }

/**
 * The window: the chrome UI over its whole content, and above it the view of the active tab where the UI has left room
 * for it. Views are siblings with one parent, which is this class; nobody else adds or removes them.
 */
export class MainWindow implements Disposable {
  readonly window: BaseWindow
  readonly chrome: WebContentsView
  readonly #views = new Set<TabView>()
  #pageArea: Area | null = null
  #shown: TabView | null = null
  #overlay: WindowOverlay | null = null
  /** Where it lies; null is the page area. */
  #overlayArea: Area | null = null

  constructor(options: MainWindowOptions) {
    this.window = new BaseWindow({
      ...initialSize,
      ...smallestSize,
      title: 'Nexus',
      show: options.isShown,
      backgroundColor: '#e3e7e6',
      autoHideMenuBar: true,
    })
    this.chrome = new WebContentsView({
      webPreferences: {
        session: options.session,
        preload: options.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        spellcheck: false,
      },
    })
    this.window.contentView.addChildView(this.chrome)
    this.#layOut()
    this.window.on('resize', () => this.#layOut())
    this.window.on('closed', options.onClosed)
    this.window.on('enter-full-screen', options.onFullScreenChanged)
    this.window.on('leave-full-screen', options.onFullScreenChanged)
    this.chrome.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  }

  get chromePid(): number | null {
    if (this.chrome.webContents.isDestroyed()) return null
    const pid = this.chrome.webContents.getOSProcessId()
    return pid > 0 ? pid : null
  }

  async open(): Promise<void> {
    await this.chrome.webContents.loadURL(chromeAddress)
  }

  /** Where the chrome UI left room for the page; null covers the page. */
  setPageArea(area: Area | null): void {
    this.#pageArea = area
    this.#placePage()
  }

  /** Puts this tab's page into the page area, or none where the UI draws it itself. */
  show(tab: TabView | null): void {
    if (tab !== null && !this.#views.has(tab)) {
      this.#views.add(tab)
      this.window.contentView.addChildView(tab.view)
      this.#raiseOverlay()
    }
    if (this.#shown !== tab) {
      this.#shown?.place(null)
      this.#shown = tab
    }
    this.#placePage()
  }

  /** Lays something over the page area, or over another part of the window, in place of what lay there; null takes it away. */
  cover(overlay: WindowOverlay | null, area: Area | null = null): void {
    this.#overlayArea = area
    if (this.#overlay !== overlay) {
      if (this.#overlay !== null) {
        this.#overlay.place(null)
        this.window.contentView.removeChildView(this.#overlay.view)
      }
      this.#overlay = overlay
    }
    this.#raiseOverlay()
    this.#placePage()
  }

  /** Gives a page a size to lay itself out in before it is ever shown. */
  adopt(tab: TabView): void {
    if (this.#views.has(tab)) return
    this.#views.add(tab)
    this.window.contentView.addChildView(tab.view)
    this.#raiseOverlay()
    tab.view.setBounds(this.#pageArea ?? { x: 0, y: 0, ...initialSize })
    tab.place(null)
  }

  remove(tab: TabView): void {
    if (!this.#views.delete(tab)) return
    if (this.#shown === tab) this.#shown = null
    if (!this.window.isDestroyed()) this.window.contentView.removeChildView(tab.view)
  }

  focusChrome(): void {
    this.chrome.webContents.focus()
  }

  focusPage(): void {
    if (this.#shown !== null && this.#pageArea !== null) this.#shown.contents.focus()
  }

  [Symbol.dispose](): void {
    if (!this.window.isDestroyed()) this.window.destroy()
  }

  #placePage(): void {
    const area = this.#pageArea === null ? null : this.#clamp(this.#pageArea)
    this.#shown?.place(area)
    this.#overlay?.place(this.#overlayArea === null ? area : this.#clamp(this.#overlayArea))
  }

  /** A view that is added again comes to lie above its siblings. */
  #raiseOverlay(): void {
    if (this.#overlay !== null) this.window.contentView.addChildView(this.#overlay.view)
  }

  /** The UI's word is not trusted to stay inside the window or off its own controls. */
  #clamp(area: Area): Area | null {
    const { width, height } = this.window.getContentBounds()
    const x = Math.min(area.x, width)
    const y = Math.min(area.y, height)
    const clamped = {
      x,
      y,
      width: Math.min(area.width, width - x),
      height: Math.min(area.height, height - y),
    }
    return clamped.width < 1 || clamped.height < 1 ? null : clamped
  }

  #layOut(): void {
    const { width, height } = this.window.getContentBounds()
    this.chrome.setBounds({ x: 0, y: 0, width, height })
    this.#placePage()
  }
}
