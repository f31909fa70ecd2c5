import type { DevToolsSession } from '../chromium/devtools.ts'

const pingIntervalMs = 1000
/** Pages that nobody sees are asked less often. */
const hiddenPingIntervalMs = 4000
/** How long a renderer may leave a ping unanswered before it counts as unresponsive. */
const patienceMs = 5000

/** Notices a renderer that does not answer any more, and when it answers again. */
export class HangMonitor implements Disposable {
  readonly #session: () => DevToolsSession | null
  readonly #isWatched: () => boolean
  readonly #isHidden: () => boolean
  #lastPingAtMs = 0
  readonly #onChange: (isResponsive: boolean) => void
  readonly #timer: NodeJS.Timeout
  #pingSentAtMs: number | null = null
  #isUnresponsive = false

  constructor(options: {
    readonly session: () => DevToolsSession | null
    /** Dead pages need no watching. */
    readonly isWatched: () => boolean
    readonly isHidden: () => boolean
    readonly onChange: (isResponsive: boolean) => void
  }) {
    this.#session = options.session
    this.#isWatched = options.isWatched
    this.#isHidden = options.isHidden
    this.#onChange = options.onChange
    this.#timer = setInterval(() => this.#tick(), pingIntervalMs)
    this.#timer.unref()
  }

  /** The renderer is gone or new: earlier pings mean nothing. */
  reset(): void {
    this.#pingSentAtMs = null
    this.#isUnresponsive = false
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  #tick(): void {
    if (this.#pingSentAtMs !== null) {
      if (performance.now() - this.#pingSentAtMs >= patienceMs) this.#becomeUnresponsive()
      return
    }
    const session = this.#session()
    if (!session || session.isDetached || !this.#isWatched()) return
    const sentAtMs = performance.now()
    if (this.#isHidden() && sentAtMs - this.#lastPingAtMs < hiddenPingIntervalMs) return
    this.#lastPingAtMs = sentAtMs
    this.#pingSentAtMs = sentAtMs
    const answered = (): void => {
      if (this.#pingSentAtMs !== sentAtMs) return
      this.#pingSentAtMs = null
      if (!this.#isUnresponsive) return
      this.#isUnresponsive = false
      this.#onChange(true)
    }
    // An error is an answer too: the renderer of the page before may have gone while we asked.
    session.send('Runtime.evaluate', { expression: '0', silent: true }).then(answered, answered)
  }

  #becomeUnresponsive(): void {
    if (this.#isUnresponsive) return
    this.#isUnresponsive = true
    this.#onChange(false)
  }
}
