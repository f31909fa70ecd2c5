import { Agent } from 'undici'
import type { Endpoint } from '../ipc/endpoint.ts'
import { CacheFile } from './cache/cache-file.ts'
import type { OwnFiles } from './confinement.ts'
import { fetchConnector } from './connections/dialer.ts'
import { serveDownloads } from './downloads/serve.ts'
import { serveFetching } from './fetching/serve.ts'
import type { NetworkCore } from './network-core.ts'

/** Of icons, heads of pages and pictures; what was unused longest goes first. */
const mostCacheBytes = 64 * 1024 * 1024

/** What the browser fetches itself. `stop` keeps on the disk what has come so far. */
export function serveOwnFetches(
  endpoint: Endpoint,
  core: NetworkCore,
  { cacheFile, files }: { readonly cacheFile: string; readonly files: OwnFiles },
): { stop(): Promise<void>; trim(): void } {
  const dispatcher = new Agent({ connect: fetchConnector(core.dialer), allowH2: false })
  const cache = new CacheFile({
    file: cacheFile,
    maxBytes: mostCacheBytes,
    wallClock: core.clock.wallClock,
    warn: message => console.error(`network: ${message}`),
  })
  serveFetching(endpoint, { dispatcher, resolve: host => core.resolver.resolve(host), cache })
  const downloads = serveDownloads(endpoint, dispatcher, folder => files.allow(folder))
  return {
    trim: () => cache.shrink(),
    async stop() {
      await downloads.stop()
      cache[Symbol.dispose]()
    },
  }
}
