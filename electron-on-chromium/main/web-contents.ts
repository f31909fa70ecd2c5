import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type {
  BrowserWindowConstructorOptions,
  CloseOpts,
  FindInPageOptions,
  HandlerDetails,
  InsertCSSOptions,
  LoadFileOptions,
  LoadURLOptions,
  NativeImage,
  PrintToPDFOptions,
  Rectangle,
  WebSource,
  WindowOpenHandlerResponse,
} from 'electron'
import type { AttachedTarget } from '../chromium/browser.ts'
import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'
import { messagingOf } from '../messaging/contents-messaging.ts'
import type { IpcMain } from '../messaging/ipc-main.ts'
import { WebFrameMain, webFrameMain } from '../messaging/web-frame-main.ts'
import { UnsupportedApiError } from '../platform/unsupported.ts'
import { fromEngineUrl, toEngineUrl } from '../session/scheme-mapping.ts'
import { defineUnmade } from '../session/unmade-members.ts'
import { ContentsEditing } from './contents-editing.ts'
import type { ContentsPageOptions } from './contents-page.ts'
import { Debugger } from './debugger.ts'
import { engine } from './engine.ts'
import { PreventableEvent } from './event.ts'
import { PageFinder } from './find-in-page.ts'
import { routingIdOf as routingIdOfFrame } from './frame-numbers.ts'
import { imageFromPng } from './image-seam.ts'
import { type LoadOutcome, loadOutcome } from './load-url.ts'
import { NavigationHistory } from './navigation-history.ts'
import { stopUrl } from './navigation-tracker.ts'
import { netErrorFromText } from './net-errors.ts'
import type { PageMenu, PageReport } from './page-watcher.ts'
import { printCommand } from './print-to-pdf.ts'
import { unmadeWebContentsMembers } from './unmade-members.ts'
import { webContentsRegistry } from './web-contents-registry.ts'
import { denyPopup, handlerDetails, optionsFromFeatures } from './window-open.ts'

type WindowOpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse

/** What windows do for a webContents; set by the windows' own module, so that neither imports the other. */
interface WindowsOfContents {
  openChild(
    options: BrowserWindowConstructorOptions,
    adopted: AttachedTarget,
    opener: WebContents,
  ): { readonly window: unknown; readonly webContents: WebContents }
  focus(webContents: WebContents): void
  ownerOf(webContents: WebContents): unknown
}

let windows: WindowsOfContents | null = null

/** @internal Called once, by the windows. */
export function setWindowsOfContents(newWindows: WindowsOfContents): void {
  windows = newWindows
}

/** Emitted instead of nothing: what the page is, to those who hold it. */
export type ContentsType = 'window' | 'browserView' | 'webview' | 'offscreen' | 'remote' | 'backgroundPage'

/** Electron's WebContents: one page and everything that can be done with it. */
export class WebContents extends ContentsEditing {
  static fromId(id: number): WebContents | undefined {
    return webContentsRegistry.fromId(id)
  }

  static fromDevToolsTargetId(targetId: string): WebContents | undefined {
    return webContentsRegistry.fromTarget(targetId)
  }

  static fromFrame(frame: unknown): WebContents | undefined {
    return webContentsRegistry.all().find(each => !each.isDestroyed() && each.ownsFrame(frame))
  }

  static getAllWebContents(): WebContents[] {
    return webContentsRegistry.all()
  }

  static getFocusedWebContents(): WebContents | null {
    return webContentsRegistry.all().find(each => each.isFocused()) ?? null
  }

  readonly navigationHistory: NavigationHistory
  /** @internal What the page said it would open, until the opened page comes. */
  readonly announcedOpenings: Protocol.Page.WindowOpenEvent[] = []
  /** @internal */
  contentsType: ContentsType = 'browserView'
  #title = ''
  #isMuted = false
  #isPlaying = false
  #pendingLoadUrl: string | null = null
  #latestOutcome: LoadOutcome | null = null
  #loadCount = 0
  #userAgent: string | null = null
  #windowOpenHandler: WindowOpenHandler | null = null
  readonly #finder: PageFinder
  readonly debugger: Debugger = new Debugger(this)

