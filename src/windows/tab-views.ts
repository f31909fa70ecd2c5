import type { WebContentsView } from 'electron'
import type { PageProblem } from '../../contracts/browser.ts'
import type { PageFact, PageGone, TabId } from '../controller/tab-model.ts'
import type { FetchingPage } from '../fetching/own-fetches.ts'
import { type PageSession, type PageSessions, PagesRefusedError } from '../security/page-sessions.ts'
import { makePageView } from '../tabs/page-view.ts'
import { type PageToLoad, TabView, type TabViewOptions } from '../tabs/tab-view.ts'
import { WarmPages, type WarmPagesOptions } from '../tabs/warm-pages.ts'
import { WarmView } from '../tabs/warm-view.ts'
import type { MainWindow } from './main-window.ts'

export interface TabViewsOptions {
  readonly window: MainWindow
  readonly sessions: PageSessions
  readonly preload: string
  /** A view was made; it has loaded nothing yet. */
  readonly onView: (view: TabView) => void
  readonly onFact: (tabId: TabId, fact: PageFact) => void
  /** The process of a tab is gone; what is to be shown of that. */
  readonly onLost: (tabId: TabId, ...lost: Parameters<TabViewOptions['onLost']>) => PageGone
  readonly explain: TabViewOptions['explain']
  /** A picture as a `data:` address, for a page. */
  readonly fetchIcon: (url: string, page: FetchingPage) => Promise<string>
  readonly onDocument: (tabId: TabId) => void
  readonly onOpen: (opener: TabId, url: string, isInBackground: boolean) => void
  readonly onClosed: (tabId: TabId) => void
  readonly onShortcut: (event: Electron.Event, input: Electron.Input) => void
  readonly restoreSession: TabViewOptions['restoreSession']
  /** Of views that wait for a tab. */
  readonly warm: Omit<WarmPagesOptions<WarmView>, 'make' | 'whenReady'>
}

/**
 * The views of the open tabs. A tab gets one when it first loads something, and not before its session is ready: there is
 * no page, not even a blank one, for which something does not hold yet.
 */
export class TabViews implements Disposable {
  /** Views of the profile that wait for a tab. Private tabs get none of them. */
  readonly warm: WarmPages<WarmView>
  readonly #options: TabViewsOptions
  readonly #views = new Map<TabId, TabView>()
  /** What tabs are to load once their session is ready. */
  readonly #wanted = new Map<TabId, PageToLoad>()

  constructor(options: TabViewsOptions) {
    this.#options = options
    const { sessions, preload } = options
    const ordinary = sessions.obtain(false)
    this.warm = new WarmPages({
      ...options.warm,
      make: () => new WarmView(makePageView({ session: ordinary.session, preload })),
      whenReady: () => sessions.whenReady(ordinary),
    })
  }

  find(tabId: TabId): TabView | null {
    return this.#views.get(tabId) ?? null
  }

  all(): readonly TabView[] {
    return [...this.#views.values()]
  }

  /** A private tab gets its view in the private session, and never another. */
  load({ id, isPrivate }: { readonly id: TabId; readonly isPrivate: boolean }, wanted: PageToLoad): void {
    const view = this.#views.get(id)
    if (view !== undefined) {
      view.load(wanted)
      return
    }
    const isWaiting = this.#wanted.has(id)
    this.#wanted.set(id, wanted)
    if (isWaiting) return
    const { sessions, onFact } = this.#options
    const page = sessions.obtain(isPrivate)
    sessions.whenReady(page).then(
      () => {
        const wanted = this.#take(id)
        if (wanted !== null) this.#make(id, page, hasBeenElsewhere(wanted)).load(wanted)
      },
      (reason: unknown) => {
        const wanted = this.#take(id)
        if (wanted !== null) onFact(id, { type: 'page.failed', problem: notReady(wanted.url, reason) })
      },
    )
  }

  destroy(tabId: TabId): void {
    this.#wanted.delete(tabId)
    const view = this.#views.get(tabId)
    if (view === undefined) return
    this.#views.delete(tabId)
    this.#options.window.remove(view)
    view[Symbol.dispose]()
    this.#options.onClosed(tabId)
  }

  [Symbol.dispose](): void {
    this.#wanted.clear()
    this.warm[Symbol.dispose]()
    for (const tabId of [...this.#views.keys()]) this.destroy(tabId)
  }

  #take(tabId: TabId): PageToLoad | null {
    const wanted = this.#wanted.get(tabId) ?? null
    this.#wanted.delete(tabId)
    return wanted
  }

  #make(tabId: TabId, { session, isPrivate }: PageSession, isReturning: boolean): TabView {
    const { window, explain, fetchIcon, onFact, onLost, onDocument, onOpen, onShortcut, restoreSession } =
      this.#options
    const view = new TabView({
      tabId,
      view: this.#view({ session, isPrivate }, isReturning),
      onShortcut,
      explain,
      restoreSession,
      fetchIcon: (url, pageUrl) => fetchIcon(url, { url: pageUrl, isPrivate }),
      onFact: fact => onFact(tabId, fact),
      onLost: (pid, details) => onLost(tabId, pid, details),
      onDocument: () => onDocument(tabId),
      onOpen: (url, isInBackground) => onOpen(tabId, url, isInBackground),
    })
    this.#views.set(tabId, view)
    this.#options.onView(view)
    window.adopt(view)
    this.warm.follow()
    return view
  }

  /**
   * One that waits has the session of the profile, where all that holds for its pages was attached before it was made. It
   * has a blank page already, and the engine takes a history only before the first.
   */
  #view(
    { session, isPrivate }: Pick<PageSession, 'session' | 'isPrivate'>,
    isReturning: boolean,
  ): WebContentsView {
    const waiting = isPrivate || isReturning ? null : this.warm.take()
    return waiting?.view ?? makePageView({ session, preload: this.#options.preload })
  }
}

function hasBeenElsewhere({ sleeping }: PageToLoad): boolean {
  return (sleeping?.history.entries.length ?? 0) > 1
}

function notReady(url: string, reason: unknown): PageProblem {
  const kind = reason instanceof PagesRefusedError ? 'networkStopped' : 'other'
  return { kind, code: 'SESSION_NOT_READY', url, host: URL.parse(url)?.host ?? '' }
}
