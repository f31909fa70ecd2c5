import type { ConnectionCounters } from './connection.ts'
import type { Identity } from './identity.ts'
import type { CallStatistics } from './metrics.ts'

/** Everything that an endpoint counts, as it stands now. */
export interface MetricsSnapshot {
  readonly messagesIn: number
  readonly messagesOut: number
  /** Calls that wait for a peer to be connected. */
  readonly waitingCalls: number
  /** Calls that were refused because a queue was full. */
  readonly droppedCalls: number
  readonly connections: readonly (ConnectionCounters & { readonly peer: Identity })[]
  /** Calls made from here. */
  readonly calls: readonly CallStatistics[]
  /** Calls answered here. */
  readonly handled: readonly CallStatistics[]
}

export interface EndpointMetrics {
  readonly messagesIn: number
  readonly messagesOut: number
  snapshot(): MetricsSnapshot
}
