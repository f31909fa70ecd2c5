import { QueueFullError } from '../../ipc/errors.ts'
import type { InferenceQueue, Priority } from './inference-queue.ts'

export interface BatcherOptions<Item, Result> {
  readonly queue: InferenceQueue
  /** Gives one result an item, in order. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>
  /** Items of one run: so many that it stays far below the time that a loop may be held. */
  readonly mostItems: number
  /** Requests of one priority that may wait. */
  readonly mostRequests?: number
}

export interface BatchRequest {
  readonly priority: Priority
  readonly signal: AbortSignal
  /** Place in the queue's order of arrival. */
  readonly arrival: number
}

interface Request<Item, Result> extends BatchRequest {
  readonly items: readonly Item[]
  readonly results: Result[]
  /** Items that were handed to runs. */
  taken: number
  readonly resolve: (results: Result[]) => void
  readonly reject: (reason: unknown) => void
}

/** One item of a run, and whose it is. */
interface Taken<Item, Result> {
  readonly request: Request<Item, Result>
  readonly item: Item
  readonly index: number
}

const usualMostRequests = 200

/**
 * Puts requests to one model together, so that a run is as full as it may be. Who waits in the background rides along
 * where a visible run has room. A request with many items takes turns with the others.
 */
export class Batcher<Item, Result> {
  readonly #options: Required<BatcherOptions<Item, Result>>
  readonly #open: Readonly<Record<Priority, Request<Item, Result>[]>> = { visible: [], background: [] }
  readonly #isScheduled: Record<Priority, boolean> = { visible: false, background: false }

  constructor(options: BatcherOptions<Item, Result>) {
    this.#options = { mostRequests: usualMostRequests, ...options }
  }

  /** Rejects with QUEUE_FULL, with the signal's reason, or as the run does in which one of its items was. */
  request(items: readonly Item[], options: BatchRequest): Promise<Result[]> {
    const { priority, signal } = options
    if (signal.aborted) return Promise.reject(signal.reason)
    if (items.length === 0) return Promise.resolve([])
    const open = this.#open[priority]
    const { mostRequests } = this.#options
    if (open.length >= mostRequests) {
      return Promise.reject(new QueueFullError(`${mostRequests} requests to one model wait already`))
    }
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        signal.removeEventListener('abort', leave)
        const place = open.indexOf(request)
        if (place !== -1) open.splice(place, 1)
      }
      const leave = (): void => request.reject(signal.reason)
      const request: Request<Item, Result> = {
        ...options,
        items,
        results: [],
        taken: 0,
        resolve: results => {
          settle()
          resolve(results)
        },
        reject: reason => {
          settle()
          reject(reason)
        },
      }
      signal.addEventListener('abort', leave, { once: true })
      open.push(request)
      this.#schedule(priority)
    })
  }

  /** One run for each turn: between two of them whoever has a better claim goes first. */
  #schedule(priority: Priority): void {
    const open = this.#open[priority]
    if (this.#isScheduled[priority] || open.length === 0) return
    this.#isScheduled[priority] = true
    const partOf = Math.min(...open.map(request => request.arrival))
    const { queue } = this.#options
    void queue
      .run({ priority, signal: never, partOf }, () => {
        this.#isScheduled[priority] = false
        return this.#runOnce(priority)
      })
      .finally(() => this.#schedule(priority))
  }

  async #runOnce(priority: Priority): Promise<void> {
    const taken = this.#take(priority)
    if (taken.length === 0) return
    try {
      const results = await this.#options.run(taken.map(({ item }) => item))
      taken.forEach(({ request, index }, place) => {
        const result = results[place]
        if (result === undefined) throw new RangeError('A run gave fewer results than it had items')
        request.results[index] = result
      })
      for (const request of new Set(taken.map(one => one.request))) {
        if (request.results.length === request.items.length) request.resolve(request.results)
      }
    } catch (error) {
      for (const { request } of taken) request.reject(error)
    }
    // The loop runs before the next batch, however little time this one took.
    await new Promise<void>(resolve => setImmediate(resolve))
  }

  /** The items of the next run; who got some and wants more goes behind the others. */
  #take(priority: Priority): Taken<Item, Result>[] {
    const taken: Taken<Item, Result>[] = []
    const order: readonly Priority[] = priority === 'visible' ? ['visible', 'background'] : ['background']
    for (const own of order) {
      const open = this.#open[own]
      for (const request of [...open]) {
        const room = this.#options.mostItems - taken.length
        if (room === 0) return taken
        const part = request.items.slice(request.taken, request.taken + room)
        part.forEach((item, offset) => {
          taken.push({ request, item, index: request.taken + offset })
        })
        request.taken += part.length
        open.splice(open.indexOf(request), 1)
        open.push(request)
      }
    }
    return taken
  }
}

/** What runs in a batch may belong to several who wait; each leaves for itself. */
const never = new AbortController().signal
