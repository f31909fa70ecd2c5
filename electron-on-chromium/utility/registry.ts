import type { ProcessExit } from './exit.ts'

/** What `app.getAppMetrics` lists of a utility process, beside its cost. */
export interface UtilityRecord {
  readonly pid: number
  readonly type: 'Utility'
  readonly serviceName: 'node.mojom.NodeService'
  readonly name: string
  /** Milliseconds since the epoch. */
  readonly creationTime: number
}

/** The details of `app`'s event 'child-process-gone'. */
export interface UtilityGone extends ProcessExit {
  readonly type: 'Utility'
  readonly serviceName: 'node.mojom.NodeService'
  readonly name: string
}

const serviceName = 'node.mojom.NodeService'
const running = new Map<number, UtilityRecord>()
const goneListeners = new Set<(details: UtilityGone) => void>()

/** The utility processes that run now. */
export function utilityRecords(): readonly UtilityRecord[] {
  return [...running.values()]
}

/** Called for every utility process that ended, before its 'exit'; a clean exit is told too. */
export function onUtilityGone(listener: (details: UtilityGone) => void): Disposable {
  goneListeners.add(listener)
  return { [Symbol.dispose]: () => goneListeners.delete(listener) }
}

/** @internal Kept up by UtilityProcess. */
export const recordUtility = {
  started(pid: number, name: string): void {
    running.set(pid, { pid, type: 'Utility', serviceName, name, creationTime: Date.now() })
  },
  gone(pid: number | undefined, name: string, exit: ProcessExit): void {
    if (pid !== undefined) running.delete(pid)
    const details: UtilityGone = { type: 'Utility', serviceName, name, ...exit }
    for (const listener of [...goneListeners]) listener(details)
  },
}
