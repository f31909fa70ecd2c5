import type { RenderProcessGoneDetails, WebContents, WebContentsView, WebFrameMain } from 'electron'
import type { Area, PageProblem } from '../../contracts/browser.ts'
import type { SleepingPage } from '../controller/sleeping-page.ts'
import type { PageFact, PageGone, ScrollPlace, TabId } from '../controller/tab-model.ts'
import type { PulsedPage } from '../crashes/pulse/page-pulse.ts'
import { isPageAddress } from '../security/navigation-policy.ts'
import { restoreHistory } from '../suspension/page-history.ts'
import { placeOnPlate } from '../windows/plate.ts'
import { fetchFavicon } from './favicon.ts'
import { abortedErrorCode, pageProblem } from './page-problem.ts'

export interface TabViewOptions {
  readonly tabId: TabId
  /** It has shown nothing but the engine's blank page. */
  readonly view: WebContentsView
  readonly onFact: (fact: PageFact) => void
  /** Its process is gone; what is to be shown of that. */
  readonly onLost: (pid: number | null, details: RenderProcessGoneDetails) => PageGone
  /** A new document was committed: whatever was connected to the old one is void. */
  readonly onDocument: () => void
  /**
   * What is to be said of a load that failed, or was broken off (null). Null for nothing: what was there stays.
   */
  readonly explain: (contents: WebContents, problem: PageProblem | null) => Promise<PageProblem | null>
  /** A picture that the page names, as a `data:` address. */
  readonly fetchIcon: (url: string, pageUrl: string) => Promise<string>
  /** The page wants another window; it gets a tab. */
  readonly onOpen: (url: string, isInBackground: boolean) => void
  readonly onShortcut: (event: Electron.Event, input: Electron.Input) => void
  /** Puts back what a page had stored for its tab; resolves, always, when it may be loaded. */
  readonly restoreSession: (contents: WebContents, sleeping: SleepingPage) => Promise<void>
}

export interface PageToLoad {
  readonly url: string
  /** How far down it was. */
  readonly scroll?: ScrollPlace
  /** Where it had been before it slept. */
  readonly sleeping?: SleepingPage | null
}

/** A world of its own, of which the page sees nothing. */
const scrollWorld = 4_711
/** Further down is no page. */
const furthest = 1e9

/**
 * The view of one tab: a sandboxed renderer of its own, of which it reports facts and to which it passes commands. The
 * page gets no API of ours in its own world.
 */
export class TabView implements Disposable {
  readonly view: WebContentsView
  readonly tabId: TabId
  readonly #options: TabViewOptions
  /** Where the next page is to be scrolled to; pages grow while they load, so that it is tried more than once. */
  #scrollTo: { readonly url: string; readonly scroll: ScrollPlace } | null = null
  /** True until the first real document; the engine's own about:blank is not the person's business. */
  #isBlank = true
  /** Documents so far: what was asked of one is not answered by the next. */
  #documents = 0
  /** The process that drew the page last; once it is gone, the engine does not know it any more. */
  #lastPid: number | null = null
  /** Loads of the main frame so far: what is said of one that failed must not reach a later one. */
  #loads = 0
  /** Loads that were asked for: one that had to wait begins only if no other was meanwhile. */
  #asked = 0

  constructor(options: TabViewOptions) {
    this.tabId = options.tabId
    this.#options = options
    this.view = options.view
    this.#reportFacts(this.contents)
  }

  get contents(): WebContents {
    return this.view.webContents
  }

  get mainFrame(): WebFrameMain {
    return this.contents.mainFrame
  }

  /** Process of the page, null while it has none. */
  get pid(): number | null {
    if (this.contents.isDestroyed()) return null
    const pid = this.contents.getOSProcessId()
    return pid > 0 ? pid : null
  }

  /**
   * How it is asked whether the page answers; null while it may be silent, having no document, or somebody who looks for
   * its faults.
   */
  pulse(): PulsedPage | null {
    const { contents, pid } = this
    if (pid === null || this.#isBlank || contents.isCrashed() || contents.isDevToolsOpened()) return null
    return {
      id: this.tabId,
      document: `${pid}:${this.#documents}`,
      pid,
      // Not asked through the contents, which wait until the page has loaded before they run anything.
      ping: async () => this.mainFrame.executeJavaScript('0'),
    }
  }

  /** Loads an address; the rest says how it was left, where that is known. */
  load({ url, scroll, sleeping }: PageToLoad): void {
    this.#scrollTo = scroll === undefined || (scroll.x === 0 && scroll.y === 0) ? null : { url, scroll }
    this.#asked += 1
    const asked = this.#asked
    if (sleeping === undefined || sleeping === null || sleeping.session.length === 0) {
      this.#begin(url, sleeping ?? null)
      return
    }
    void this.#options.restoreSession(this.contents, sleeping).then(() => {
      if (asked === this.#asked && !this.contents.isDestroyed()) this.#begin(url, sleeping)
    })
  }

