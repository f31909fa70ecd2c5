import type { ProcessTree } from '../../contracts/processes.ts'

/** CPU readings of the last minute by process, oldest first; null where a process was not running or not known. */
export type SampleHistory = ReadonlyMap<string, readonly (number | null)[]>

export const historyLength = 60

/** Adds one sample. Processes that are gone are forgotten. */
export function withSample(history: SampleHistory, tree: ProcessTree): SampleHistory {
  return new Map(
    tree.rows.map(row => [row.id, [...(history.get(row.id) ?? []), row.cpuPercent].slice(-historyLength)]),
  )
}
