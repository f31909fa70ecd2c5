import type { InferenceSession } from 'onnxruntime-node'
import type { ModelEntry } from './manifest.ts'
import type { Runtime } from './session.ts'

/** A model as its feature sees it: it may be released between two runs, and is loaded again by the next. */
export interface ModelSession {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  /**
   * Runs it; `fetches` names the outputs that are wanted, all unless said. Throws ModelUnavailableError when the model
   * was released meanwhile and its file is no longer what it was.
   */
  run(feeds: InferenceSession.FeedsType, fetches?: readonly string[]): Promise<InferenceSession.ReturnType>
}

/** What opening a model's file gives. */
export interface OpenModel {
  readonly entry: ModelEntry
  readonly session: InferenceSession
  /** The library that made the session; imported only when the first model is loaded. */
  readonly runtime: Runtime
}

/**
 * One model: opened when it is first needed and again after it was released. Runs are counted, because a session that is
 * freed in mid-run takes the process with it.
 */
export class HeldModel {
  readonly #open: () => Promise<OpenModel>
  readonly #now: () => number
  #opening: Promise<OpenModel> | null = null
  #runs = 0
  #idleSince = 0

  constructor(open: () => Promise<OpenModel>, now: () => number) {
    this.#open = open
    this.#now = now
  }

  /** Opens the model unless it is open. */
  ready(): Promise<OpenModel> {
    if (this.#opening === null) {
      this.#idleSince = this.#now()
      this.#opening = this.#open()
    }
    return this.#opening
  }

  async run(
    feeds: InferenceSession.FeedsType,
    fetches?: readonly string[],
  ): Promise<InferenceSession.ReturnType> {
    this.#runs++
    try {
      const { session } = await this.ready()
      return await (fetches === undefined ? session.run(feeds) : session.run(feeds, fetches))
    } finally {
      this.#runs--
      this.#idleSince = this.#now()
    }
  }

  get isOpen(): boolean {
    return this.#opening !== null
  }

  /** For how long nobody has used it, in milliseconds; 0 while somebody does. */
  get idleMs(): number {
    return this.#runs > 0 ? 0 : this.#now() - this.#idleSince
  }

  /** Frees its memory unless it is in use. Says whether there was something to free. */
  async release(): Promise<boolean> {
    const opened = this.#opening
    if (this.#runs > 0 || opened === null) return false
    // Before anything is awaited: a run that begins now opens the model anew.
    this.#opening = null
    try {
      const { session } = await opened
      await session.release()
      return true
    } catch {
      // It was never open.
      return false
    }
  }
}
