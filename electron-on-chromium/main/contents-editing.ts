import { writeFile } from 'node:fs/promises'
import type { Input, KeyboardInputEvent, MouseInputEvent, MouseWheelInputEvent } from 'electron'
import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'
import { UnsupportedApiError } from '../platform/unsupported.ts'
import { ContentsPage } from './contents-page.ts'
import { PreventableEvent } from './event.ts'
import { inputOf, isKeyboardEvent, keyCommand, mouseCommand } from './input-events.ts'
import { evaluateApart } from './own-world.ts'
import type { PageKey } from './page-watcher.ts'

/** A key that went through us has reached the page by then, or never will. */
const keyReturnMs = 3000

function strokeOf({
  type,
  code,
  key,
}: {
  readonly type: string
  readonly code: string
  readonly key: string
}): string {
  return `${type} ${code === '' ? key : code}`
}

/** Zoom levels are powers of this. */
const zoomBase = 1.2
const minimumZoomFactor = 0.25
const maximumZoomFactor = 5

type AcceleratorPressed = (input: Input, contents: ContentsEditing) => boolean

let acceleratorPressed: AcceleratorPressed | null = null

/** @internal Called once, by the start: true when the key was an accelerator of a menu. */
export function setAcceleratorPressed(pressed: AcceleratorPressed): void {
  acceleratorPressed = pressed
}

/** Input, editing, zoom and the small switches of a webContents. */
export abstract class ContentsEditing extends ContentsPage {
  #zoomFactor = 1
  #width = 0
  #height = 0
  #isFocused = false
  #ignoresMenuShortcuts = false
  #windowId: Promise<number> | null = null

  /** @internal */
  evaluateApart(pageFunction: (...args: never[]) => unknown, args: readonly unknown[]): Promise<unknown> {
    return this.command(session => evaluateApart(session, pageFunction, args))
  }

  // Size and visibility, told by the windows

