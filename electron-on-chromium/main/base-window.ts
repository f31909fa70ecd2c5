import { EventEmitter } from 'node:events'
import type { BaseWindowConstructorOptions } from 'electron'
import { defineUnmade } from '../session/unmade-members.ts'
import { refuseUse } from './destroyed-object.ts'
import { primaryDisplay } from './display-seam.ts'
import { PreventableEvent } from './event.ts'
import type { FaceWindow, Rectangle } from './face.ts'
import { unmadeBaseWindowMembers } from './unmade-members.ts'
import { View } from './view.ts'
import { faceViews, layOut } from './view-layout.ts'
import type { WebContents } from './web-contents.ts'
import { windowRegistry } from './window-registry.ts'

/** What our own parts still ask of a window that is gone, and what Electron allows. */
const usableWhenDestroyed: ReadonlySet<string> = new Set([
  'constructor',
  'contentView',
  'destroy',
  'focusedContents',
  'focusContents',
  'hasContents',
  'isDestroyed',
])

type State = 'normal' | 'minimized' | 'maximized' | 'fullscreen'

const defaultWidth = 800
const defaultHeight = 600

/** Electron's BaseWindow. What is to be seen of it is up to the face; its state is kept here. */
export class BaseWindow extends EventEmitter {
  static getAllWindows(): BaseWindow[] {
    return windowRegistry.all()
  }

  static getFocusedWindow(): BaseWindow | null {
    return windowRegistry.focusedWindow()
  }

  static fromId(id: number): BaseWindow | null {
    return windowRegistry.fromId(id)
  }

  readonly id: number = windowRegistry.nextId()
  readonly #face: FaceWindow
  #contentView: View
  #bounds: Rectangle
  #normalBounds: Rectangle
  #title: string
  #backgroundColor: string
  #isShown: boolean
  #state: State = 'normal'
  #isDestroyed = false
  #minimumSize: [number, number]
  #maximumSize: [number, number]
  #parent: BaseWindow | null = null
  readonly #childWindows = new Set<BaseWindow>()
  readonly #flags: Record<Flag, boolean>
  #opacity: number
  #layoutScheduled = false
  #shownContents = new Set<WebContents>()
  #focusedContents: WebContents | null = null

