import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, event, method } from '../ipc/contract.ts'
import { DnsEntry, mostConnections, NetworkStatus, OpenConnection } from './network.ts'
import { FilteringStatus } from './network-filtering.ts'
import { mostLoggedRequests, RequestBatch, RequestDetails } from './request-log.ts'
import { roles } from './roles.ts'

const TabId = Type.String({ maxLength: 100 })
const RequestId = Type.Integer({ minimum: 1 })
const Count = Type.Integer({ minimum: 0 })

/** What was blocked on the page of one tab since it was loaded. */
export const TabBlocking = Type.Object({
  /** Registrable domain or host of the page; null where there is none to switch. */
  site: Type.Union([Type.String({ maxLength: 300, sensitive: true }), Type.Null()]),
  /** Whether anything is blocked on this page at all. */
  isOn: Type.Boolean(),
  count: Count,
  /** By the host that was not reached, most first. */
  hosts: Type.Array(
    Type.Object({
      host: Type.String({ maxLength: 300, sensitive: true }),
      list: Type.String({ maxLength: 100 }),
      count: Count,
    }),
    { maxItems: 100 },
  ),
})
export type TabBlocking = Static<typeof TabBlocking>

export const BlockedCount = Type.Object({ tabId: TabId, count: Count })
export type BlockedCount = Static<typeof BlockedCount>
const BlockedCounts = Type.Array(BlockedCount, { maxItems: 10_000 })

/** The network process at a glance; null where it does not answer. */
export const NetworkOverview = Type.Object({
  proxy: Type.Union([NetworkStatus, Type.Null()]),
  filtering: Type.Union([FilteringStatus, Type.Null()]),
  /** Requests that went on because the lists were not heard in time. */
  undecided: Count,
})
export type NetworkOverview = Static<typeof NetworkOverview>

const nothing = Type.Object({})
const asked = { callers: roles('chrome'), deadlineMs: 5_000, idempotent: true } as const

/** What the chrome UI sees of the network: requests, what was blocked. Served by the controller. */
export const networkViewContract = defineContract('networkView', {
  methods: {
    /** From now on `requests` tells of changes; first of all that is known. */
    watchRequests: method({ ...asked, args: nothing, result: nothing }),
    unwatchRequests: method({ ...asked, args: nothing, result: nothing }),
    /** Forgets the requests of a tab; null forgets all. */
    clearRequests: method({
      ...asked,
      args: Type.Object({ tabId: Type.Union([TabId, Type.Null()]) }),
      result: nothing,
    }),
    /** Null for a request that was forgotten. */
    requestDetails: method({
      ...asked,
      args: Type.Object({ id: RequestId }),
      result: Type.Union([RequestDetails, Type.Null()]),
      sensitive: true,
    }),
    /** Writes these requests as HAR 1.2 into the folder of downloads, and answers the name of the file. */
    exportHar: method({
      ...asked,
      args: Type.Object({
        ids: Type.Array(RequestId, { maxItems: mostLoggedRequests }),
        /** Cookies and credentials are written too. */
        withSecrets: Type.Boolean(),
      }),
      result: Type.Object({ path: Type.String({ maxLength: 4_096, sensitive: true }), entries: Count }),
      idempotent: false,
    }),
    /** Shows the file that was exported last in the system's file manager. */
    showExport: method({ ...asked, args: nothing, result: nothing }),
    overview: method({ ...asked, args: nothing, result: NetworkOverview }),
    connections: method({
      ...asked,
      args: nothing,
      result: Type.Array(OpenConnection, { maxItems: mostConnections }),
    }),
    dnsCache: method({ ...asked, args: nothing, result: Type.Array(DnsEntry, { maxItems: 2_000 }) }),
    flushDns: method({ ...asked, args: nothing, result: nothing }),
    blocking: method({ ...asked, args: Type.Object({ tabId: TabId }), result: TabBlocking }),
    blockedCounts: method({ ...asked, args: nothing, result: BlockedCounts }),
    /** Blocks, or does not block any more, on the site of the page in a tab, and loads it again. */
    setSiteBlocking: method({
      ...asked,
      args: Type.Object({ tabId: TabId, isOn: Type.Boolean() }),
      result: nothing,
    }),
  },
  events: {
    requests: event({ payload: RequestBatch, listeners: roles('chrome') }),
    /** For those tabs where the number changed. */
    blocked: event({ payload: BlockedCounts, listeners: roles('chrome') }),
  },
})
