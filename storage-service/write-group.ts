import { RefusedChange } from './refused-change.ts'
import type { SqlDatabase } from './sqlite-driver.ts'

export interface WriteGroupOptions {
  readonly database: SqlDatabase
  /** Does something after what has arrived meanwhile was taken; `setImmediate` in a process. */
  readonly later: (commit: () => void) => void
  /** Told how each group ended, null for well, and of each write that failed by itself. */
  readonly onEnd: (error: unknown) => void
  /** Everything since the last commit is undone: what was kept in memory of it has to be forgotten. */
  readonly onUndone: () => void
}

interface Waiting {
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Writes that arrive in one turn share one commit, and so one wait for the disk. Each is done at once, so that whoever
 * reads next sees it; it is answered when all of them are on disk. One that fails is undone by itself.
 */
export class WriteGroup {
  readonly #options: WriteGroupOptions
  #waiting: Waiting[] = []

  constructor(options: WriteGroupOptions) {
    this.#options = options
  }

  /** Resolves with what `work` gave once that is on disk. Rejects, and nothing of it was done, when it cannot be. */
  write<Result>(work: () => Result): Promise<Result> {
    const { database } = this.#options
    let result: Result
    try {
      if (!database.isInTransaction) {
        database.begin()
        this.#options.later(() => this.flush())
      }
      result = database.transaction(work)
    } catch (error) {
      // On a full disk SQLite undoes the whole of it, others' parts too.
      if (!database.isInTransaction) this.#fail(error)
      else if (!(error instanceof RefusedChange)) {
        this.#options.onUndone()
        this.#options.onEnd(error)
      }
      return Promise.reject(error)
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve: () => resolve(result), reject })
    })
  }

  /** Puts on disk what is waiting for it. Never throws: whoever waits is told. */
  flush(): void {
    const { database, onEnd } = this.#options
    if (!database.isInTransaction) return
    try {
      database.commit()
    } catch (error) {
      database.rollBack()
      this.#fail(error)
      return
    }
    const done = this.#waiting
    this.#waiting = []
    // A group of which nothing is left says nothing about the disk.
    if (done.length > 0) onEnd(null)
    for (const { resolve } of done) resolve()
  }

  #fail(error: unknown): void {
    const lost = this.#waiting
    this.#waiting = []
    this.#options.onUndone()
    this.#options.onEnd(error)
    for (const { reject } of lost) reject(error)
  }
}
