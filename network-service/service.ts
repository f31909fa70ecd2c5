import { systemClock } from '../ipc/clock.ts'
import type { Endpoint } from '../ipc/endpoint.ts'
import type { OwnFiles } from './confinement.ts'
import { NetworkCore } from './network-core.ts'
import { serveOwnFetches } from './serve-own-fetches.ts'
import { serveProxy } from './serve-proxy.ts'

export interface NetworkService extends AsyncDisposable {
  /** Keeps what has come so far: the process is about to end. */
  stop(): Promise<void>
  /** Forgets the names that were looked up, and gives back what of the cache's file is held in memory. */
  trim(): void
}

/** Serves every part of the network process; they share one core. `cacheFile` is of our own fetches; pages have the engine's. */
export function serveNetwork(endpoint: Endpoint, cacheFile: string, files: OwnFiles): NetworkService {
  const core = new NetworkCore({ clock: systemClock })
  serveProxy(endpoint, core)
  const ownFetches = serveOwnFetches(endpoint, core, { cacheFile, files })
  return {
    stop: () => ownFetches.stop(),
    trim() {
      core.resolver.flush()
      ownFetches.trim()
    },
    [Symbol.asyncDispose]: () => core[Symbol.asyncDispose](),
  }
}
