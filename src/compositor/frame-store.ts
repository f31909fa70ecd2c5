import type { Frame } from '../../contracts/compositor.ts'

/** Pictures as they lie in memory take a third of a megabyte each: enough for those of 128 tabs. */
const mostBytes = 48 * 2 ** 20

/**
 * The latest picture of each tab, as main has it: the compositor forgets all it knew with its process or its graphics
 * context, and is given the pictures again from here. In memory only. What was not renewed longest makes room.
 */
export class FrameStore {
  readonly #frames = new Map<string, Frame>()
  readonly #mostBytes: number
  #bytes = 0

  constructor(most = mostBytes) {
    this.#mostBytes = most
  }

  get bytes(): number {
    return this.#bytes
  }

  get(tabId: string): Frame | null {
    return this.#frames.get(tabId) ?? null
  }

  put(frame: Frame): void {
    this.forget(frame.tabId)
    if (frame.bytes.byteLength > this.#mostBytes) return
    this.#frames.set(frame.tabId, frame)
    this.#bytes += frame.bytes.byteLength
    for (const tabId of this.#frames.keys()) {
      if (this.#bytes <= this.#mostBytes) break
      this.forget(tabId)
    }
  }

  forget(tabId: string): void {
    const frame = this.#frames.get(tabId)
    if (frame === undefined) return
    this.#frames.delete(tabId)
    this.#bytes -= frame.bytes.byteLength
  }

  /** Keeps the pictures of these tabs and no others. Gives those that were forgotten. */
  keepOnly(tabIds: ReadonlySet<string>): string[] {
    const gone = [...this.#frames.keys()].filter(tabId => !tabIds.has(tabId))
    for (const tabId of gone) this.forget(tabId)
    return gone
  }
}
