import { Listeners } from '../listeners.ts'
import type { WireMessage } from '../message.ts'
import type { Port } from '../port.ts'

/** Two ports that are joined inside one process. Messages are copied and arrive in a later task, as with real ports. */
export function createMemoryChannel(): readonly [Port, Port] {
  const first = new MemoryPort()
  const second = new MemoryPort()
  first.join(second)
  second.join(first)
  return [first, second]
}

class MemoryPort implements Port {
  readonly #messages = new Listeners<[message: unknown]>()
  readonly #closes = new Listeners<[]>()
  readonly #early: unknown[] = []
  #peer: MemoryPort | null = null
  #isStarted = false
  #isClosed = false

  join(peer: MemoryPort): void {
    this.#peer = peer
  }

  post(message: WireMessage): void {
    if (this.#isClosed) return
    const copy: unknown = structuredClone(message)
    const peer = this.#peer
    queueMicrotask(() => peer?.arrive(copy))
  }

  onMessage(listener: (message: unknown) => void): Disposable {
    return this.#messages.add(listener)
  }

  onClose(listener: () => void): Disposable {
    return this.#closes.add(listener)
  }

  start(): void {
    if (this.#isStarted) return
    this.#isStarted = true
    for (const message of this.#early.splice(0)) queueMicrotask(() => this.arrive(message))
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    const peer = this.#peer
    queueMicrotask(() => peer?.end())
    queueMicrotask(() => this.#closes.call())
  }

  end(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#closes.call()
  }

  arrive(message: unknown): void {
    if (this.#isClosed) return
    if (this.#isStarted) this.#messages.call(message)
    else this.#early.push(message)
  }
}