  constructor(options: ContentsPageOptions = {}) {
    super(options)
    this.navigationHistory = new NavigationHistory({
      command: send => this.command(send),
      load: url => this.loadURL(url),
    })
    this.#finder = new PageFinder({
      command: send => this.command(send),
      emit: (event, ...args) => this.emit(event, ...args),
    })
    webContentsRegistry.add(this)
    this.start()
    queueMicrotask(() => webContentsRegistry.announce(this))
  }

  protected override self(): WebContents {
    return this
  }

  /** @internal */
  ownsFrame(frame: unknown): boolean {
    return frame instanceof WebFrameMain && this.mainFrame.framesInSubtree.includes(frame)
  }

  protected override frameOf(frameId: string): WebFrameMain | null {
    return messagingOf(this).frames.get(frameId)
  }

  protected override routingIdOf(frameId: string): number {
    return this.frameOf(frameId)?.routingId ?? routingIdOfFrame(frameId)
  }

  // Frames and messages

  get mainFrame(): WebFrameMain {
    return messagingOf(this).mainFrame
  }

  /** Messages of this page alone; heard before `ipcMain` hears them. */
  get ipc(): IpcMain {
    return messagingOf(this).ipc
  }

  get focusedFrame(): WebFrameMain | null {
    return this.isFocused() ? this.mainFrame : null
  }

  get opener(): WebFrameMain | null {
    return null
  }

  send(channel: string, ...args: unknown[]): void {
    this.mainFrame.send(channel, ...args)
  }

  postMessage(...parameters: [channel: string, message: unknown, transfer?: readonly unknown[]]): void {
    this.mainFrame.postMessage(...parameters)
  }

  sendToFrame(frame: number | [number, number], channel: string, ...args: unknown[]): boolean {
    const [processId, routingId] = Array.isArray(frame) ? frame : [this.getProcessId(), frame]
    const found = webFrameMain.fromId(processId, routingId)
    if (!found || !this.ownsFrame(found)) return false
    found.send(channel, ...args)
    return true
  }

  // Loading

  loadURL(url: string, options: LoadURLOptions = {}): Promise<void> {
    if (typeof url !== 'string')
      throw new TypeError('Error processing argument at index 0, conversion failure')
    const outcome = loadOutcome(this, url)
    if (!URL.canParse(url)) {
      outcome.fail({ errorCode: -300, errorDescription: 'ERR_INVALID_URL', url })
      return outcome
    }
    if (this.isCrashed()) this.recovered()
    this.#pendingLoadUrl = url
    this.#latestOutcome = outcome
    const number = ++this.#loadCount
    if (options.userAgent) this.setUserAgent(options.userAgent)
    this.command(session => {
      this.navigation.requestAddition = requestAdditionOf(options)
      const referrer =
        typeof options.httpReferrer === 'object' ? options.httpReferrer.url : options.httpReferrer
      return session.send('Page.navigate', { url: toEngineUrl(url), ...(referrer ? { referrer } : {}) })
    })
      .then(answer => this.#loadAnswered(answer, url, number, outcome))
      .catch((error: unknown) => outcome.fail(failureOf(String(error), url)))
      .finally(() => {
        if (this.#loadCount === number) this.#pendingLoadUrl = null
      })
    return outcome
  }

  #loadAnswered(
    { errorText, loaderId, isDownload }: Protocol.Page.NavigateResponse,
    url: string,
    number: number,
    outcome: LoadOutcome,
  ): void {
    const isLast = this.#loadCount === number
    const isAborted = /ERR_ABORTED/.test(errorText ?? '')
    if (isLast) this.#pendingLoadUrl = null
    const refused = isAborted && isLast ? this.refusedCertificate() : null
    if (refused) {
      this.navigation.refused(refused, url)
      return
    }
    // Chromium says "aborted" as well when the navigation failed while it was being answered.
    if ((isAborted && !this.navigation.hasFailed) || isDownload) {
      outcome.fail(failureOf(isDownload ? 'ERR_FAILED' : 'ERR_ABORTED', url))
      if (isLast) this.navigation.abandoned()
    } else if (errorText && !isAborted && isLast) {
      this.navigation.failed(errorText)
      // It never began: no event tells of it.
      if (!loaderId) outcome.fail(failureOf(errorText, url))
    }
  }

  loadFile(filePath: string, options: LoadFileOptions = {}): Promise<void> {
    const url = pathToFileURL(path.resolve(applicationPath(), filePath))
    for (const [key, value] of Object.entries(options.query ?? {})) url.searchParams.append(key, value)
    if (options.search) url.search = options.search
    if (options.hash) url.hash = options.hash
    return this.loadURL(url.href)
  }

  getURL(): string {
    return this.#pendingLoadUrl ?? this.navigation.pendingUrl ?? this.navigation.url
  }

  getTitle(): string {
    return this.#title
  }

  isLoading(): boolean {
    return this.navigation.isLoading || this.#pendingLoadUrl !== null
  }

  isLoadingMainFrame(): boolean {
    return this.navigation.isMainFrameLoading || this.#pendingLoadUrl !== null
  }

  isWaitingForResponse(): boolean {
    return this.navigation.isWaitingForResponse || this.#pendingLoadUrl !== null
  }

  stop(): void {
    this.#latestOutcome?.stopped()
    this.tell(session => session.send('Page.stopLoading'))
    if (this.navigation.hasPendingNavigation || this.#pendingLoadUrl !== null)
      this.tell(session => session.send('Page.navigate', { url: stopUrl }))
  }

  reload(): void {
    this.#reload(false)
  }

  reloadIgnoringCache(): void {
    this.#reload(true)
  }

  /** A hung renderer never carries a reload out: it is stopped first. */
  #reload(ignoreCache: boolean): void {
    if (this.isUnresponsive) this.tell(session => session.send('Runtime.terminateExecution'))
    this.tell(session => session.send('Page.reload', { ignoreCache }))
  }

  canGoBack(): boolean {
    return this.navigationHistory.canGoBack()
  }

  canGoForward(): boolean {
    return this.navigationHistory.canGoForward()
  }

  canGoToOffset(offset: number): boolean {
    return this.navigationHistory.canGoToOffset(offset)
  }

  goBack(): void {
    this.navigationHistory.goBack()
  }

  goForward(): void {
    this.navigationHistory.goForward()
  }

  goToIndex(index: number): void {
    this.navigationHistory.goToIndex(index)
  }

  goToOffset(offset: number): void {
    this.navigationHistory.goToOffset(offset)
  }

  clearHistory(): void {
    this.navigationHistory.clear()
  }

  downloadURL(url: string): void {
    this.tell(session => session.send('Page.navigate', { url: toEngineUrl(url), transitionType: 'link' }))
  }

  getUserAgent(): string {
    return this.#userAgent ?? this.session.getUserAgent()
  }

  getWebRTCIPHandlingPolicy(): string {
    return readWebRtcPolicy()
  }

  /** Chromium takes the policy for all pages, from its command line; another cannot be set. */
  setWebRTCIPHandlingPolicy(policy: string): void {
    if (policy === readWebRtcPolicy()) return
    throw new UnsupportedApiError(
      'webContents.setWebRTCIPHandlingPolicy',
      `Chromium was not started with --webrtc-ip-handling-policy=${policy}`,
    )
  }

  setUserAgent(userAgent: string): void {
    this.#userAgent = userAgent
    this.tell(session => session.send('Emulation.setUserAgentOverride', { userAgent }))
  }

  get userAgent(): string {
    return this.getUserAgent()
  }

  set userAgent(userAgent: string) {
    this.setUserAgent(userAgent)
  }

  // The page and its scripts

  executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return this.#whenLoaded().then(async () => {
      const bridge = await this.bridge
      return bridge.executeJavaScript(String(code), {
        worldId: 0,
        frameId: null,
        hasUserGesture: userGesture,
      })
    })
  }

  executeJavaScriptInIsolatedWorld(
    worldId: number,
    scripts: WebSource[],
    userGesture = false,
  ): Promise<unknown> {
    return this.#whenLoaded().then(async () => {
      const bridge = await this.bridge
      let result: unknown
      for (const { code } of scripts)
        result = await bridge.executeJavaScript(code, { worldId, frameId: null, hasUserGesture: userGesture })
      return result
    })
  }

  /** As Electron: scripts wait for a page to be there. */
  #whenLoaded(): Promise<void> {
    if (this.getURL() !== '' && !this.isLoadingMainFrame()) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.once('did-stop-loading', () => resolve())
      this.once('destroyed', () => reject(new Error('Object has been destroyed')))
    })
  }

  async insertCSS(css: string, _options?: InsertCSSOptions): Promise<string> {
    const key = `standin-css-${++lastStyleKey}`
    await this.evaluateApart(addStyle, [key, css])
    return key
  }

  async removeInsertedCSS(key: string): Promise<void> {
    await this.evaluateApart(removeStyle, [key])
  }

  findInPage(text: string, options?: FindInPageOptions): number {
    return this.#finder.find(text, options)
  }

  stopFindInPage(action: 'clearSelection' | 'keepSelection' | 'activateSelection'): void {
    this.#finder.stop(action)
  }

  // Pictures and print

  async capturePage(rect?: Rectangle): Promise<NativeImage> {
    const { data } = await this.command(session =>
      session.send('Page.captureScreenshot', {
        format: 'png',
        // The pixels are the same; to pack them tightly would take longer than to read them.
        optimizeForSpeed: true,
        captureBeyondViewport: false,
        ...(rect ? { clip: { ...rect, scale: 1 } } : {}),
      }),
    )
    return imageFromPng(Buffer.from(data, 'base64'))
  }

  async printToPDF(options: PrintToPDFOptions = {}): Promise<Buffer> {
    const { data } = await this.command(session => session.send('Page.printToPDF', printCommand(options)))
    return Buffer.from(data, 'base64')
  }

  print(_options?: unknown, callback?: (success: boolean, failureReason: string) => void): void {
    callback?.(false, 'There is no printer in electron-on-chromium; use printToPDF')
  }

  getPrintersAsync(): Promise<[]> {
    return Promise.resolve([])
  }

  async savePage(fullPath: string, saveType: 'HTMLOnly' | 'HTMLComplete' | 'MHTML'): Promise<void> {
    if (saveType === 'HTMLComplete') throw new Error('HTMLComplete cannot be saved; use MHTML or HTMLOnly')
    const text =
      saveType === 'MHTML'
        ? (await this.command(session => session.send('Page.captureSnapshot', { format: 'mhtml' }))).data
        : String(await this.evaluateApart(outerHtml, []))
    await writeFile(fullPath, text)
  }

  // Sound

  setAudioMuted(isMuted: boolean): void {
    this.#isMuted = isMuted
    this.evaluateApart(muteMedia, [isMuted]).catch(() => {})
  }

  isAudioMuted(): boolean {
    return this.#isMuted
  }

  get audioMuted(): boolean {
    return this.#isMuted
  }

  set audioMuted(isMuted: boolean) {
    this.setAudioMuted(isMuted)
  }

  isCurrentlyAudible(): boolean {
    return this.#isPlaying && !this.#isMuted
  }

  // Windows that the page opens

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler
  }

  /** @internal A page that this one opened. */
  opened(target: AttachedTarget): void {
    const details = handlerDetails(this.announcedOpenings.shift(), target, this.getURL())
    const response = this.#askWindowOpenHandler(details)
    if (response.action !== 'allow' || !windows) {
      denyPopup(target)
      return
    }
    const options: BrowserWindowConstructorOptions = {
      ...optionsFromFeatures(details.features),
      ...response.overrideBrowserWindowOptions,
      webPreferences: {
        ...this.webPreferences,
        session: this.session as never,
        ...response.overrideBrowserWindowOptions?.webPreferences,
      },
    }
    if (response.createWindow) {
      const guest = new WebContents({ adopted: target, webPreferences: options.webPreferences ?? {} })
      const given = response.createWindow({
        ...options,
        webContents: guest,
      } as BrowserWindowConstructorOptions)
      if ((given as unknown) !== guest)
        throw new Error(
          'Invalid webContents. Created window should be connected to webContents passed with options object.',
        )
      return
    }
    const { window, webContents } = windows.openChild(options, target, this)
    if (!response.outlivesOpener) this.once('destroyed', () => webContents.closeAtOnce())
    this.emit('did-create-window', window, { ...details, options })
  }

  #askWindowOpenHandler(details: HandlerDetails): WindowOpenHandlerResponse {
    if (!this.#windowOpenHandler) return { action: 'allow' }
    try {
      const response: WindowOpenHandlerResponse | null = this.#windowOpenHandler(details)
      if (typeof response !== 'object' || response === null) {
        console.error(
          "The window open handler response must be an object with an 'action' property of 'allow' or 'deny'",
        )
        return { action: 'deny' }
      }
      return response
    } catch (error) {
      console.error(error)
      return { action: 'deny' }
    }
  }

  protected override windowOpening(event: Protocol.Page.WindowOpenEvent): void {
    this.announcedOpenings.push(event)
  }

  // Its end

  close(options: Partial<CloseOpts> = {}): void {
    if (this.isDestroyed()) return
    this.isClosing = options.waitForBeforeUnload === true
    if (this.isClosing) void this.unloadSettled.then(() => this.tell(session => session.send('Page.close')))
    else this.closeAtOnce()
  }

  /** The application overruled the page that did not want to be closed. */
  protected override unloadOverruled(): void {
    this.closeAtOnce()
  }

  /** @internal */
  closeAtOnce(): void {
    if (this.isDestroyed()) return
    const targetId = this.pageSession?.targetId
    if (targetId) {
      engine()
        .root.send('Target.closeTarget', { targetId })
        .catch(() => {})
    }
    // A hung page is closed by the browser all the same; nobody has to wait for it.
    this.destroyed()
  }

  forcefullyCrashRenderer(): void {
    const pid = this.getOSProcessId()
    if (pid > 0) {
      try {
        process.kill(pid, 'SIGKILL')
        return
      } catch {
        // Gone already, or not ours to kill: Chromium may do it.
      }
    }
    this.tell(session => session.send('Page.crash'))
  }

  focus(): void {
    windows?.focus(this)
  }

  getType(): ContentsType {
    return this.contentsType
  }

  getOrCreateDevToolsTargetId(): string {
    return this.pageSession?.targetId ?? ''
  }

  /** @internal */
  getOwnerBrowserWindow(): unknown {
    return windows?.ownerOf(this) ?? null
  }

  protected override async committed(session: DevToolsSession): Promise<void> {
    this.#pendingLoadUrl = null
    await this.navigationHistory.refresh(session, () => this.navigation.url)
  }

  protected override documentChanged(): void {
    this.#title = ''
    this.#isPlaying = false
  }

  protected override reported(report: PageReport): void {
    if (report.kind === 'title') this.#title = report.title
    if (report.kind === 'key') this.sawKey(report.input)
    this.navigation.afterAnnouncements(() => this.#announceReport(report))
  }

  #announceReport(report: PageReport): void {
    switch (report.kind) {
      case 'title':
        this.navigationHistory.setActiveTitle(report.title)
        this.emit('page-title-updated', new PreventableEvent(), report.title, true)
        return
      case 'icons':
        if (report.urls.length > 0)
          this.emit('page-favicon-updated', new PreventableEvent(), report.urls.map(fromEngineUrl))
        return
      case 'themeColor':
        this.emit('did-change-theme-color', new PreventableEvent(), report.color)
        return
      case 'media':
        this.#isPlaying = report.isPlaying
        if (report.isPlaying && this.#isMuted) this.setAudioMuted(true)
        this.emit(report.isPlaying ? 'media-started-playing' : 'media-paused', new PreventableEvent())
        this.emit('audio-state-changed', Object.assign(new PreventableEvent(), { audible: report.isPlaying }))
        return
      case 'targetUrl':
        this.emit('update-target-url', new PreventableEvent(), fromEngineUrl(report.url))
        return
      case 'contextMenu':
        this.emit('context-menu', new PreventableEvent(), menuParameters(report.menu, this))
        return
      case 'key':
        return
      case 'fullScreen':
        this.emit(
          report.isFullScreen ? 'enter-html-full-screen' : 'leave-html-full-screen',
          new PreventableEvent(),
        )
    }
  }
}

