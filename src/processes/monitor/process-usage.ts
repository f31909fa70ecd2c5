/** What one process holds and has used, at one moment. */
export interface ProcessUsage {
  readonly pid: number
  /**
   * Memory of its own, also what was swapped out: what would be free if it ended. Pages that processes of the engine
   * share (its program, its fonts) are counted for none: counted for each, 60 processes would seem to hold gigabytes more
   * than there are. The same that Chrome's task manager calls the memory footprint.
   */
  readonly memoryBytes: number
  /** Processor time of all its threads since it began. */
  readonly processorMs: number
  /** Milliseconds since the epoch. */
  readonly startedAt: number
}

/** One way to learn what processes use. A process that is gone is left out, and never an error. */
export interface UsageSource {
  read(pids: Iterable<number>): readonly ProcessUsage[]
  /** Memory alone, which is cheaper where one file tells it. */
  readMemory(pids: Iterable<number>): ReadonlyMap<number, number>
}
