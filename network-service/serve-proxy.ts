import { mostConnections, networkContract } from '../contracts/network.ts'
import type { Endpoint } from '../ipc/endpoint.ts'
import { normalHost } from './dns/host-names.ts'
import type { NetworkCore } from './network-core.ts'

/** The proxy and its resolver, as main sees them. */
export function serveProxy(endpoint: Endpoint, core: NetworkCore): void {
  let startedAt: number | null = null
  endpoint.serve(networkContract, {
    start: async ({ secret, port, dns, hosts }) => {
      core.map(hosts)
      core.configure(dns)
      const opened = await core.open(secret, port)
      startedAt ??= core.clock.wallClock()
      return { port: opened }
    },
    configure: dns => {
      core.configure(dns)
      return {}
    },
    status: () => {
      const { clients = 0, refusedLogins = 0, refusedRequests = 0 } = core.proxy?.counts ?? {}
      const { requests, tunnels, bytesIn, bytesOut } = core.traffic.totals
      return {
        port: core.proxy?.port ?? null,
        startedAt,
        clients,
        mostClients: core.limits.clients,
        ...core.connections,
        requests,
        tunnels,
        bytesIn,
        bytesOut,
        refusedLogins,
        refusedRequests,
        dns: core.resolver.counts,
      }
    },
    traffic: ({ limit }) => [...core.traffic.byHost(limit)],
    connections: () => [...core.traffic.open(mostConnections)],
    lastFailure: ({ host, port }) => core.traffic.lastFailure(normalHost(host), port),
    dnsCache: () => [...core.resolver.entries()],
    flushDns: () => {
      core.resolver.flush()
      return {}
    },
    closeAllConnections: () => ({ closed: core.closeAllConnections() }),
  })
}