let lastStyleKey = 0
let applicationPath: () => string = () => process.cwd()

let readWebRtcPolicy = (): string => 'default'

/** @internal Once, at boot. */
export function setWebRtcPolicy(read: () => string): void {
  readWebRtcPolicy = read
}

/** @internal Called once, by the start: where relative paths of `loadFile` begin. */
export function setApplicationPath(read: () => string): void {
  applicationPath = read
}

function failureOf(text: string, url: string): { errorCode: number; errorDescription: string; url: string } {
  const { code, description } = netErrorFromText(text)
  return { errorCode: code, errorDescription: description, url }
}

function requestAdditionOf(options: LoadURLOptions): {
  readonly headers: readonly Protocol.Fetch.HeaderEntry[]
  readonly postData: Buffer | null
} | null {
  const headers = (options.extraHeaders ?? '')
    .split('\n')
    .filter(line => line.includes(':'))
    .map(line => ({
      name: line.slice(0, line.indexOf(':')).trim(),
      value: line.slice(line.indexOf(':') + 1).trim(),
    }))
  const parts = (options.postData ?? []).map(part => ('bytes' in part ? part.bytes : Buffer.alloc(0)))
  if (headers.length === 0 && parts.length === 0) return null
  return { headers, postData: parts.length > 0 ? Buffer.concat(parts) : null }
}

