import type { Socket } from 'node:net'
import type { Clock } from '../../ipc/clock.ts'
import type { Dialer } from '../connections/dialer.ts'
import type { ProxyLimits } from '../connections/limits.ts'
import type { ServerPool } from '../connections/server-pool.ts'
import type { Traffic } from '../traffic.ts'

/** What every way through the proxy needs. */
export interface ProxyParts {
  readonly clock: Clock
  readonly limits: ProxyLimits
  readonly dialer: Dialer
  readonly pool: ServerPool
  readonly traffic: Traffic
  /** Connections to servers that no pool holds. */
  readonly sockets: Set<Socket>
}
