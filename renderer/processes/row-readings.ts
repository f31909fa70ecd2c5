import type { ProcessRow } from '../../contracts/processes.ts'
import type { BusiestPeer } from './process-tree.ts'

/** What is measured and counted of a process, or of several together. Null where nothing is known. */
export interface Readings {
  readonly cpuPercent: number | null
  readonly memoryBytes: number | null
  readonly networkBytesPerSecond: number | null
  readonly messagesIn: number | null
  readonly messagesOut: number | null
  readonly restarts: number | null
  /** Whom it exchanges most messages with; of several the slowest. */
  readonly busiestPeer: BusiestPeer | null
}

export const noReadings: Readings = {
  cpuPercent: null,
  memoryBytes: null,
  networkBytesPerSecond: null,
  messagesIn: null,
  messagesOut: null,
  restarts: null,
  busiestPeer: null,
}

export function ownReadings(row: ProcessRow, busiestPeer: BusiestPeer | null): Readings {
  const { cpuPercent, memoryBytes, networkBytesPerSecond, messagesIn, messagesOut, restarts } = row
  return {
    cpuPercent,
    memoryBytes,
    networkBytesPerSecond,
    messagesIn,
    messagesOut,
    restarts,
    busiestPeer,
  }
}

/** What is not known adds nothing; only when nothing is known at all, the sum is not known either. */
export function sumOf(parts: readonly Readings[]): Readings {
  return {
    cpuPercent: sum(parts.map(part => part.cpuPercent)),
    memoryBytes: sum(parts.map(part => part.memoryBytes)),
    networkBytesPerSecond: sum(parts.map(part => part.networkBytesPerSecond)),
    messagesIn: sum(parts.map(part => part.messagesIn)),
    messagesOut: sum(parts.map(part => part.messagesOut)),
    restarts: sum(parts.map(part => part.restarts)),
    busiestPeer: parts
      .map(part => part.busiestPeer)
      .reduce(
        (slowest, peer) => (peer !== null && peer.p95Ms > (slowest?.p95Ms ?? -1) ? peer : slowest),
        null,
      ),
  }
}

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null)
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0)
}

/** The readings of several processes second by second, the newest last. */
export function summedHistory(
  histories: readonly (readonly (number | null)[])[],
): readonly (number | null)[] {
  const length = Math.max(0, ...histories.map(history => history.length))
  return Array.from({ length }, (_, index) =>
    sum(histories.map(history => history[history.length - length + index] ?? null)),
  )
}