  #begin(url: string, sleeping: SleepingPage | null): void {
    if (sleeping !== null && restoreHistory(this.contents, sleeping)) return
    // A failed load arrives as did-fail-load; the promise says the same again.
    this.contents.loadURL(url).catch(() => {})
  }

  /** Asks the page how far down it is, and reports it when it has moved since `known`. */
  async lookAtScroll(known: ScrollPlace): Promise<void> {
    if (this.contents.isDestroyed() || this.#isBlank || this.#scrollTo !== null) return
    const url = this.contents.getURL()
    const found: unknown = await this.contents.executeJavaScriptInIsolatedWorld(scrollWorld, [
      { code: '[scrollX, scrollY]' },
    ])
    if (!Array.isArray(found) || this.contents.isDestroyed() || this.contents.getURL() !== url) return
    const [x, y] = found.map(one =>
      typeof one === 'number' && one > 0 && one < furthest ? Math.round(one) : 0,
    )
    if (x === undefined || y === undefined || (x === known.x && y === known.y)) return
    this.#options.onFact({ type: 'page.scrolled', scroll: { x, y } })
  }

  #scroll(): void {
    const wanted = this.#scrollTo
    if (wanted === null || this.contents.isDestroyed() || this.contents.getURL() !== wanted.url) return
    const code = `scrollTo({ left: ${wanted.scroll.x}, top: ${wanted.scroll.y}, behavior: 'instant' })`
    this.contents.executeJavaScriptInIsolatedWorld(scrollWorld, [{ code }]).catch(() => {})
  }

  goBack(): void {
    if (this.contents.navigationHistory.canGoBack()) this.contents.navigationHistory.goBack()
  }

  goForward(): void {
    if (this.contents.navigationHistory.canGoForward()) this.contents.navigationHistory.goForward()
  }

  reload(): void {
    this.contents.reload()
  }

  stop(): void {
    this.contents.stop()
  }

  endProcess(): void {
    this.contents.forcefullyCrashRenderer()
  }

  place(area: Area | null): void {
    placeOnPlate(this.view, area)
  }

  [Symbol.dispose](): void {
    // Without an explicit close the renderer stays alive: https://github.com/electron/electron/issues/42884
    if (!this.contents.isDestroyed()) this.contents.close()
  }

  #reportFacts(contents: WebContents): void {
    const { onFact } = this.#options
    contents.on('did-start-navigation', details => {
      if (!details.isMainFrame || details.isSameDocument || !isPageAddress(details.url)) return
      this.#isBlank = false
      this.#loads += 1
      onFact({ type: 'page.started', url: details.url })
    })
    contents.on('did-navigate', (_event, url) => {
      if (!isPageAddress(url)) return
      this.#documents += 1
      this.#lastPid = this.pid
      this.#dropBlank(contents)
      this.#options.onDocument()
      onFact({ type: 'page.navigated', url, isSameDocument: false, ...this.#history() })
      onFact({ type: 'page.milestone', progress: 0.4 })
    })
    contents.on('did-navigate-in-page', (_event, url, isMainFrame) => {
      if (isMainFrame && isPageAddress(url)) {
        onFact({ type: 'page.navigated', url, isSameDocument: true, ...this.#history() })
      }
    })
    contents.on('dom-ready', () => {
      this.#lastPid = this.pid
      onFact({ type: 'page.milestone', progress: 0.7 })
      this.#scroll()
    })
    contents.on('did-stop-loading', () => {
      if (!this.#isBlank) onFact({ type: 'page.finished' })
      this.#scroll()
      this.#scrollTo = null
    })
    contents.on('did-fail-load', (_event, errorCode, errorName, url, isMainFrame) => {
      if (isMainFrame) void this.#reportFailure(errorCode, errorName, url)
    })
    contents.on('page-title-updated', (_event, title) => {
      if (!this.#isBlank) onFact({ type: 'page.titled', title: title.slice(0, 2_000) })
    })
    contents.on('page-favicon-updated', (_event, urls) => void this.#reportIcon(contents, urls))
    contents.on('render-process-gone', (_event, details) => {
      const pid = this.#lastPid
      this.#lastPid = null
      // Not inside the event: recovering there has crashed browsers (https://github.com/electron/electron/pull/51900).
      setImmediate(() => onFact({ type: 'page.gone', gone: this.#options.onLost(pid, details) }))
    })
    contents.on('unresponsive', () => onFact({ type: 'page.unresponsive' }))
    contents.on('responsive', () => onFact({ type: 'page.responsive' }))
    contents.on('before-input-event', (event, input) => this.#options.onShortcut(event, input))
    contents.setWindowOpenHandler(details => {
      if (isPageAddress(details.url)) {
        this.#options.onOpen(details.url, details.disposition === 'background-tab')
      }
      return { action: 'deny' }
    })
  }

  async #reportFailure(errorCode: number, errorName: string, url: string): Promise<void> {
    const load = this.#loads
    const seen = errorCode === abortedErrorCode ? null : pageProblem(errorCode, errorName, url)
    const problem = await this.#options.explain(this.contents, seen).catch(() => seen)
    if (load !== this.#loads || this.contents.isDestroyed()) return
    const { onFact } = this.#options
    if (problem === null) onFact({ type: 'page.aborted', url: this.#shownUrl() })
    else onFact({ type: 'page.failed', problem })
  }

  /** The address of the document that is there, null while it is the engine's blank one. */
  #shownUrl(): string | null {
    const url = this.contents.getURL()
    return isPageAddress(url) ? url : null
  }

  /** What the view showed while it waited for a tab is no place to go back to. */
  #dropBlank({ navigationHistory }: WebContents): void {
    if (navigationHistory.getEntryAtIndex(0)?.url !== 'about:blank') return
    if (!navigationHistory.removeEntryAtIndex(0)) navigationHistory.clear()
  }

  #history(): { canGoBack: boolean; canGoForward: boolean } {
    const history = this.contents.navigationHistory
    return { canGoBack: history.canGoBack(), canGoForward: history.canGoForward() }
  }

  async #reportIcon(contents: WebContents, urls: readonly string[]): Promise<void> {
    const pageUrl = contents.getURL()
    const { fetchIcon } = this.#options
    const iconDataUrl = await fetchFavicon(urls, url => fetchIcon(url, pageUrl))
    if (!contents.isDestroyed() && contents.getURL() === pageUrl) {
      this.#options.onFact({ type: 'page.icon', iconDataUrl })
    }
  }
}
