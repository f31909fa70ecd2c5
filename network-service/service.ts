import { systemClock } from '../ipc/clock.ts'
import type { Endpoint } from '../ipc/endpoint.ts'
import { NetworkCore } from './network-core.ts'
import { serveProxy } from './serve-proxy.ts'

/** Serves every part of the network process; they share one core. */
export function serveNetwork(endpoint: Endpoint): AsyncDisposable {
  const core = new NetworkCore({ clock: systemClock })
  serveProxy(endpoint, core)
  return core
}
