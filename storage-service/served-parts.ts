import type { SqlDatabase } from './sqlite-driver.ts'

/** What every part of the service stands on. */
export interface ServedParts {
  readonly database: SqlDatabase
  /** Does it now, and resolves when it is on disk. */
  readonly write: <Result>(work: () => Result) => Promise<Result>
  /** What was deleted leaves the log, the index and the copies too. To be called when the deletion is on disk. */
  readonly scrub: () => void
  readonly wallClock: () => number
}
