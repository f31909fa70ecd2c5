import type { Clock } from '../clock.ts'

/** How often the numbers are reported when nobody asks. */
const reportIntervalMs = 60_000

export interface ReporterOptions<Snapshot> {
  readonly clock: Clock
  readonly read: () => Promise<Snapshot>
  readonly report: (snapshot: Snapshot) => void
  /** A reading that failed is told here; the next one comes a minute later all the same. */
  readonly onFailure: (error: unknown) => void
}

/** Reports once a minute, from a minute after it was made until it is disposed. */
export class MetricsReporter<Snapshot> implements Disposable {
  readonly #options: ReporterOptions<Snapshot>
  #timer: Disposable | null

  constructor(options: ReporterOptions<Snapshot>) {
    this.#options = options
    this.#timer = this.#wait()
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
  }

  #wait(): Disposable {
    return this.#options.clock.after(reportIntervalMs, () => void this.#round())
  }

  async #round(): Promise<void> {
    try {
      const snapshot = await this.#options.read()
      if (this.#timer !== null) this.#options.report(snapshot)
    } catch (error) {
      this.#options.onFailure(error)
    } finally {
      if (this.#timer !== null) this.#timer = this.#wait()
    }
  }
}
