import { Listeners } from '../listeners.ts'
import type { Protection } from '../port.ts'
import { CloseSignal } from './close-signal.ts'

/**
 * What has arrived for a port whose channel cannot keep anything itself: kept until `start`, then handed on in order,
 * with the other side's close after all of it.
 */
export class Arrivals {
  readonly #packets = new Listeners<[packet: unknown, protection: Protection]>()
  readonly #closing = new CloseSignal()
  readonly #kept: unknown[] = []
  #isStarted = false
  #isEnding = false
  #isOver = false

  onMessage(listener: (packet: unknown, protection: Protection) => void): Disposable {
    return this.#packets.add(listener)
  }

  onClose(listener: () => void): Disposable {
    return this.#closing.onClose(listener)
  }

  /** Hands on what was kept, after the present task. */
  start(): void {
    if (this.#isStarted) return
    this.#isStarted = true
    queueMicrotask(() => this.#handOn())
  }

  arrive(packet: unknown): void {
    if (this.#isOver || this.#isEnding) return
    if (this.#isStarted && this.#kept.length === 0) this.#packets.call(packet, 'none')
    else this.#kept.push(packet)
  }

  /** The other side has closed. */
  end(): void {
    this.#isEnding = true
    if (this.#kept.length === 0) this.#finish()
  }

  /** This side has closed: what is here is not wanted any more. */
  close(): void {
    this.#isOver = true
    this.#kept.length = 0
    queueMicrotask(() => this.#finish())
  }

  #handOn(): void {
    if (this.#kept.length > 0) {
      const packet = this.#kept.shift()
      // In the next round, so that a listener that throws does not keep the rest back.
      queueMicrotask(() => this.#handOn())
      this.#packets.call(packet, 'none')
    } else if (this.#isEnding) this.#finish()
  }

  #finish(): void {
    this.#isOver = true
    this.#closing.happen()
  }
}