  /** @internal Content size in CSS pixels. */
  setViewSize(width: number, height: number): void {
    if (width === this.#width && height === this.#height) return
    this.#width = width
    this.#height = height
    this.#applyMetrics()
  }

  /** @internal */
  setShown(isShown: boolean): void {
    if (this.isShown === isShown) return
    this.isShown = isShown
    this.tell(session => this.#setWindowState(session, isShown ? 'normal' : 'minimized'))
  }

  async #setWindowState(session: DevToolsSession, windowState: 'normal' | 'minimized'): Promise<void> {
    this.#windowId ??= session.send('Browser.getWindowForTarget').then(({ windowId }) => windowId)
    const windowId = await this.#windowId
    await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState } })
  }

  #applyMetrics(): void {
    if (this.#width <= 0 || this.#height <= 0) return
    this.tell(session =>
      session.send('Emulation.setDeviceMetricsOverride', {
        width: Math.max(1, Math.round(this.#width / this.#zoomFactor)),
        height: Math.max(1, Math.round(this.#height / this.#zoomFactor)),
        deviceScaleFactor: this.#zoomFactor,
        mobile: false,
      }),
    )
  }

  // Zoom

  setZoomFactor(factor: number): void {
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0")
    this.#zoomFactor = Math.min(maximumZoomFactor, Math.max(minimumZoomFactor, factor))
    this.#applyMetrics()
  }

  getZoomFactor(): number {
    return this.#zoomFactor
  }

  setZoomLevel(level: number): void {
    this.setZoomFactor(zoomBase ** level)
  }

  getZoomLevel(): number {
    return Math.log(this.#zoomFactor) / Math.log(zoomBase)
  }

  get zoomFactor(): number {
    return this.#zoomFactor
  }

  set zoomFactor(factor: number) {
    this.setZoomFactor(factor)
  }

  get zoomLevel(): number {
    return this.getZoomLevel()
  }

  set zoomLevel(level: number) {
    this.setZoomLevel(level)
  }

  async setVisualZoomLevelLimits(_minimum: number, _maximum: number): Promise<void> {}

  // Input

  sendInputEvent(event: KeyboardInputEvent | MouseInputEvent | MouseWheelInputEvent): void {
    if (isKeyboardEvent(event)) this.dispatchKey(keyCommand(event))
    else this.tell(session => session.send('Input.dispatchMouseEvent', mouseCommand(event)))
  }

  /** @internal A key on its way to the page. False: it was swallowed. */
  dispatchKey(command: Protocol.Input.DispatchKeyEventRequest): boolean {
    if (command.type !== 'char' && this.swallowsKey(inputOf(command))) return false
    this.tell(session => session.send('Input.dispatchKeyEvent', command))
    return true
  }

  /** @internal Asks the application about a key before the page gets it; true: the page must not have it. */
  swallowsKey(input: Input): boolean {
    const isSwallowed = this.#askAboutKey(input)
    if (!isSwallowed) this.#expectedKeys.push({ stroke: strokeOf(input), atMs: performance.now() })
    return isSwallowed
  }

  /**
   * @internal A key that the page saw. Those that went through us come back here; any other was put into the page by
   * somebody else (a tester), and the application is told of it, too late to keep it from the page.
   */
  protected sawKey(input: PageKey): void {
    const stroke = strokeOf(input)
    const nowMs = performance.now()
    this.#expectedKeys = this.#expectedKeys.filter(({ atMs }) => nowMs - atMs < keyReturnMs)
    const index = this.#expectedKeys.findIndex(expected => expected.stroke === stroke)
    if (index !== -1) this.#expectedKeys.splice(index, 1)
    else {
      const { shift, control, alt, meta } = input
      const modifiers = Object.entries({ alt, control, meta, shift }).flatMap(([name, isDown]) =>
        isDown ? [name] : [],
      )
      this.#askAboutKey({ ...input, modifiers })
    }
  }

  #expectedKeys: { readonly stroke: string; readonly atMs: number }[] = []

  #askAboutKey(input: Input): boolean {
    const event = new PreventableEvent()
    this.emit('before-input-event', event, input)
    if (event.defaultPrevented) return true
    return !this.#ignoresMenuShortcuts && (acceleratorPressed?.(input, this) ?? false)
  }

  setIgnoreMenuShortcuts(isIgnoring: boolean): void {
    this.#ignoresMenuShortcuts = isIgnoring
  }

  async insertText(text: string): Promise<void> {
    await this.command(session => session.send('Input.insertText', { text }))
  }

  undo(): void {
    this.#edit('Undo')
  }

  redo(): void {
    this.#edit('Redo')
  }

  cut(): void {
    this.#edit('Cut')
  }

  copy(): void {
    this.#edit('Copy')
  }

  paste(): void {
    this.#edit('Paste')
  }

  pasteAndMatchStyle(): void {
    this.#edit('PasteAndMatchStyle')
  }

  delete(): void {
    this.#edit('Delete')
  }

  selectAll(): void {
    this.#edit('SelectAll')
  }

  unselect(): void {
    this.#edit('Unselect')
  }

  centerSelection(): void {
    this.#edit('CenterSelection')
  }

  scrollToTop(): void {
    this.#edit('ScrollToBeginningOfDocument')
  }

  scrollToBottom(): void {
    this.#edit('ScrollToEndOfDocument')
  }

  replace(text: string): void {
    void this.insertText(text).catch(() => {})
  }

  replaceMisspelling(text: string): void {
    this.replace(text)
  }

  #edit(command: string): void {
    this.tell(session =>
      session.send('Input.dispatchKeyEvent', {
        type: 'rawKeyDown',
        key: 'Unidentified',
        commands: [command],
      }),
    )
  }

  // Focus

  isFocused(): boolean {
    return this.#isFocused
  }

  /** @internal Told by the windows. */
  setFocused(isFocused: boolean): void {
    if (this.#isFocused === isFocused || this.isDestroyed()) return
    this.#isFocused = isFocused
    this.tell(session => session.send('Emulation.setFocusEmulationEnabled', { enabled: isFocused }))
    this.emit(isFocused ? 'focus' : 'blur', new PreventableEvent())
  }

  // What exists elsewhere only

  isOffscreen(): boolean {
    return false
  }

  isPainting(): boolean {
    return false
  }

  isBeingCaptured(): boolean {
    return false
  }

  isDevToolsOpened(): boolean {
    return false
  }

  isDevToolsFocused(): boolean {
    return false
  }

  get devToolsWebContents(): null {
    return null
  }

  get hostWebContents(): null {
    return null
  }

  openDevTools(): void {
    console.warn('electron-on-chromium: developer tools cannot be opened here; use --remote-debugging-port')
  }

  closeDevTools(): void {}

  toggleDevTools(): void {
    this.openDevTools()
  }

  inspectElement(): void {
    this.openDevTools()
  }

  getBackgroundThrottling(): boolean {
    return this.webPreferences.backgroundThrottling !== false
  }

  setBackgroundThrottling(isAllowed: boolean): void {
    this.webPreferences.backgroundThrottling = isAllowed
  }

  get backgroundThrottling(): boolean {
    return this.getBackgroundThrottling()
  }

  set backgroundThrottling(isAllowed: boolean) {
    this.setBackgroundThrottling(isAllowed)
  }

  startDrag(): never {
    throw new UnsupportedApiError('webContents.startDrag', 'views are pictures here, not native widgets')
  }

  async takeHeapSnapshot(filePath: string): Promise<void> {
    await this.command(async session => {
      const chunks: string[] = []
      using _listener = session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
      await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
      await writeFile(filePath, chunks.join(''))
    })
  }
}
