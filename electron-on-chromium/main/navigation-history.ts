import type { NavigationEntry } from 'electron'
import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'
import { fromEngineUrl } from '../session/scheme-mapping.ts'

export interface NavigationHistoryHost {
  command<T>(send: (session: DevToolsSession) => Promise<T>): Promise<T>
  load(url: string): Promise<void>
}

/** Together 100 ms: an error page may never have the entry that is waited for. */
const historyAttempts = 11
const historyRetryMs = 10

/** `webContents.navigationHistory`. Its answers are those of the last commit. */
export class NavigationHistory {
  readonly #host: NavigationHistoryHost
  #entries: readonly Protocol.Page.NavigationEntry[] = []
  #activeIndex = -1
  #initialEntryId: number | null = null
  #hasCommitted = false

  constructor(host: NavigationHistoryHost) {
    this.#host = host
  }

  /** @internal Asks Chromium; called after each commit, before it is announced. */
  async refresh(session: DevToolsSession, committedUrl: () => string): Promise<void> {
    const { entries, currentIndex } = await this.#historyWith(session, committedUrl)
    // A page begins with an about:blank that no one asked for: it is no place to go back to. By the first answer
    // the page may have gone on already, so the entry is known by its id and not by where it stands.
    if (!this.#hasCommitted && currentIndex > 0 && entries[0]?.url === 'about:blank')
      this.#initialEntryId = entries[0].id
    this.#hasCommitted = true
    this.#entries = entries.filter(({ id }) => id !== this.#initialEntryId)
    this.#activeIndex = currentIndex - (entries.length - this.#entries.length)
  }

  /** The renderer tells of a commit before the browser has entered it: until then the answer is old, or a refusal. */
  async #historyWith(
    session: DevToolsSession,
    committedUrl: () => string,
  ): Promise<Protocol.Page.GetNavigationHistoryResponse> {
    for (let attempt = 1; ; attempt++) {
      const isLast = attempt === historyAttempts
      try {
        const history = await session.send('Page.getNavigationHistory')
        const current = history.entries[history.currentIndex]
        if (isLast || (current && fromEngineUrl(current.url) === committedUrl())) return history
      } catch (error) {
        if (isLast || session.isDetached) throw error
      }
      await new Promise(resolve => setTimeout(resolve, historyRetryMs))
    }
  }

  canGoBack(): boolean {
    return this.#activeIndex > 0
  }

  canGoForward(): boolean {
    return this.#activeIndex >= 0 && this.#activeIndex < this.#entries.length - 1
  }

  canGoToOffset(offset: number): boolean {
    const index = this.#activeIndex + offset
    return index >= 0 && index < this.#entries.length
  }

  goBack(): void {
    this.goToOffset(-1)
  }

  goForward(): void {
    this.goToOffset(1)
  }

  goToOffset(offset: number): void {
    if (this.canGoToOffset(offset)) this.goToIndex(this.#activeIndex + offset)
  }

  goToIndex(index: number): void {
    const entry = this.#entries[index]
    if (!entry) return
    this.#host
      .command(session => session.send('Page.navigateToHistoryEntry', { entryId: entry.id }))
      .catch(() => {})
  }

  getActiveIndex(): number {
    return this.#activeIndex
  }

  length(): number {
    return this.#entries.length
  }

  getEntryAtIndex(index: number): NavigationEntry {
    const entry = this.#entries[index]
    if (!entry) return null as unknown as NavigationEntry
    return { url: fromEngineUrl(entry.url), title: entry.title }
  }

  getAllEntries(): NavigationEntry[] {
    return this.#entries.map((_, index) => this.getEntryAtIndex(index))
  }

  /** Only all others at once can be removed on stock Chromium. */
  removeEntryAtIndex(index: number): boolean {
    if (index === this.#activeIndex || !this.#entries[index]) return false
    if (this.#entries.length !== 2) return false
    this.clear()
    return true
  }

  clear(): void {
    const active = this.#entries[this.#activeIndex]
    this.#entries = active ? [active] : []
    this.#activeIndex = this.#entries.length - 1
    this.#host.command(session => session.send('Page.resetNavigationHistory')).catch(() => {})
  }

  /** Loads the entry that was active; the others cannot be brought back on stock Chromium. */
  async restore(options: { index?: number; entries: NavigationEntry[] }): Promise<void> {
    const entry = options.entries[options.index ?? options.entries.length - 1]
    if (entry) await this.#host.load(entry.url)
  }

  /** @internal The title of the page shown, as it becomes known. */
  setActiveTitle(title: string): void {
    this.#entries = this.#entries.map((entry, index) =>
      index === this.#activeIndex ? { ...entry, title } : entry,
    )
  }
}
