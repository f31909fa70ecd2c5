import type { Frame } from '../../contracts/compositor.ts'
import type { Clock } from '../../ipc/clock.ts'

export interface FrameTakerOptions {
  /** A small picture of what a tab shows now; null when it shows nothing that could be seen. */
  readonly take: (tabId: string) => Promise<Frame | null>
  readonly put: (frame: Frame) => void
  /** Tabs with a page that can be seen, the one used last first. */
  readonly tabs: () => readonly string[]
  readonly activeTabId: () => string | null
  /** Whether the tab in view loads: main has better things to do then. */
  readonly isViewLoading: () => boolean
  readonly clock: Clock
  readonly debug: (message: string) => void
}

/** After a page has loaded, or was left: what comes late is drawn by then, and what the person does next has begun. */
const settledMs = 1_500
/** While the tab in view loads, it is looked again this often. */
const againMs = 500
/** How often a picture is taken while the overview is open: of the tab in view and of one of the others in turn. */
const liveMs = 1_000
/** How long a picture may take. */
const patienceMs = 3_000

/**
 * Takes pictures of tabs, as often as somebody may see them: when a page has loaded, when it is left, and once a second
 * while the overview is open. Never more than one at a time, and what nobody waits for never while the tab in view
 * loads: a picture costs main and the page some milliseconds.
 */
export class FrameTaker implements Disposable {
  readonly #options: FrameTakerOptions
  readonly #waiting = new Set<string>()
  readonly #settling = new Map<string, Disposable>()
  #isTaking = false
  #live: Disposable | null = null
  #turn = 0

  constructor(options: FrameTakerOptions) {
    this.#options = options
  }

  /** A page has loaded, or was left: it is taken in a while. */
  settled(tabId: string): void {
    this.#takeLater(tabId, settledMs)
  }

  /** Another page comes, or the tab goes: what was to be taken is no more. */
  forget(tabId: string): void {
    this.#calm(tabId)
    this.#waiting.delete(tabId)
  }

  /** Takes a picture as soon as it can. */
  want(tabId: string): void {
    this.#waiting.add(tabId)
    if (!this.#isTaking) void this.#work()
  }

  /** While somebody looks at all tabs, their pictures are kept up to date. */
  setLive(isLive: boolean): void {
    this.#live?.[Symbol.dispose]()
    this.#live = isLive ? this.#later() : null
  }

  [Symbol.dispose](): void {
    this.setLive(false)
    for (const tabId of [...this.#settling.keys()]) this.#calm(tabId)
    this.#waiting.clear()
  }

  #later(): Disposable {
    return this.#options.clock.after(liveMs, () => {
      this.#live = this.#later()
      const active = this.#options.activeTabId()
      const others = this.#options.tabs().filter(tabId => tabId !== active)
      const other = others[Math.floor(this.#turn / 2) % Math.max(1, others.length)]
      const next = this.#turn % 2 === 0 || other === undefined ? active : other
      this.#turn += 1
      if (next !== null) this.want(next)
    })
  }

  #takeLater(tabId: string, delayMs: number): void {
    this.#calm(tabId)
    const timer = this.#options.clock.after(delayMs, () => {
      this.#settling.delete(tabId)
      if (this.#options.isViewLoading()) this.#takeLater(tabId, againMs)
      else this.want(tabId)
    })
    this.#settling.set(tabId, timer)
  }

  #calm(tabId: string): void {
    this.#settling.get(tabId)?.[Symbol.dispose]()
    this.#settling.delete(tabId)
  }

  /** A page that draws nothing answers never: the others must not wait for it. */
  async #patiently(taking: Promise<Frame | null>): Promise<Frame | null> {
    const tooLate = Promise.withResolvers<null>()
    using _timer = this.#options.clock.after(patienceMs, () => tooLate.resolve(null))
    return await Promise.race([taking, tooLate.promise])
  }

  async #work(): Promise<void> {
    const { take, put, tabs, debug } = this.#options
    this.#isTaking = true
    try {
      for (const tabId of this.#waiting) {
        this.#waiting.delete(tabId)
        if (!tabs().includes(tabId)) continue
        try {
          const frame = await this.#patiently(take(tabId))
          if (frame !== null && tabs().includes(tabId)) put(frame)
        } catch (error) {
          debug(`No picture of a tab: ${error instanceof Error ? error.message : 'unknown error'}`)
        }
      }
    } finally {
      this.#isTaking = false
    }
  }
}
