import { Listeners } from '../listeners.ts'
import type { Packet, Port, PostOptions, Protection } from '../port.ts'
import { CloseSignal } from './close-signal.ts'

/** Two ports that are joined inside one process. Packets are copied and arrive in a later task, as with real ports. */
export function createMemoryChannel(): readonly [Port, Port] {
  const first = new MemoryPort()
  const second = new MemoryPort()
  first.join(second)
  second.join(first)
  return [first, second]
}

class MemoryPort implements Port {
  readonly leavesMemory = false
  readonly #messages = new Listeners<[packet: unknown, protection: Protection]>()
  readonly #closing = new CloseSignal()
  readonly #early: unknown[] = []
  #peer: MemoryPort | null = null
  #isStarted = false
  #isClosed = false

  join(peer: MemoryPort): void {
    this.#peer = peer
  }

  post(packet: Packet, options?: PostOptions): void {
    if (this.#isClosed) return
    const copy: unknown =
      typeof packet === 'string'
        ? packet
        : structuredClone(packet, { transfer: [...(options?.transfer ?? [])] })
    const peer = this.#peer
    queueMicrotask(() => peer?.arrive(copy))
  }

  onMessage(listener: (packet: unknown, protection: Protection) => void): Disposable {
    return this.#messages.add(listener)
  }

  onClose(listener: () => void): Disposable {
    return this.#closing.onClose(listener)
  }

  start(): void {
    if (this.#isStarted) return
    this.#isStarted = true
    for (const packet of this.#early.splice(0)) queueMicrotask(() => this.arrive(packet))
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    const peer = this.#peer
    queueMicrotask(() => peer?.end())
    queueMicrotask(() => this.#closing.happen())
  }

  end(): void {
    this.#isClosed = true
    this.#closing.happen()
  }

  arrive(packet: unknown): void {
    if (this.#isClosed) return
    if (this.#isStarted) this.#messages.call(packet, 'none')
    else this.#early.push(packet)
  }
}
