import type { Static } from 'typebox'
import * as Type from 'typebox'
import { CountedPair, MessageAlert, maxAlerts, maxPendingCalls, PendingCall } from '../ipc/metrics/traffic.ts'

// Declared with the framework, which counts them.
export {
  type MessageAlert,
  type MethodTraffic,
  maxPendingCalls,
  type PendingCall,
} from '../ipc/metrics/traffic.ts'

/**
 * One direction of one pair: `from` calls `to`. Both are named by their rows in the process tree (`controller`, `chrome`,
 * `service:storage`); a tab is `tab:` and its id, which is among the `tabIds` of its row; a command line has no row.
 */
export const PairTraffic = Type.Object({
  ...CountedPair.properties,
  /** Whether they have a port of their own, apart from main. */
  isDirect: Type.Boolean(),
})
export type PairTraffic = Static<typeof PairTraffic>

export const maxPairs = 2_000

/** Who talks to whom, as it stood at one moment. */
export const MessageTraffic = Type.Object({
  /** Milliseconds since the epoch. */
  sampledAt: Type.Integer({ minimum: 0 }),
  /** How far back the numbers reach at most. */
  windowMs: Type.Number({ minimum: 0 }),
  pairs: Type.Array(PairTraffic, { maxItems: maxPairs }),
  alerts: Type.Array(MessageAlert, { maxItems: maxAlerts }),
  pendingCalls: Type.Array(PendingCall, { maxItems: maxPendingCalls }),
})
export type MessageTraffic = Static<typeof MessageTraffic>
