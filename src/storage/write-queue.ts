import { type Clock, systemClock } from '../../ipc/clock.ts'
import { IpcError } from '../../ipc/errors.ts'
import type { Log } from '../../ipc/log.ts'

/** Writes that wait at most; beyond it the oldest are given up and counted, and the person is told. */
const queueLimit = 5_000
/** Before a write is tried again: doubled each time, up to the maximum. */
const firstDelayMs = 100
const longestDelayMs = 5_000

export interface WriteQueueOptions {
  readonly log: Log
  /** Told with the number of writes that were given up so far. */
  readonly onLost: (count: number) => void
  readonly clock?: Clock
}

/**
 * Writes in order, each as soon as the one before is on disk. A write that fails because the storage process died is
 * repeated after a while: every write is idempotent by contract, so that nothing is lost and nothing is doubled.
 */
export class WriteQueue implements Disposable {
  readonly #waiting: (() => Promise<unknown>)[] = []
  readonly #options: WriteQueueOptions
  readonly #clock: Clock
  #isRunning = false
  #isClosed = false
  #lost = 0
  readonly #idle: (() => void)[] = []
  #wake: (() => void) | null = null

  constructor(options: WriteQueueOptions) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
  }

  add(write: () => Promise<unknown>): void {
    if (this.#isClosed) return
    this.#waiting.push(write)
    if (this.#waiting.length > queueLimit) {
      this.#waiting.shift()
      this.#lose()
    }
    void this.#run()
  }

  /** Resolves when nothing waits, or the queue was closed. */
  drained(): Promise<void> {
    if (!this.#isRunning) return Promise.resolve()
    return new Promise(resolve => this.#idle.push(resolve))
  }

  /** Gives up what still waits. To be called after `drained`, or when nobody will write any more. */
  [Symbol.dispose](): void {
    this.#isClosed = true
    this.#waiting.length = 0
    this.#wake?.()
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    let delayMs = firstDelayMs
    for (let write = this.#waiting[0]; write !== undefined; write = this.#waiting[0]) {
      const outcome = await attempt(write)
      switch (outcome.kind) {
        case 'written':
          this.#waiting.shift()
          delayMs = firstDelayMs
          break
        case 'repeat':
          // A call may be refused at once, so without a pause this would never let anything else run.
          await this.#pause(delayMs)
          delayMs = Math.min(delayMs * 2, longestDelayMs)
          break
        case 'refused':
          this.#waiting.shift()
          this.#options.log({ level: 'error', message: `A write was refused: ${outcome.reason}` })
          this.#lose()
          break
      }
    }
    this.#isRunning = false
    for (const resolve of this.#idle.splice(0)) resolve()
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise(resolve => {
      const timer = this.#clock.after(delayMs, () => this.#wake?.())
      this.#wake = () => {
        timer[Symbol.dispose]()
        this.#wake = null
        resolve()
      }
    })
  }

  #lose(): void {
    this.#lost += 1
    this.#options.onLost(this.#lost)
  }
}

type Outcome =
  | { readonly kind: 'written' }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'refused'; readonly reason: string }

async function attempt(write: () => Promise<unknown>): Promise<Outcome> {
  try {
    await write()
    return { kind: 'written' }
  } catch (error) {
    if (error instanceof IpcError && error.retryable) return { kind: 'repeat' }
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) }
  }
}
