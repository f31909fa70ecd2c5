import { Agent } from 'undici'
import type { Endpoint } from '../ipc/endpoint.ts'
import { fetchConnector } from './connections/dialer.ts'
import { serveDownloads } from './downloads/serve.ts'
import type { NetworkCore } from './network-core.ts'

/** What the browser fetches itself. `stop` keeps on the disk what has come so far. */
export function serveOwnFetches(endpoint: Endpoint, core: NetworkCore): { stop(): Promise<void> } {
  const dispatcher = new Agent({ connect: fetchConnector(core.dialer), allowH2: false })
  return serveDownloads(endpoint, dispatcher)
}
