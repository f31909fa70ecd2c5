import type { PageFact, TabId } from '../controller/tab-machine.ts'
import type { PageSessions } from '../security/page-sessions.ts'
import { TabView, type TabViewOptions } from '../tabs/tab-view.ts'
import type { MainWindow } from './main-window.ts'

export interface TabViewsOptions {
  readonly window: MainWindow
  readonly sessions: PageSessions
  readonly preload: string
  readonly now: () => number
  /** A view was made; it has loaded nothing yet. */
  readonly onView: (view: TabView) => void
  readonly onFact: (tabId: TabId, fact: PageFact) => void
  readonly explain: TabViewOptions['explain']
  readonly onDocument: (tabId: TabId) => void
  readonly onOpen: (opener: TabId, url: string, isInBackground: boolean) => void
  readonly onClosed: (tabId: TabId) => void
  readonly onShortcut: (event: Electron.Event, input: Electron.Input) => void
}

/** The views of the open tabs. A tab gets one when it first loads something. */
export class TabViews implements Disposable {
  readonly #options: TabViewsOptions
  readonly #views = new Map<TabId, TabView>()

  constructor(options: TabViewsOptions) {
    this.#options = options
  }

  find(tabId: TabId): TabView | null {
    return this.#views.get(tabId) ?? null
  }

  all(): readonly TabView[] {
    return [...this.#views.values()]
  }

  /** A private tab gets its view in the private session, and never another. */
  load({ id, isPrivate }: { readonly id: TabId; readonly isPrivate: boolean }, url: string): void {
    this.#obtain(id, isPrivate).load(url)
  }

  destroy(tabId: TabId): void {
    const view = this.#views.get(tabId)
    if (view === undefined) return
    this.#views.delete(tabId)
    this.#options.window.remove(view)
    view[Symbol.dispose]()
    this.#options.onClosed(tabId)
  }

  [Symbol.dispose](): void {
    for (const tabId of [...this.#views.keys()]) this.destroy(tabId)
  }

  #obtain(tabId: TabId, isPrivate: boolean): TabView {
    const existing = this.#views.get(tabId)
    if (existing !== undefined) return existing
    const { window, sessions, preload, now, explain, onFact, onDocument, onOpen, onShortcut } = this.#options
    const pageSession = sessions.obtain(isPrivate)
    const view = new TabView({
      tabId,
      session: pageSession.session,
      whenReady: () => sessions.whenReady(pageSession),
      preload,
      now,
      onShortcut,
      explain,
      onFact: fact => onFact(tabId, fact),
      onDocument: () => onDocument(tabId),
      onOpen: (url, isInBackground) => onOpen(tabId, url, isInBackground),
    })
    this.#views.set(tabId, view)
    this.#options.onView(view)
    window.adopt(view)
    return view
  }
}
