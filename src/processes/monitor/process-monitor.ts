import { type Clock, systemClock } from '../../../ipc/clock.ts'
import type { ProcessUsage, UsageSource } from './process-usage.ts'

/** What one process uses, measured. */
export interface MeasuredProcess {
  readonly pid: number
  readonly memoryBytes: number
  /** Of one core, so that two busy threads read 200; null before the second sample. */
  readonly processorPercent: number | null
  readonly startedAt: number
}

interface Seen {
  readonly usage: ProcessUsage
  readonly at: number
  readonly percent: number | null
}

/**
 * Measures processes: what each holds, and which part of a processor it used since it was measured last. Keeps nothing
 * but the last sample. A process that got the number of another is told from it by its start.
 */
export class ProcessMonitor {
  readonly #source: UsageSource
  readonly #clock: Clock
  #seen = new Map<number, Seen>()

  constructor(source: UsageSource, clock: Clock = systemClock) {
    this.#source = source
    this.#clock = clock
  }

  sample(pids: Iterable<number>): readonly MeasuredProcess[] {
    const at = this.#clock.now()
    const seen = new Map<number, Seen>()
    for (const usage of this.#source.read(pids)) {
      const before = this.#seen.get(usage.pid)
      const isSame = before !== undefined && before.usage.startedAt === usage.startedAt
      seen.set(usage.pid, isSame ? advance(before, usage, at) : { usage, at, percent: null })
    }
    this.#seen = seen
    return [...seen.values()].map(({ usage, percent }) => ({
      pid: usage.pid,
      memoryBytes: usage.memoryBytes,
      startedAt: usage.startedAt,
      processorPercent: percent,
    }))
  }

  /** What processes hold, and nothing else: for whoever looks all the time. */
  memoryOf(pids: Iterable<number>): ReadonlyMap<number, number> {
    return this.#source.readMemory(pids)
  }
}

/** Processor time is told in steps of 10 ms: over less than this, one step would read as several percent. */
const shortestMs = 400

function advance(before: Seen, usage: ProcessUsage, at: number): Seen {
  const passedMs = at - before.at
  // Two who look at once, the panel and the command line: the second is told what the first was.
  if (passedMs < shortestMs) return { ...before, usage: { ...usage, processorMs: before.usage.processorMs } }
  const usedMs = usage.processorMs - before.usage.processorMs
  return { usage, at, percent: Math.max(0, (usedMs / passedMs) * 100) }
}
