import type { IndexedAnalysis } from '../../contracts/ai.ts'
import type { Clock } from '../../ipc/clock.ts'

/** A tab as far as reading in the background is concerned. */
export interface SeenTab {
  readonly id: string
  readonly url: string
  /** Loaded, drawn by its page, and one that may be remembered. */
  readonly isReady: boolean
}

export interface BackgroundReaderOptions {
  readonly clock: Clock
  /** Reads a tab's page with background priority. */
  readonly read: (tabId: string, signal: AbortSignal) => Promise<IndexedAnalysis>
  /** When storage last kept this address, in epoch milliseconds. */
  readonly lastReadAt: (url: string) => Promise<number | null>
  readonly save: (url: string, read: IndexedAnalysis) => Promise<void>
  /** Nothing is read while this is false: the AI process was given up. */
  readonly canRead: () => boolean
  readonly isOnBattery: () => boolean
  readonly debug: (message: string) => void
}

/** Who leaves a page sooner has not read it. */
const shownMs = 2_000
/** The same address is not read again within this time. */
const againAfterMs = 6 * 3_600_000
/** Between two readings: a person who looks through tabs causes no load. */
const restMs = 1_000
const restOnBatteryMs = 20_000
/** More than these wait for nothing: they are read when they are looked at again. */
const mostWaiting = 8
/** Addresses of which it is known when they were read; storage knows the others. */
const mostKnown = 2_000

/**
 * Reads pages that a person looks at, so that they can be found by what they say: one at a time, each address once in
 * some hours, and never one that was left meanwhile. What cannot be read is left alone.
 */
export class BackgroundReader implements Disposable {
  readonly #options: BackgroundReaderOptions
  /** In epoch milliseconds, by address; the latest last. */
  readonly #readAt = new Map<string, number>()
  readonly #waiting: SeenTab[] = []
  #tabs: readonly SeenTab[] = []
  #looked: SeenTab | null = null
  #timer: Disposable | null = null
  #reading: { readonly tab: SeenTab; readonly abort: AbortController } | null = null
  #rest: Disposable | null = null
  #isClosed = false

  constructor(options: BackgroundReaderOptions) {
    this.#options = options
  }

  /** To be told whenever a tab, or which one is shown, has changed. */
  follow(tabs: readonly SeenTab[], shownTabId: string | null): void {
    if (this.#isClosed) return
    this.#tabs = tabs
    if (this.#reading !== null && !this.#isStillThere(this.#reading.tab)) this.#reading.abort.abort()
    const shown = tabs.find(tab => tab.id === shownTabId && tab.isReady) ?? null
    if (shown?.id === this.#looked?.id && shown?.url === this.#looked?.url) return
    this.#looked = shown
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
    if (shown === null || this.#isKnown(shown.url)) return
    this.#timer = this.#options.clock.after(shownMs, () => this.#add(shown))
  }

  /** Does not read this address for some hours: the person has just forgotten it, or read it themselves. */
  leaveAlone(url: string): void {
    this.#know(url, this.#options.clock.wallClock())
    if (this.#reading?.tab.url === url) this.#reading.abort.abort()
  }

  /** The same for everything that is open now. */
  leaveAllAlone(): void {
    this.#reading?.abort.abort()
    for (const tab of this.#tabs) this.leaveAlone(tab.url)
  }

  [Symbol.dispose](): void {
    this.#isClosed = true
    this.#timer?.[Symbol.dispose]()
    this.#rest?.[Symbol.dispose]()
    this.#waiting.length = 0
    this.#reading?.abort.abort()
  }

  #add(tab: SeenTab): void {
    if (this.#waiting.some(one => one.url === tab.url) || this.#reading?.tab.url === tab.url) return
    this.#waiting.push(tab)
    if (this.#waiting.length > mostWaiting) this.#waiting.shift()
    this.#next()
  }

  #next(): void {
    if (this.#reading !== null || this.#rest !== null || this.#isClosed) return
    const tab = this.#waiting.shift()
    if (tab === undefined) return
    if (!this.#isStillThere(tab) || this.#isKnown(tab.url) || !this.#options.canRead()) {
      this.#next()
      return
    }
    const abort = new AbortController()
    this.#reading = { tab, abort }
    this.#read(tab, abort.signal)
      .catch((error: unknown) => {
        this.#options.debug(
          `A page was not read in the background: ${error instanceof Error ? error.message : 'unknown error'}`,
        )
      })
      .finally(() => {
        this.#reading = null
        const { clock, isOnBattery } = this.#options
        this.#rest = clock.after(isOnBattery() ? restOnBatteryMs : restMs, () => {
          this.#rest = null
          this.#next()
        })
      })
  }

  async #read(tab: SeenTab, signal: AbortSignal): Promise<void> {
    const { clock, lastReadAt, read, save } = this.#options
    const at = await lastReadAt(tab.url)
    if (at !== null && clock.wallClock() - at < againAfterMs) {
      this.#know(tab.url, at)
      return
    }
    if (signal.aborted) return
    // Before it is tried: a page that cannot be read, or that kills who reads it, is not tried again and again.
    this.#know(tab.url, clock.wallClock())
    const found = await read(tab.id, signal).catch((error: unknown) => {
      // Whoever left may come back; then it is read after all.
      if (signal.aborted && !this.#isStillThere(tab)) this.#readAt.delete(tab.url)
      throw error
    })
    if (!signal.aborted && this.#isStillThere(tab)) await save(tab.url, found)
  }

  #isStillThere(tab: SeenTab): boolean {
    return this.#tabs.some(one => one.id === tab.id && one.url === tab.url && one.isReady)
  }

  #isKnown(url: string): boolean {
    const at = this.#readAt.get(url)
    return at !== undefined && this.#options.clock.wallClock() - at < againAfterMs
  }

  #know(url: string, at: number): void {
    this.#readAt.delete(url)
    this.#readAt.set(url, at)
    if (this.#readAt.size <= mostKnown) return
    for (const oldest of this.#readAt.keys()) {
      this.#readAt.delete(oldest)
      return
    }
  }
}
