import type { HeardSound } from '../../contracts/page-media.ts'
import type { Clock } from '../../ipc/clock.ts'

export interface LevellerOptions {
  /** Tabs that make a sound now. */
  readonly audible: () => readonly string[]
  readonly isOn: () => boolean
  readonly hear: (tabId: string) => Promise<HeardSound>
  /** Measures what was heard of a tab, and advises a gain in decibels. */
  readonly analyse: (tabId: string, sound: Extract<HeardSound, { kind: 'sound' }>) => Promise<number>
  /** Multiplies what the page had chosen, 0 to 1. */
  readonly setFactor: (tabId: string, factor: number) => Promise<void>
  readonly onGain: (tabId: string, gainDecibels: number | null) => void
  readonly clock: Clock
  readonly debug: (message: string) => void
}

/** How often a tab is listened to. The service asks for 400 ms of sound at least to judge by, and gets them in parts. */
const listenMs = 200

/**
 * Brings tabs to one loudness, by making the loud ones quieter: a page's own volume is the most that there is. Works only
 * while something plays, and the setting is on.
 */
export class LoudnessLeveller implements Disposable {
  readonly #options: LevellerOptions
  readonly #levelled = new Set<string>()
  #timer: Disposable | null = null

  constructor(options: LevellerOptions) {
    this.#options = options
  }

  /** To be called when a tab began or ended to make a sound, and when the setting changed. */
  look(): void {
    const { isOn, audible } = this.#options
    if (isOn() && audible().length > 0) this.#timer ??= this.#later()
    else void this.#stop()
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
  }

  #later(): Disposable {
    return this.#options.clock.after(listenMs, () => {
      void this.#round().then(() => {
        if (this.#timer !== null) this.#timer = this.#later()
      })
    })
  }

  async #round(): Promise<void> {
    await Promise.all(this.#options.audible().map(tabId => this.#level(tabId)))
    this.look()
  }

  async #level(tabId: string): Promise<void> {
    const { hear, analyse, setFactor, onGain, debug } = this.#options
    try {
      const sound = await hear(tabId)
      if (sound.kind === 'nothing') return
      const gain = Math.min(0, await analyse(tabId, sound))
      if (this.#timer === null) return
      this.#levelled.add(tabId)
      await setFactor(tabId, 10 ** (gain / 20))
      onGain(tabId, gain)
    } catch (error) {
      debug(`A tab is not levelled: ${error instanceof Error ? error.message : 'unknown error'}`)
    }
  }

  /** Gives every page its own volume back. */
  async #stop(): Promise<void> {
    this[Symbol.dispose]()
    const { setFactor, onGain, isOn } = this.#options
    if (isOn()) return
    const levelled = [...this.#levelled]
    this.#levelled.clear()
    for (const tabId of levelled) {
      onGain(tabId, null)
      await setFactor(tabId, 1).catch(() => {})
    }
  }
}
