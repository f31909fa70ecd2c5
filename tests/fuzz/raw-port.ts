import type { Port, Protection } from '../../ipc/port.ts'

/** A port whose other end is in the hands of the test: it says what arrives, also what no transport would carry. */
export class RawPort implements Port {
  readonly leavesMemory = false
  isClosed = false
  #listener: ((packet: unknown, protection: Protection) => void) | null = null

  /** The packet arrives, in this very task. */
  deliver(packet: unknown): void {
    if (!this.isClosed) this.#listener?.(packet, 'none')
  }

  /** Nobody hears it. */
  post(): void {}

  onMessage(listener: (packet: unknown, protection: Protection) => void): Disposable {
    this.#listener = listener
    return { [Symbol.dispose]: () => {} }
  }

  onClose(): Disposable {
    return { [Symbol.dispose]: () => {} }
  }

  start(): void {}

  close(): void {
    this.isClosed = true
  }
}
