/** How much and how long either side may take. Tests take smaller ones. */
export interface ProxyLimits {
  /** Of a request or an answer. Chromium itself takes 256 KiB. */
  readonly headBytes: number
  /** From the first byte of a head to its last. */
  readonly headMs: number
  /** From a request that was sent to the first byte of its answer. Long polls wait for minutes. */
  readonly firstByteMs: number
  /** Connections of pages that are served at once; what is more is told so. */
  readonly clients: number
  /** Further connections that are told so; what is even more is closed. */
  readonly excessClients: number
  /** A connection of a page without a request. */
  readonly clientIdleMs: number
  /** Connections to servers that are kept for the next request, by server and in all, and for how long. */
  readonly idlePerServer: number
  readonly idleServers: number
  readonly serverIdleMs: number
}

export const proxyLimits: ProxyLimits = {
  headBytes: 128 * 1024,
  headMs: 15_000,
  firstByteMs: 600_000,
  clients: 500,
  excessClients: 100,
  clientIdleMs: 120_000,
  idlePerServer: 6,
  idleServers: 200,
  serverIdleMs: 60_000,
}
