import type { Clock } from '../../ipc/clock.ts'

/** A page that was made before anybody wants it. */
export interface WarmPage extends Disposable {
  /** Null while it has no process. */
  readonly pid: number | null
  /** Starts its process; resolves when it could show a page. */
  warm(): Promise<void>
  /** Calls `listener` when it has lost its process, or shown anything. */
  onSpoilt(listener: () => void): Disposable
}

export interface WarmPagesOptions<Page extends WarmPage> {
  /** Makes one in the ordinary profile. */
  readonly make: () => Page
  /** Resolves when pages may be made. */
  readonly whenReady: () => Promise<void>
  /** How many are worth their memory now. */
  readonly wanted: () => number
  /** Whether the person waits for something; then none is made. */
  readonly isBusy: () => boolean
  /** Other processes wait than before. */
  readonly onChange: () => void
  readonly clock: Clock
  readonly debug: (message: string) => void
}

interface Kept<Page> {
  readonly page: Page
  readonly watching: Disposable
  isReady: boolean
}

/** After what last made one welcome: by then the page that the person opened draws itself. */
const idleMs = 1_000
/** A machine that takes longer to start a process has no use for one more. */
const patienceMs = 10_000

/**
 * Pages with a process that wait for a tab, so that a tab that is opened need not wait for a process. Each is given out
 * once. One that has lost its process, or shown anything at all, is thrown away, and made anew with the next tab.
 */
export class WarmPages<Page extends WarmPage> implements Disposable {
  readonly #options: WarmPagesOptions<Page>
  readonly #kept: Kept<Page>[] = []
  #timer: Disposable | null = null
  #isPreparing = false
  #isClosed = false

  constructor(options: WarmPagesOptions<Page>) {
    this.#options = options
  }

  /** Processes that wait for a tab. */
  get pids(): readonly number[] {
    return this.#kept.flatMap(({ page }) => page.pid ?? [])
  }

  /** Hands over a page that is ready, null when there is none; another one is made in its place. */
  take(): Page | null {
    const taken = this.#kept.find(({ isReady, page }) => isReady && page.pid !== null)
    if (taken === undefined) return null
    this.#forget(taken)
    this.follow()
    return taken.page
  }

  /** To be called when the number of wanted ones may be another, and when a tab was opened. */
  follow(): void {
    if (this.#isClosed) return
    const wanted = this.#options.wanted()
    for (const surplus of this.#kept.slice(wanted)) this.#discard(surplus)
    if (this.#kept.length >= wanted || this.#isPreparing) return
    this.#timer?.[Symbol.dispose]()
    this.#timer = this.#options.clock.after(idleMs, () => {
      this.#timer = null
      if (this.#options.isBusy()) this.follow()
      else void this.#prepare()
    })
  }

  [Symbol.dispose](): void {
    this.#isClosed = true
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
    for (const kept of [...this.#kept]) this.#discard(kept)
  }

  async #prepare(): Promise<void> {
    this.#isPreparing = true
    try {
      await this.#options.whenReady()
      if (!this.#isClosed && this.#kept.length < this.#options.wanted()) await this.#make()
    } catch (error) {
      // Until somebody opens a tab again, none is tried: what fails once would fail all the time.
      const reason = error instanceof Error ? error.message : 'unknown error'
      this.#options.debug(`No page waits for the next tab: ${reason}`)
      return
    } finally {
      this.#isPreparing = false
    }
    this.follow()
  }

  async #make(): Promise<void> {
    const page = this.#options.make()
    const lost = Promise.withResolvers<never>()
    const lose = (why: string): void => {
      this.#discard(kept)
      lost.reject(new Error(why))
    }
    lost.promise.catch(() => {})
    const kept: Kept<Page> = { page, watching: page.onSpoilt(() => lose('it was lost')), isReady: false }
    this.#kept.push(kept)
    using _patience = this.#options.clock.after(patienceMs, () => lose('it took too long'))
    try {
      await Promise.race([page.warm(), lost.promise])
    } catch (error) {
      this.#discard(kept)
      throw error
    }
    if (!this.#kept.includes(kept)) return
    kept.isReady = true
    this.#options.onChange()
  }

  #discard(kept: Kept<Page>): void {
    if (this.#forget(kept)) kept.page[Symbol.dispose]()
  }

  #forget(kept: Kept<Page>): boolean {
    const index = this.#kept.indexOf(kept)
    if (index === -1) return false
    this.#kept.splice(index, 1)
    kept.watching[Symbol.dispose]()
    this.#options.onChange()
    return true
  }
}
