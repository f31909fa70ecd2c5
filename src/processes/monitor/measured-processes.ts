import type { App } from 'electron'
import { type Clock, systemClock } from '../../../ipc/clock.ts'
import type { ProcessBook } from '../book/known-process.ts'
import type { EngineProcess } from '../process-tree.ts'
import type { ProcessMonitor } from './process-monitor.ts'

export interface MeasuredProcessesOptions {
  readonly app: Pick<App, 'getAppMetrics'>
  readonly book: Pick<ProcessBook, 'all'>
  readonly monitor: ProcessMonitor
  readonly clock?: Clock
}

/** What the engine says that a process is. */
type Named = Pick<EngineProcess, 'pid' | 'type' | 'name' | 'startedAt'>

/**
 * Helpers of the engine come and go seldom, and asking for them costs as much as all that is measured: what was not in
 * its last list is shown as soon as the book knows it, and otherwise with the next list.
 */
const listEveryMs = 5_000

/** Every process that the engine or the book knows of, measured. */
export class MeasuredProcesses {
  readonly #options: MeasuredProcessesOptions
  readonly #clock: Clock
  #listedAt = -Infinity
  #listed: ReadonlyMap<number, Named> = new Map()

  constructor(options: MeasuredProcessesOptions) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
  }

  /** What the engine runs, by a list that is some seconds old at most. */
  helpers(): readonly Named[] {
    return [...this.#list().values()]
  }

  sample(): readonly EngineProcess[] {
    const { book, monitor } = this.#options
    const known = this.#list()
    const pids = new Set(known.keys())
    for (const { pid } of book.all()) if (pid !== null) pids.add(pid)
    return monitor.sample(pids).map(({ pid, memoryBytes, processorPercent, startedAt }) => ({
      ...(known.get(pid) ?? { pid, type: 'Unknown', name: '' }),
      memoryBytes,
      cpuPercent: processorPercent,
      startedAt,
    }))
  }

  #list(): ReadonlyMap<number, Named> {
    if (this.#clock.now() - this.#listedAt < listEveryMs) return this.#listed
    this.#listedAt = this.#clock.now()
    const metrics = this.#options.app.getAppMetrics()
    this.#listed = new Map(
      metrics.map(({ pid, type, name, serviceName, creationTime }) => [
        pid,
        { pid, type, name: name ?? serviceName ?? '', startedAt: creationTime },
      ]),
    )
    return this.#listed
  }
}