  constructor(options: BaseWindowConstructorOptions = {}) {
    super()
    this.setMaxListeners(0)
    const face = windowRegistry.face()
    this.#bounds = initialBounds(options)
    this.#normalBounds = this.#bounds
    this.#title = options.title ?? defaultTitle()
    this.#backgroundColor = options.backgroundColor ?? '#FFFFFF'
    this.#isShown = options.show !== false
    this.#minimumSize = [options.minWidth ?? 0, options.minHeight ?? 0]
    this.#maximumSize = [options.maxWidth ?? 0, options.maxHeight ?? 0]
    this.#opacity = options.opacity ?? 1
    this.#flags = flagsOf(options)
    this.#contentView = new View()
    this.#face = face.openWindow({
      id: this.id,
      title: this.#title,
      bounds: this.#bounds,
      backgroundColor: this.#backgroundColor,
      isResizable: this.#flags.resizable,
      isFrameless: options.frame === false || options.titleBarStyle === 'hidden',
      isFullScreen: options.fullscreen === true,
      isShown: this.#isShown,
      minimumSize: this.#minimumSize,
      maximumSize: this.#maximumSize,
    })
    this.#listenToFace()
    if (options.parent) this.setParentWindow(options.parent as unknown as BaseWindow)
    this.setContentView(this.#contentView)
    if (options.fullscreen) this.#state = 'fullscreen'
    windowRegistry.add(this)
    if (this.#isShown) queueMicrotask(() => !this.#isDestroyed && this.focus())
  }

  // Views

  get contentView(): View {
    return this.#contentView
  }

  set contentView(view: View) {
    this.setContentView(view)
  }

  getContentView(): View {
    return this.#contentView
  }

  setContentView(view: View): void {
    if (!(view instanceof View))
      throw new TypeError('Error processing argument at index 0, conversion failure from view')
    if (view !== this.#contentView) {
      this.#contentView.setHost(null)
      this.#contentView.removedFromWindow()
    }
    this.#contentView = view
    view.setHost({ layoutChanged: () => this.#scheduleLayout() })
    this.#fitContentView()
  }

  #fitContentView(): void {
    const { width, height } = this.#bounds
    this.#contentView.setBounds({ x: 0, y: 0, width, height })
    this.#scheduleLayout()
  }

  /** Many changes of one turn are shown at once. */
  #scheduleLayout(): void {
    if (this.#layoutScheduled) return
    this.#layoutScheduled = true
    queueMicrotask(() => {
      this.#layoutScheduled = false
      if (!this.#isDestroyed) this.#applyLayout()
    })
  }

  #applyLayout(): void {
    const { views, panes } = layOut(this.#contentView)
    const isSeen = this.isVisible() && this.#state !== 'minimized'
    const shown = new Set<WebContents>()
    for (const { view, bounds, isVisible } of views) {
      const { webContents } = view
      webContents.setViewSize(bounds.width, bounds.height)
      const isShown = isSeen && isVisible && bounds.width > 0 && bounds.height > 0
      webContents.setShown(isShown)
      shown.add(webContents)
      if (!webContents.pageSession)
        webContents.pageReady.then(
          () => this.#scheduleLayout(),
          () => {},
        )
    }
    for (const webContents of this.#shownContents)
      if (!shown.has(webContents) && webContents.isShown && !webContents.isDestroyed())
        webContents.setShown(false)
    this.#shownContents = shown
    this.#face.setViews(faceViews(views), panes)
  }

  /** @internal */
  hasContents(webContents: WebContents): boolean {
    return layOut(this.#contentView).views.some(({ view }) => view.webContents === webContents)
  }

  /** @internal Gives the keyboard to a page of this window. */
  focusContents(webContents: WebContents | null): void {
    if (this.#focusedContents !== webContents) {
      const before = this.#focusedContents
      this.#focusedContents = webContents
      before?.setFocused(false)
      this.#face.focusView(webContents?.id ?? null)
    }
    webContents?.setFocused(this.isFocused())
  }

  /** @internal */
  get focusedContents(): WebContents | null {
    return this.#focusedContents
  }

  #listenToFace(): void {
    const face = this.#face
    face.on('bounds', bounds => this.#boundsChanged(bounds))
    face.on('state', state => this.#stateChanged(state))
    face.on('closeRequested', () => this.close())
    face.on('focus', () => this.#focusChanged(true))
    face.on('blur', () => this.#focusChanged(false))
    face.on('viewFocused', viewId => {
      const found = layOut(this.#contentView).views.find(({ view }) => view.webContents.id === viewId)
      if (found) this.focusContents(found.view.webContents)
    })
    face.on('keyInput', (viewId, input) => {
      const found = layOut(this.#contentView).views.find(({ view }) => view.webContents.id === viewId)
      return found ? found.view.webContents.swallowsKey(input) : false
    })
  }

  #focusChanged(isFocused: boolean): void {
    if (isFocused) windowRegistry.focus(this)
    else if (windowRegistry.focusedWindow() === this) windowRegistry.focus(null)
    this.#focusedContents?.setFocused(isFocused)
  }

  // Its end

  close(): void {
    if (this.#isDestroyed) return
    const event = new PreventableEvent()
    this.emit('close', event)
    this.objectedToClose = event.defaultPrevented
    if (!event.defaultPrevented) this.closeAccepted()
  }

  /** @internal A listener prevented the last attempt to close it. */
  objectedToClose = false

  /** @internal BrowserWindow asks its page first. */
  protected closeAccepted(): void {
    this.destroy()
  }

  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    for (const child of [...this.#childWindows]) child.destroy()
    if (this.#parent) this.#parent.#childWindows.delete(this)
    this.#contentView.removedFromWindow()
    this.#contentView.setHost(null)
    this.#face.close()
    this.emit('closed')
    this.afterClosed()
    windowRegistry.remove(this)
    refuseUse(this, usableWhenDestroyed)
  }

  protected afterClosed(): void {}

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  // Showing

  show(): void {
    this.#setShown(true)
    this.focus()
  }

  showInactive(): void {
    this.#setShown(true)
  }

  hide(): void {
    this.#setShown(false)
  }

  #setShown(isShown: boolean): void {
    if (isShown) this.#face.show({ takesFocus: true })
    else this.#face.hide()
    if (this.#isShown === isShown) return
    this.#isShown = isShown
    this.#scheduleLayout()
    this.emit(isShown ? 'show' : 'hide', new PreventableEvent())
    if (!isShown && this.isFocused()) this.#focusChanged(false)
  }

  isVisible(): boolean {
    return this.#isShown && !this.#isDestroyed
  }

  focus(): void {
    if (!this.#isShown || this.#isDestroyed) return
    this.#face.focus()
    if (windowRegistry.face().kind === 'headless') this.#focusChanged(true)
  }

  blur(): void {
    this.#face.blur()
    if (windowRegistry.face().kind === 'headless') this.#focusChanged(false)
  }

  isFocused(): boolean {
    return windowRegistry.focusedWindow() === this
  }

  moveTop(): void {
    this.#face.focus()
  }

  // Size and state

  setBounds(bounds: Partial<Rectangle>): void {
    const next = this.#constrained({ ...this.#bounds, ...bounds })
    this.#face.setBounds(next)
    this.#boundsChanged(next)
  }

  getBounds(): Rectangle {
    return { ...this.#bounds }
  }

  getContentBounds(): Rectangle {
    return this.getBounds()
  }

  setContentBounds(bounds: Rectangle): void {
    this.setBounds(bounds)
  }

  getNormalBounds(): Rectangle {
    return this.#state === 'normal' ? this.getBounds() : { ...this.#normalBounds }
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  getSize(): number[] {
    return [this.#bounds.width, this.#bounds.height]
  }

  setContentSize(width: number, height: number): void {
    this.setSize(width, height)
  }

  getContentSize(): number[] {
    return this.getSize()
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y })
  }

  getPosition(): number[] {
    return [this.#bounds.x, this.#bounds.y]
  }

  center(): void {
    const { width, height } = this.#bounds
    this.setBounds(centered(width, height))
  }

  setMinimumSize(width: number, height: number): void {
    this.#minimumSize = [width, height]
    this.#face.setMinimumSize(width, height)
    this.setBounds({})
  }

  getMinimumSize(): number[] {
    return [...this.#minimumSize]
  }

  setMaximumSize(width: number, height: number): void {
    this.#maximumSize = [width, height]
    this.#face.setMaximumSize(width, height)
    this.setBounds({})
  }

  getMaximumSize(): number[] {
    return [...this.#maximumSize]
  }

  #constrained(bounds: Rectangle): Rectangle {
    const limit = (value: number, minimum: number, maximum: number): number =>
      Math.max(1, minimum, maximum > 0 ? Math.min(value, maximum) : value)
    return {
      x: Math.round(bounds.x),
      y: Math.round(bounds.y),
      width: Math.round(limit(bounds.width, this.#minimumSize[0], this.#maximumSize[0])),
      height: Math.round(limit(bounds.height, this.#minimumSize[1], this.#maximumSize[1])),
    }
  }

  #boundsChanged(bounds: Rectangle): void {
    const before = this.#bounds
    this.#bounds = { ...bounds }
    if (this.#state === 'normal') this.#normalBounds = this.#bounds
    if (before.width !== bounds.width || before.height !== bounds.height) {
      this.#fitContentView()
      this.emit('resize', new PreventableEvent())
      this.emit('resized', new PreventableEvent())
    }
    if (before.x !== bounds.x || before.y !== bounds.y) {
      this.emit('move', new PreventableEvent())
      this.emit('moved', new PreventableEvent())
    }
  }

  maximize(): void {
    this.#face.maximize()
    if (!this.#isShown) this.show()
    this.#changeStateHeadless('maximized')
  }

  unmaximize(): void {
    if (this.#state !== 'maximized') return
    this.#face.restore()
    this.#changeStateHeadless('normal')
  }

  minimize(): void {
    this.#face.minimize()
    this.#changeStateHeadless('minimized')
  }

  restore(): void {
    this.#face.restore()
    this.#changeStateHeadless('normal')
  }

  setFullScreen(isFullScreen: boolean): void {
    this.#face.setFullScreen(isFullScreen)
    this.#changeStateHeadless(isFullScreen ? 'fullscreen' : 'normal')
  }

  setSimpleFullScreen(isFullScreen: boolean): void {
    this.setFullScreen(isFullScreen)
  }

  isMaximized(): boolean {
    return this.#state === 'maximized'
  }

  isMinimized(): boolean {
    return this.#state === 'minimized'
  }

  isFullScreen(): boolean {
    return this.#state === 'fullscreen'
  }

  isSimpleFullScreen(): boolean {
    return this.isFullScreen()
  }

  isNormal(): boolean {
    return this.#state === 'normal'
  }

  get fullScreen(): boolean {
    return this.isFullScreen()
  }

  set fullScreen(isFullScreen: boolean) {
    this.setFullScreen(isFullScreen)
  }

  /** With a screen, the window manager tells what came of a wish; without one, wishes come true. */
  #changeStateHeadless(state: State): void {
    if (windowRegistry.face().kind !== 'headless' || this.#state === state) return
    if (this.#state === 'normal') this.#normalBounds = this.#bounds
    this.#stateChanged(state)
    const { width, height } = primaryDisplay()
    if (state === 'maximized' || state === 'fullscreen') this.#boundsChanged({ x: 0, y: 0, width, height })
    if (state === 'normal') this.#boundsChanged(this.#normalBounds)
  }

  #stateChanged(state: State): void {
    const before = this.#state
    if (before === state) return
    this.#state = state
    this.#scheduleLayout()
    const announce = (event: string): void => void this.emit(event, new PreventableEvent())
    if (before === 'minimized') announce('restore')
    if (before === 'maximized' && state === 'normal') announce('unmaximize')
    if (before === 'fullscreen') announce('leave-full-screen')
    if (state === 'minimized') announce('minimize')
    if (state === 'maximized') announce('maximize')
    if (state === 'fullscreen') announce('enter-full-screen')
  }

  // Title, colours, family

  setTitle(title: string): void {
    this.#title = String(title)
    this.#face.setTitle(this.#title)
  }

  getTitle(): string {
    return this.#title
  }

  get title(): string {
    return this.#title
  }

  set title(title: string) {
    this.setTitle(title)
  }

  setBackgroundColor(color: string): void {
    this.#backgroundColor = color
    this.#face.setBackgroundColor(color)
  }

  getBackgroundColor(): string {
    return this.#backgroundColor
  }

  setParentWindow(parent: BaseWindow | null): void {
    if (this.#parent) this.#parent.#childWindows.delete(this)
    this.#parent = parent
    if (parent) parent.#childWindows.add(this)
  }

  getParentWindow(): BaseWindow | null {
    return this.#parent
  }

  getChildWindows(): BaseWindow[] {
    return [...this.#childWindows]
  }

  isModal(): boolean {
    return this.#flags.modal
  }

  setOpacity(opacity: number): void {
    this.#opacity = Math.min(1, Math.max(0, opacity))
  }

  getOpacity(): number {
    return this.#opacity
  }

  setAlwaysOnTop(isOnTop: boolean): void {
    if (this.#flags.alwaysOnTop === isOnTop) return
    this.#flags.alwaysOnTop = isOnTop
    this.#face.setAlwaysOnTop(isOnTop)
    this.emit('always-on-top-changed', new PreventableEvent(), isOnTop)
  }

  isAlwaysOnTop(): boolean {
    return this.#flags.alwaysOnTop
  }

  setResizable(isResizable: boolean): void {
    this.#flags.resizable = isResizable
    this.#face.setResizable(isResizable)
  }

  isResizable(): boolean {
    return this.#flags.resizable
  }

  get resizable(): boolean {
    return this.#flags.resizable
  }

  set resizable(isResizable: boolean) {
    this.setResizable(isResizable)
  }

  setMovable(isMovable: boolean): void {
    this.#flags.movable = isMovable
  }

  isMovable(): boolean {
    return this.#flags.movable
  }

  setMinimizable(isMinimizable: boolean): void {
    this.#flags.minimizable = isMinimizable
  }

  isMinimizable(): boolean {
    return this.#flags.minimizable
  }

  setMaximizable(isMaximizable: boolean): void {
    this.#flags.maximizable = isMaximizable
  }

  isMaximizable(): boolean {
    return this.#flags.maximizable
  }

  setClosable(isClosable: boolean): void {
    this.#flags.closable = isClosable
  }

  isClosable(): boolean {
    return this.#flags.closable
  }

  setFullScreenable(isFullScreenable: boolean): void {
    this.#flags.fullscreenable = isFullScreenable
  }

  isFullScreenable(): boolean {
    return this.#flags.fullscreenable
  }

  setFocusable(isFocusable: boolean): void {
    this.#flags.focusable = isFocusable
  }

  isFocusable(): boolean {
    return this.#flags.focusable
  }

  setEnabled(isEnabled: boolean): void {
    this.#flags.enabled = isEnabled
  }

  isEnabled(): boolean {
    return this.#flags.enabled
  }

  setKiosk(isKiosk: boolean): void {
    this.#flags.kiosk = isKiosk
    this.setFullScreen(isKiosk)
  }

  isKiosk(): boolean {
    return this.#flags.kiosk
  }

  setHasShadow(hasShadow: boolean): void {
    this.#flags.hasShadow = hasShadow
  }

  hasShadow(): boolean {
    return this.#flags.hasShadow
  }

  setAutoHideMenuBar(isHiding: boolean): void {
    this.#flags.autoHideMenuBar = isHiding
  }

  isMenuBarAutoHide(): boolean {
    return this.#flags.autoHideMenuBar
  }

  setMenuBarVisibility(isVisible: boolean): void {
    this.#flags.menuBarVisible = isVisible
  }

  isMenuBarVisible(): boolean {
    return this.#flags.menuBarVisible
  }

  // The same as properties

  get closable(): boolean {
    return this.isClosable()
  }

  set closable(value: boolean) {
    this.setClosable(value)
  }

  get focusable(): boolean {
    return this.isFocusable()
  }

  set focusable(value: boolean) {
    this.setFocusable(value)
  }

  get fullScreenable(): boolean {
    return this.isFullScreenable()
  }

  set fullScreenable(value: boolean) {
    this.setFullScreenable(value)
  }

  get kiosk(): boolean {
    return this.isKiosk()
  }

  set kiosk(value: boolean) {
    this.setKiosk(value)
  }

  get maximizable(): boolean {
    return this.isMaximizable()
  }

  set maximizable(value: boolean) {
    this.setMaximizable(value)
  }

  get minimizable(): boolean {
    return this.isMinimizable()
  }

  set minimizable(value: boolean) {
    this.setMinimizable(value)
  }

  get movable(): boolean {
    return this.isMovable()
  }

  set movable(value: boolean) {
    this.setMovable(value)
  }

  get shadow(): boolean {
    return this.hasShadow()
  }

  set shadow(value: boolean) {
    this.setHasShadow(value)
  }

  get autoHideMenuBar(): boolean {
    return this.isMenuBarAutoHide()
  }

  set autoHideMenuBar(value: boolean) {
    this.setAutoHideMenuBar(value)
  }

  get menuBarVisible(): boolean {
    return this.isMenuBarVisible()
  }

  set menuBarVisible(value: boolean) {
    this.setMenuBarVisibility(value)
  }

  get simpleFullScreen(): boolean {
    return this.isSimpleFullScreen()
  }

  set simpleFullScreen(value: boolean) {
    this.setSimpleFullScreen(value)
  }

  get visibleOnAllWorkspaces(): boolean {
    return this.isVisibleOnAllWorkspaces()
  }

  set visibleOnAllWorkspaces(value: boolean) {
    this.setVisibleOnAllWorkspaces(value)
  }

  /** @internal The menu whose accelerators hold in this window; undefined: the application's. */
  ownMenu: unknown

  setMenu(menu: unknown): void {
    this.ownMenu = menu
  }

  removeMenu(): void {
    this.ownMenu = null
  }

  setIcon(_icon: unknown): void {}
  setProgressBar(_progress: number): void {}
  setSkipTaskbar(_isSkipped: boolean): void {}
  flashFrame(_isFlashing: boolean): void {}
  setContentProtection(_isProtected: boolean): void {}
  setIgnoreMouseEvents(_isIgnoring: boolean): void {}
  setVisibleOnAllWorkspaces(_isVisible: boolean): void {}
  setAspectRatio(_ratio: number): void {}
  setTitleBarOverlay(_options: unknown): void {}

  isVisibleOnAllWorkspaces(): boolean {
    return false
  }

  getMediaSourceId(): string {
    return `window:${this.id}:0`
  }

  getNativeWindowHandle(): Buffer {
    return Buffer.alloc(8)
  }
}

type Flag =
  | 'alwaysOnTop'
  | 'autoHideMenuBar'
  | 'closable'
  | 'enabled'
  | 'focusable'
  | 'fullscreenable'
  | 'hasShadow'
  | 'kiosk'
  | 'maximizable'
  | 'menuBarVisible'
  | 'minimizable'
  | 'modal'
  | 'movable'
  | 'resizable'

function flagsOf(options: BaseWindowConstructorOptions): Record<Flag, boolean> {
  return {
    alwaysOnTop: options.alwaysOnTop === true,
    autoHideMenuBar: options.autoHideMenuBar === true,
    closable: options.closable !== false,
    enabled: true,
    focusable: options.focusable !== false,
    fullscreenable: options.fullscreenable !== false,
    hasShadow: options.hasShadow !== false,
    kiosk: options.kiosk === true,
    maximizable: options.maximizable !== false,
    menuBarVisible: true,
    minimizable: options.minimizable !== false,
    modal: options.modal === true,
    movable: options.movable !== false,
    resizable: options.resizable !== false,
  }
}

function initialBounds(options: BaseWindowConstructorOptions): Rectangle {
  const width = Math.max(options.width ?? defaultWidth, options.minWidth ?? 0)
  const height = Math.max(options.height ?? defaultHeight, options.minHeight ?? 0)
  const middle = centered(width, height)
  return { x: options.x ?? middle.x, y: options.y ?? middle.y, width, height }
}

function centered(width: number, height: number): Rectangle {
  const display = primaryDisplay()
  return {
    x: Math.max(0, Math.round((display.width - width) / 2)),
    y: Math.max(0, Math.round((display.height - height) / 2)),
    width,
    height,
  }
}

let defaultTitle: () => string = () => 'Electron'

/** @internal Called once, by the start. */
export function setDefaultWindowTitle(read: () => string): void {
  defaultTitle = read
}

defineUnmade(BaseWindow.prototype, 'BaseWindow', unmadeBaseWindowMembers)
