import { QueueFullError } from '../ipc/errors.ts'

/** What somebody is looking at does not wait behind what is done in the background. */
export type Priority = 'visible' | 'background'

const mostWaiting = 100

interface Waiting {
  readonly start: () => void
}

/**
 * Runs one piece of work at a time for each priority, in order of arrival. Work that is cancelled while it waits never
 * starts.
 */
export class AnalysisQueue {
  readonly #running = new Set<Priority>()
  readonly #waiting: Readonly<Record<Priority, Waiting[]>> = { visible: [], background: [] }

  /** Rejects with QUEUE_FULL, with the signal's reason, or as the work does. */
  async run<T>(priority: Priority, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted()
    await this.#turn(priority, signal)
    try {
      signal.throwIfAborted()
      return await work()
    } finally {
      this.#next(priority)
    }
  }

  get waiting(): number {
    return this.#waiting.visible.length + this.#waiting.background.length
  }

  #turn(priority: Priority, signal: AbortSignal): Promise<void> {
    if (!this.#running.has(priority)) {
      this.#running.add(priority)
      return Promise.resolve()
    }
    const queue = this.#waiting[priority]
    if (queue.length >= mostWaiting) {
      return Promise.reject(new QueueFullError(`${mostWaiting} analyses are waiting already`))
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        const place = queue.indexOf(waiting)
        if (place !== -1) queue.splice(place, 1)
        reject(signal.reason)
      }
      const waiting: Waiting = {
        start: () => {
          signal.removeEventListener('abort', leave)
          resolve()
        },
      }
      queue.push(waiting)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  /** Hands the turn on without freeing it, so that a newcomer cannot overtake. */
  #next(priority: Priority): void {
    const next = this.#waiting[priority].shift()
    if (next === undefined) this.#running.delete(priority)
    else next.start()
  }
}
