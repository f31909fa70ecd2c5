import { areaContracts } from '../../../contracts/areas.ts'
import type { DnsEntry, OpenConnection } from '../../../contracts/network.ts'
import type { NetworkOverview, TabBlocking } from '../../../contracts/network-for-chrome.ts'
import type { Endpoint } from '../../../ipc/endpoint.ts'
import { someRequests } from '../fixtures/requests.ts'

/** As many as the controller keeps: the list must stand it. */
const requestCount = 2_000

const connections: OpenConnection[] = [
  {
    id: 1,
    kind: 'tunnel',
    method: 'CONNECT',
    host: 'tidewatch.example',
    port: 443,
    address: '192.0.2.14',
    startedAt: 1_800_000_000_000,
    bytesIn: 182_400,
    bytesOut: 4_210,
  },
  {
    id: 2,
    kind: 'request',
    method: 'GET',
    host: 'harbour.example',
    port: 80,
    address: null,
    startedAt: 1_800_000_000_000,
    bytesIn: 0,
    bytesOut: 310,
  },
]

const names: DnsEntry[] = [
  {
    name: 'tidewatch.example',
    addresses: ['192.0.2.14', '2001:db8::14'],
    source: 'https',
    expiresAt: 1_800_000_300_000,
  },
  { name: 'nowhere.example', addresses: [], source: 'system', expiresAt: 1_800_000_010_000 },
]

const overview: NetworkOverview = {
  proxy: {
    port: 41_234,
    startedAt: 1_800_000_000_000,
    clients: 6,
    mostClients: 1_000,
    open: 2,
    idle: 4,
    requests: 412,
    tunnels: 96,
    bytesIn: 18_400_000,
    bytesOut: 912_000,
    refusedLogins: 0,
    refusedRequests: 1,
    dns: { entries: 2, hits: 310, misses: 42, failures: 1 },
  },
  filtering: {
    state: 'ready',
    reason: null,
    lists: [
      { name: 'EasyList', rules: 71_835 },
      { name: 'EasyPrivacy', rules: 54_364 },
    ],
    loadMs: 31,
    decided: 1_412,
    stopped: 208,
  },
  undecided: 0,
}

const blocking: TabBlocking = {
  site: 'tidewatch.example',
  isOn: true,
  count: 14,
  hosts: [
    { host: 'metrics.example', list: 'EasyPrivacy', count: 11 },
    { host: 'ads.example', list: 'EasyList', count: 3 },
  ],
}

/** The area "network", made up. */
export function serveNetworkFixture(endpoint: Endpoint): void {
  let requests = someRequests(requestCount)
  let remembered = names
  endpoint.serve(areaContracts.network, {
    watchRequests: () => {
      endpoint.announce(areaContracts.network, 'requests', { isWhole: true, rows: requests, removed: [] })
      return {}
    },
    unwatchRequests: () => ({}),
    clearRequests: ({ tabId }) => {
      const removed = requests.filter(row => tabId === null || row.tabId === tabId)
      requests = requests.filter(row => !removed.includes(row))
      const ids = removed.map(({ id }) => id)
      endpoint.announce(areaContracts.network, 'requests', { isWhole: false, rows: [], removed: ids })
      return {}
    },
    requestDetails: ({ id }) => {
      const request = requests.find(row => row.id === id)
      if (request === undefined) return null
      return {
        request,
        requestHeaders: [{ name: 'accept', value: '*/*' }],
        responseHeaders: [{ name: 'content-type', value: request.mimeType ?? '' }],
        statusLine: request.status === null ? null : `HTTP/1.1 ${request.status} OK`,
        referrer: 'https://tidewatch.example/',
        remoteAddresses: ['192.0.2.14'],
      }
    },
    exportHar: ({ ids }) => ({ path: '/home/mira/Downloads/Nexus requests.har', entries: ids.length }),
    showExport: () => ({}),
    overview: () => overview,
    connections: () => connections,
    dnsCache: () => remembered,
    flushDns: () => {
      remembered = []
      return {}
    },
    blocking: () => blocking,
    blockedCounts: () => [{ tabId: 'tab:1', count: blocking.count }],
    setSiteBlocking: () => ({}),
  })
}
