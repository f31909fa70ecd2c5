import type { Packet, Port, Protection } from '../../ipc/port.ts'

/** A port whose other end is in the hands of the test: it says what arrives, also what no transport would carry. */
export class RawPort implements Port {
  readonly leavesMemory = false
  isClosed = false
  postedPackets = 0
  readonly #onPost: (packet: Packet) => void
  #listener: ((packet: unknown, protection: Protection) => void) | null = null

  constructor(onPost: (packet: Packet) => void = () => {}) {
    this.#onPost = onPost
  }

  /** The packet arrives, in this very task. */
  deliver(packet: unknown): void {
    if (!this.isClosed) this.#listener?.(packet, 'none')
  }

  post(packet: Packet): void {
    if (this.isClosed) return
    this.postedPackets += 1
    this.#onPost(packet)
  }

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
