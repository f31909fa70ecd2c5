import type { App, ProcessMetric } from 'electron'
import type { ProcessUsage, UsageSource } from './process-usage.ts'

/**
 * What processes use, as the engine says: on macOS and Windows, where /proc is not. Private bytes on Windows; on macOS it
 * tells resident memory alone, which counts what is shared for each process.
 */
export class EngineSource implements UsageSource {
  readonly #app: Pick<App, 'getAppMetrics'>

  constructor(app: Pick<App, 'getAppMetrics'>) {
    this.#app = app
  }

  read(pids: Iterable<number>): readonly ProcessUsage[] {
    const wanted = new Set(pids)
    return this.#app
      .getAppMetrics()
      .filter(metric => wanted.has(metric.pid))
      .map(metric => ({
        pid: metric.pid,
        memoryBytes: memoryOf(metric),
        // Not `percentCPUUsage`: that is divided by the number of processors, and by whoever asked last.
        processorMs: (metric.cpu.cumulativeCPUUsage ?? 0) * 1_000,
        startedAt: metric.creationTime,
      }))
  }

  readMemory(pids: Iterable<number>): ReadonlyMap<number, number> {
    return new Map(this.read(pids).map(({ pid, memoryBytes }) => [pid, memoryBytes]))
  }
}

/** Electron tells kilobytes. */
function memoryOf({ memory }: ProcessMetric): number {
  return (memory.privateBytes ?? memory.workingSetSize) * 1_024
}
