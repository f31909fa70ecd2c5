import type { Clock } from '../../../ipc/clock.ts'
import type { ReadThreadState } from './thread-states.ts'

/** A page that somebody looks at or waits for. */
export interface PulsedPage {
  /** Of its tab. */
  readonly id: string
  /** Another one when another document came, or another process: what was asked of the one before means nothing. */
  readonly document: string
  readonly pid: number
  /** Settles when the page's own thread answered; also an error is an answer. */
  ping(): Promise<unknown>
}

export interface PagePulseOptions {
  readonly clock: Clock
  /** Asked at every look. */
  readonly pages: () => readonly PulsedPage[]
  readonly threadState: ReadThreadState
  readonly onSilent: (pageId: string) => void
  /** It answers again after it was silent. */
  readonly onAnswer: (pageId: string) => void
}

/** Between two questions to a page that answers. */
const restMs = 4_000
/** Between two looks at a page that owes an answer. */
const lookMs = 1_000
/** So many looks in a row must find the thread computing: a page that only loads much answers in between. */
const runningLooks = 10
/** Nothing lets a stopped thread go on by itself. */
const stoppedLooks = 3

interface Asked {
  readonly document: string
  readonly at: number
  isAnswered: boolean
  isSilent: boolean
  running: number
  stopped: number
}

/**
 * Notices that a page does not answer, also when nobody touches it. Silence alone says nothing: a page is silent too while
 * it shows a dialog or stands at a breakpoint, and one that loads on a busy machine is late. So its thread is looked at:
 * one that does not stop computing, or was stopped from outside, is taken for hung, and no other.
 */
export class PagePulse implements Disposable {
  readonly #options: PagePulseOptions
  readonly #asked = new Map<string, Asked>()
  #timer: Disposable | null = null

  constructor(options: PagePulseOptions) {
    this.#options = options
    this.#plan(restMs)
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
    this.#asked.clear()
  }

  #plan(delayMs: number): void {
    this.#timer = this.#options.clock.after(delayMs, () => this.#look())
  }

  #look(): void {
    const pages = this.#options.pages()
    for (const id of this.#asked.keys()) {
      if (!pages.some(page => page.id === id)) this.#asked.delete(id)
    }
    const now = this.#options.clock.now()
    for (const page of pages) {
      const asked = this.#asked.get(page.id)
      if (asked === undefined || asked.document !== page.document) this.#ask(page, now)
      else if (!asked.isAnswered) this.#judge(page, asked)
      else if (now - asked.at >= restMs) this.#ask(page, now)
    }
    // A page that was just asked is looked at soon: most have answered by then, and are left alone for a while.
    const isOwed = [...this.#asked.values()].some(one => !one.isAnswered)
    this.#plan(isOwed ? lookMs : restMs)
  }

  #ask(page: PulsedPage, at: number): void {
    const asked: Asked = {
      document: page.document,
      at,
      isAnswered: false,
      isSilent: false,
      running: 0,
      stopped: 0,
    }
    this.#asked.set(page.id, asked)
    const answered = (): void => {
      asked.isAnswered = true
      if (this.#asked.get(page.id) === asked && asked.isSilent) this.#options.onAnswer(page.id)
    }
    page.ping().then(answered, answered)
  }

  #judge(page: PulsedPage, asked: Asked): void {
    if (asked.isSilent) return
    const state = this.#options.threadState(page.pid)
    asked.running = state === 'running' ? asked.running + 1 : 0
    asked.stopped = state === 'stopped' ? asked.stopped + 1 : 0
    if (asked.running < runningLooks && asked.stopped < stoppedLooks) return
    asked.isSilent = true
    this.#options.onSilent(page.id)
  }
}
