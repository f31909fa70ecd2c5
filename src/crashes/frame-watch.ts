import type { Clock } from '../../ipc/clock.ts'
import type { KnownProcess } from '../processes/book/known-process.ts'

/** A frame that has a process of its own. */
export type WatchedFrame = Pick<KnownProcess, 'id' | 'site' | 'isPrivate' | 'startedAt' | 'tabIds'> & {
  readonly pid: number
}

export interface FrameWatchOptions {
  readonly clock: Clock
  /** Those that the book has now. */
  readonly frames: () => readonly WatchedFrame[]
  readonly isAlive: (pid: number) => boolean
  /** Whether its page still has the frame: one that was taken out of the page ends without a fault. */
  readonly isShown: (frame: WatchedFrame) => boolean
  readonly onLost: (frame: WatchedFrame) => void
}

const lookMs = 4_000

/**
 * Notices that the process of a frame went while its page stayed, of which the engine tells nobody. One question to the
 * system for each such frame, every four seconds.
 */
export class FrameWatch implements Disposable {
  readonly #options: FrameWatchOptions
  readonly #lost = new Set<string>()
  #timer: Disposable

  constructor(options: FrameWatchOptions) {
    this.#options = options
    this.#timer = options.clock.after(lookMs, () => this.#look())
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]()
  }

  #look(): void {
    const { clock, frames, isAlive, isShown, onLost } = this.#options
    const known = frames()
    for (const id of this.#lost) if (!known.some(frame => frame.id === id)) this.#lost.delete(id)
    for (const frame of known) {
      if (this.#lost.has(frame.id) || isAlive(frame.pid)) continue
      this.#lost.add(frame.id)
      if (isShown(frame)) onLost(frame)
    }
    this.#timer = clock.after(lookMs, () => this.#look())
  }
}
