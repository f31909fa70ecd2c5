import type { CellComparison } from './comparison.ts'
import { atLeast, atMost, type Target } from './results.ts'

/** What Nexus wants to reach beside raw, and beside the best peer. */
export interface CellTargets {
  readonly raw?: Target
  readonly bestPeer?: Target
  /** Beside Nexus sending one by one. */
  readonly oneByOne?: Target
}

export function targetsOf({ transport, cell, quantile }: CellComparison): CellTargets {
  if (cell.kind === 'notifications') return { raw: atLeast(4), oneByOne: atLeast(4) }
  switch (quantile) {
    case 'p50':
      return { raw: atMost(1.1) }
    case 'p99':
      return { raw: atMost(1.25) }
    case null:
      if (cell.inFlight === 16) return { raw: atLeast(0.9) }
      if (cell.work === 'echo') return { raw: atLeast(0.9), bestPeer: atLeast(1.1) }
      return { raw: atLeast(transport === 'port' ? 1.5 : 3), bestPeer: atLeast(2) }
  }
}
