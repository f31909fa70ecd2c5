import { createFifo } from '../fifo.ts'

/** How many items may be on their way or wait to be read. */
export const streamWindow = 64

/**
 * Items that another process sends, read at the reader's own pace: the sender is asked for more only when half of the
 * window has been read. For one reader. Leaving the loop early tells the sender to stop.
 */
export class IncomingStream<Item> implements AsyncIterable<Item>, AsyncIterator<Item, undefined> {
  readonly #demand: (upTo: number) => void
  readonly #stop: () => void
  readonly #items = createFifo<Item>()
  #waiting: PromiseWithResolvers<IteratorResult<Item, undefined>> | null = null
  #received = 0
  #read = 0
  #demanded: number
  #end: { readonly error: Error | null } | null = null

  /** `granted` is what the sender may send before it hears anything. */
  constructor(demand: (upTo: number) => void, stop: () => void, granted: number) {
    this.#demand = demand
    this.#stop = stop
    this.#demanded = granted
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Items that wait to be read. */
  get waiting(): number {
    return this.#items.size
  }

  /** Takes an item; false when it is out of order or was not asked for. */
  push(index: number, item: Item): boolean {
    if (index !== this.#received + 1 || index > this.#demanded) return false
    this.#received = index
    if (this.#end !== null) return true
    if (this.#waiting === null) {
      this.#items.push(item)
    } else {
      this.#waiting.resolve({ done: false, value: item })
      this.#waiting = null
      this.#wasRead()
    }
    return true
  }

  /** There are no more; what waits can still be read. */
  end(): void {
    this.#finish(null)
  }

  /** It broke off; what waits can still be read, then the error is thrown. */
  fail(error: Error): void {
    this.#finish(error)
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    if (this.#items.size > 0) {
      const value = this.#items.shift() as Item
      this.#wasRead()
      return Promise.resolve({ done: false, value })
    }
    if (this.#end !== null) {
      const { error } = this.#end
      this.#end = { error: null }
      return error === null ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(error)
    }
    if (this.#waiting !== null) return Promise.reject(new TypeError('This stream has one reader'))
    this.#waiting = Promise.withResolvers()
    // The first reader opens the stream.
    this.#askForMore()
    return this.#waiting.promise
  }

  return(): Promise<IteratorResult<Item, undefined>> {
    const isEarly = this.#end === null
    this.#end = { error: null }
    this.#items.drain()
    this.#waiting?.resolve({ done: true, value: undefined })
    this.#waiting = null
    if (isEarly) this.#stop()
    return Promise.resolve({ done: true, value: undefined })
  }

  #wasRead(): void {
    this.#read += 1
    this.#askForMore()
  }

  #askForMore(): void {
    if (this.#end !== null || this.#demanded - this.#read > streamWindow / 2) return
    this.#demanded = this.#read + streamWindow
    this.#demand(this.#demanded)
  }

  #finish(error: Error | null): void {
    if (this.#end !== null) return
    this.#end = { error }
    if (this.#waiting === null) return
    const { resolve, reject } = this.#waiting
    this.#waiting = null
    this.#end = { error: null }
    if (error === null) resolve({ done: true, value: undefined })
    else reject(error)
  }
}