/** What `context-menu` tells its listeners. */
function menuParameters(menu: PageMenu, contents: WebContents): Record<string, unknown> {
  const hasSelection = menu.selectionText !== ''
  return {
    ...menu,
    linkURL: fromEngineUrl(menu.linkURL),
    srcURL: fromEngineUrl(menu.srcURL),
    pageURL: fromEngineUrl(menu.pageURL),
    frame: contents.mainFrame,
    frameURL: '',
    frameCharset: 'UTF-8',
    hasImageContents: menu.mediaType === 'image',
    altText: '',
    suggestedFilename: '',
    titleText: '',
    misspelledWord: '',
    dictionarySuggestions: [],
    referrerPolicy: { url: '', policy: 'strict-origin-when-cross-origin' },
    formControlType: menu.isEditable ? 'input-text' : 'none',
    spellcheckEnabled: false,
    menuSourceType: 'mouse',
    selectionRect: { x: menu.x, y: menu.y, width: 0, height: 0 },
    selectionStartOffset: 0,
    mediaFlags: {
      inError: false,
      isPaused: false,
      isMuted: contents.isAudioMuted(),
      hasAudio: menu.mediaType === 'audio' || menu.mediaType === 'video',
      isLooping: false,
      isControlsVisible: false,
      canToggleControls: false,
      canPrint: false,
      canSave: false,
      canShowPictureInPicture: false,
      isShowingPictureInPicture: false,
      canRotate: false,
      canLoop: false,
    },
    editFlags: {
      canUndo: menu.isEditable,
      canRedo: menu.isEditable,
      canCut: menu.isEditable && hasSelection,
      canCopy: hasSelection,
      canPaste: menu.isEditable,
      canDelete: menu.isEditable && hasSelection,
      canSelectAll: true,
      canEditRichly: false,
    },
  }
}

/* Functions that run in the page, in a world of our own. */

// biome-ignore lint/suspicious/noExplicitAny: the DOM is not among the types of this program
declare const document: any

function addStyle(key: string, css: string): void {
  // biome-ignore lint/suspicious/noExplicitAny: the DOM is not among the types of this program
  const scope = globalThis as any
  const sheet = new scope.CSSStyleSheet()
  sheet.replaceSync(css)
  scope.standinStyles ??= new Map()
  scope.standinStyles.set(key, sheet)
  document.adoptedStyleSheets.push(sheet)
}

function removeStyle(key: string): void {
  // biome-ignore lint/suspicious/noExplicitAny: the DOM is not among the types of this program
  const sheet = (globalThis as any).standinStyles?.get(key)
  if (sheet)
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each: unknown) => each !== sheet)
}

function outerHtml(): string {
  return document.documentElement.outerHTML
}

function muteMedia(isMuted: boolean): void {
  for (const media of document.querySelectorAll('audio, video')) media.muted = isMuted
}

defineUnmade(WebContents.prototype, 'webContents', unmadeWebContentsMembers)
