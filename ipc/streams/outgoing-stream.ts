import { streamWindow } from './incoming-stream.ts'

/** Where the items of a stream go. */
export interface OutgoingStreamLine {
  item(index: number, value: unknown): void
  /** It is over; `result` is what a generator returned. */
  end(result: unknown): void
  fail(error: unknown): void
}

type Source = AsyncIterator<unknown> | Iterator<unknown>

/**
 * Sends the items of an iterable to another process, no more of them than it has asked for: the source is not asked
 * for an item before there is room for it over there. A reader that asks for more than its window is not believed: it
 * would have a source that never waits stop this process for good.
 */
export class OutgoingStream {
  readonly #source: Source
  readonly #line: OutgoingStreamLine
  #allowed: number
  #sent = 0
  #isOver = false
  #isPumping = false

  /** `allowed` items may be sent before the reader has asked for any. */
  constructor(source: AsyncIterable<unknown> | Iterable<unknown>, line: OutgoingStreamLine, allowed: number) {
    this.#source = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
    this.#line = line
    this.#allowed = Math.min(allowed, streamWindow)
    void this.#pump()
  }

  /** The reader takes items up to this index; smaller ones are stale. */
  demanded(upTo: number): void {
    const atMost = Math.min(upTo, this.#sent + streamWindow)
    if (atMost <= this.#allowed) return
    this.#allowed = atMost
    void this.#pump()
  }

  /** Nobody reads any more: lets the source clean up. */
  stop(): void {
    if (this.#isOver) return
    this.#isOver = true
    try {
      // A generator that is at work finishes its step first; nobody waits for it, and its errors are nobody's.
      Promise.resolve(this.#source.return?.()).catch(() => {})
    } catch {
      // The same for one that throws at once.
    }
  }

  async #pump(): Promise<void> {
    if (this.#isPumping) return
    this.#isPumping = true
    try {
      while (!this.#isOver && this.#sent < this.#allowed) {
        const next = await this.#source.next()
        if (this.#isOver) return
        if (next.done === true) {
          this.#isOver = true
          this.#line.end(next.value)
          return
        }
        this.#sent += 1
        this.#line.item(this.#sent, next.value)
      }
    } catch (error) {
      if (this.#isOver) return
      this.#isOver = true
      this.#line.fail(error)
    } finally {
      this.#isPumping = false
    }
  }
}
