import type { ConnectionCounters } from '../connection.ts'
import type { Identity } from '../identity.ts'
import type { PeerTraffic } from './peer-meter.ts'
import type { PendingCall } from './traffic.ts'

/** Everything that an endpoint counts, as it stands now. */
export interface MetricsSnapshot {
  readonly messagesIn: number
  readonly messagesOut: number
  /** Calls and notifications that wait for a peer to be connected. */
  readonly waitingCalls: number
  /** Calls, notifications and events that were refused because a queue was full. */
  readonly droppedCalls: number
  readonly connections: readonly (ConnectionCounters & { readonly peer: Identity })[]
  /** Calls made from here, of the last minute. */
  readonly calls: readonly PeerTraffic[]
  /** Calls answered here, of the last minute. */
  readonly handled: readonly PeerTraffic[]
  /** Calls from here whose answer has not come, oldest first; at most a thousand. */
  readonly pending: readonly PendingCall[]
}

export interface EndpointMetrics {
  readonly messagesIn: number
  readonly messagesOut: number
  snapshot(): MetricsSnapshot
}
