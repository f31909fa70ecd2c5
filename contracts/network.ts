import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, method } from '../ipc/contract.ts'
import { roles } from './roles.ts'

/** Hosts whose traffic and failures are told at once; beyond that the longest unused are forgotten. */
export const mostHosts = 2_000
/** Connections that are listed at once; the proxy holds fewer. */
export const mostConnections = 1_000

/** A host as it stands in an address: lower case, without a port, an IPv6 address without brackets. */
export const HostName = Type.String({ minLength: 1, maxLength: 255, sensitive: true })
const Port = Type.Integer({ minimum: 1, maximum: 65_535 })
const Address = Type.String({ maxLength: 64 })
const Count = Type.Integer({ minimum: 0 })
/** Milliseconds since the epoch. */
const Moment = Type.Integer({ minimum: 0 })

/** Why something was not fetched from a host. */
export const NetworkFailureKind = Type.Union([
  /** No resolver knows the name. */
  Type.Literal('hostNotFound'),
  /** The resolver that was chosen does not answer; no other is asked instead. */
  Type.Literal('resolverFailed'),
  /** A public name that leads to an address of this machine or of the local network. */
  Type.Literal('privateAddress'),
  Type.Literal('refused'),
  Type.Literal('timedOut'),
  /** This machine has no way to any network. */
  Type.Literal('offline'),
  Type.Literal('unreachable'),
  /** The connection ended in the middle. */
  Type.Literal('dropped'),
  /** What came is no HTTP that may be passed on: endless or contradictory headers, or none. */
  Type.Literal('badResponse'),
  /** More connections than are held at once. */
  Type.Literal('busy'),
  /** Never reached from a page: the proxy itself. */
  Type.Literal('forbidden'),
])
export type NetworkFailureKind = Static<typeof NetworkFailureKind>

export const NetworkFailure = Type.Object({
  host: HostName,
  port: Port,
  kind: NetworkFailureKind,
  at: Moment,
})
export type NetworkFailure = Static<typeof NetworkFailure>

/** How names become addresses. */
export const DnsSettings = Type.Object({
  /** Address of a DNS-over-HTTPS server (RFC 8484, POST); null asks the system. */
  doh: Type.Union([Type.String({ maxLength: 2_000, pattern: '^https://' }), Type.Null()]),
  /** Addresses of the server itself; without any the system is asked for them. */
  dohAddresses: Type.Array(Address, { maxItems: 8 }),
  /** Domains whose names may lead to private addresses, for example an intranet's. */
  privateNames: Type.Array(HostName, { maxItems: 200 }),
})
export type DnsSettings = Static<typeof DnsSettings>
export const defaultDnsSettings: DnsSettings = { doh: null, dohAddresses: [], privateNames: [] }

/** A name that is answered with these addresses, private ones too, without asking anybody. */
export const HostMapping = Type.Object({
  name: HostName,
  addresses: Type.Array(Address, { minItems: 1, maxItems: 8 }),
})
export type HostMapping = Static<typeof HostMapping>

export const NetworkStatus = Type.Object({
  /** Of the proxy on 127.0.0.1; null until it was started. */
  port: Type.Union([Port, Type.Null()]),
  startedAt: Type.Union([Moment, Type.Null()]),
  /** Connections of pages to the proxy, and how many it holds. */
  clients: Count,
  mostClients: Count,
  /** Connections to servers: in use, and kept for the next request. */
  open: Count,
  idle: Count,
  /** Since the process started. */
  requests: Count,
  tunnels: Count,
  bytesIn: Count,
  bytesOut: Count,
  /** Connections without the right secret. */
  refusedLogins: Count,
  /** What no proxy may pass on: contradictory, endless or too slow requests. */
  refusedRequests: Count,
  dns: Type.Object({ entries: Count, hits: Count, misses: Count, failures: Count }),
})
export type NetworkStatus = Static<typeof NetworkStatus>

/** What went to and came from one host since the process started. */
export const HostTraffic = Type.Object({
  host: HostName,
  requests: Count,
  tunnels: Count,
  failures: Count,
  /** Bytes as pages saw them: of a tunnel all that passed, of a plain request its body and head. */
  bytesIn: Count,
  bytesOut: Count,
  open: Count,
  lastAt: Moment,
})
export type HostTraffic = Static<typeof HostTraffic>

/** Something that is under way now. */
export const OpenConnection = Type.Object({
  id: Count,
  kind: Type.Union([Type.Literal('request'), Type.Literal('tunnel'), Type.Literal('upgrade')]),
  method: Type.String({ maxLength: 32 }),
  host: HostName,
  port: Port,
  /** Where the host was found; null while it is sought. */
  address: Type.Union([Address, Type.Null()]),
  startedAt: Moment,
  bytesIn: Count,
  bytesOut: Count,
})
export type OpenConnection = Static<typeof OpenConnection>

export const DnsEntry = Type.Object({
  name: HostName,
  /** Empty for a name that does not exist. */
  addresses: Type.Array(Address, { maxItems: 64 }),
  source: Type.Union([
    Type.Literal('system'),
    Type.Literal('https'),
    Type.Literal('hostsFile'),
    Type.Literal('mapping'),
    Type.Literal('local'),
  ]),
  expiresAt: Moment,
})
export type DnsEntry = Static<typeof DnsEntry>

const nothing = Type.Object({})
const quick = { callers: roles('controller'), deadlineMs: 5_000, idempotent: true } as const

/**
 * The only way of pages to the network: an HTTP proxy on 127.0.0.1 that asks for a secret, and the resolver behind it.
 * Served by the network process.
 */
export const networkContract = defineContract('network', {
  methods: {
    /**
     * Opens the proxy. Asked again with the same secret it answers the port that is open. `port` is the one that is
     * wanted; when another program has it, another is taken, and the answer says which.
     */
    start: method({
      ...quick,
      args: Type.Object({
        secret: Type.String({ minLength: 32, maxLength: 200, sensitive: true }),
        port: Type.Union([Port, Type.Null()]),
        dns: DnsSettings,
        hosts: Type.Array(HostMapping, { maxItems: 1_000 }),
      }),
      result: Type.Object({ port: Port }),
      sensitive: true,
    }),
    /** Takes new settings; what was resolved by the old ones is forgotten. */
    configure: method({ ...quick, args: DnsSettings, result: nothing }),
    status: method({ ...quick, args: nothing, result: NetworkStatus }),
    /** By host, those used last first. */
    traffic: method({
      ...quick,
      args: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: mostHosts }) }),
      result: Type.Array(HostTraffic, { maxItems: mostHosts }),
    }),
    connections: method({
      ...quick,
      args: nothing,
      result: Type.Array(OpenConnection, { maxItems: mostConnections }),
    }),
    /** The last thing that went wrong with a host; null when nothing did, or it went well since. */
    lastFailure: method({
      ...quick,
      args: Type.Object({ host: HostName, port: Type.Union([Port, Type.Null()]) }),
      result: Type.Union([NetworkFailure, Type.Null()]),
    }),
    dnsCache: method({ ...quick, args: nothing, result: Type.Array(DnsEntry, { maxItems: 2_000 }) }),
    flushDns: method({ ...quick, args: nothing, result: nothing }),
    /** Ends every connection of pages and to servers; answers how many. */
    closeAllConnections: method({ ...quick, args: nothing, result: Type.Object({ closed: Count }) }),
  },
})
