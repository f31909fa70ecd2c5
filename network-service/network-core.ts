import { networkInterfaces } from 'node:os'
import type { DnsSettings, HostMapping } from '../contracts/network.ts'
import type { Clock } from '../ipc/clock.ts'
import { Dialer, fetchConnector } from './connections/dialer.ts'
import { type ProxyLimits, proxyLimits } from './connections/limits.ts'
import { ServerPool } from './connections/server-pool.ts'
import { isLoopbackAddress } from './dns/addresses.ts'
import { normalHost } from './dns/host-names.ts'
import { HostsFile, hostsFilePath } from './dns/hosts-file.ts'
import type { NameSource } from './dns/name-source.ts'
import { NamesOverHttps } from './dns/names-over-https.ts'
import { Resolver } from './dns/resolver.ts'
import { nodeResolver, systemNames } from './dns/system-names.ts'
import type { ProxyParts } from './proxy/proxy-parts.ts'
import { ProxyServer } from './proxy/proxy-server.ts'
import { Traffic } from './traffic.ts'

export interface NetworkCoreOptions {
  readonly clock: Clock
  readonly limits?: ProxyLimits
  /** For tests: what the system knows. */
  readonly system?: NameSource
}

/**
 * What the parts of the network process share: one resolver, one dialer, one book of the traffic. Whoever sends
 * anything from this process does it by `dialer` (for undici: `fetchConnector(core.dialer)`).
 */
export class NetworkCore implements AsyncDisposable {
  readonly clock: Clock
  readonly limits: ProxyLimits
  readonly resolver: Resolver
  readonly dialer: Dialer
  readonly pool: ServerPool
  readonly traffic: Traffic
  readonly #system: NameSource
  readonly #parts: ProxyParts
  #overHttps: NamesOverHttps | null = null
  #proxy: ProxyServer | null = null

  constructor({ clock, limits = proxyLimits, system }: NetworkCoreOptions) {
    this.clock = clock
    this.limits = limits
    this.#system = system ?? systemNames(nodeResolver(), hasIpv6)
    this.resolver = this.#createResolver()
    this.dialer = new Dialer({
      resolve: host => this.resolver.resolve(host),
      isForbidden: (address, port) => port === this.#proxy?.port && isLoopbackAddress(address),
    })
    this.pool = new ServerPool({ dialer: this.dialer, limits, clock })
    this.traffic = new Traffic(clock)
    this.#parts = {
      clock,
      limits,
      dialer: this.dialer,
      pool: this.pool,
      traffic: this.traffic,
      sockets: new Set(),
    }
  }

  get proxy(): ProxyServer | null {
    return this.#proxy
  }

  /** Connections to servers: all, and those that only wait. */
  get connections(): { readonly open: number; readonly idle: number } {
    const { all, idle } = this.pool.counts
    return { open: all - idle + this.#parts.sockets.size, idle }
  }

  /** Opens the proxy, or changes the secret of the one that is open. */
  async open(secret: string, port: number | null): Promise<number> {
    if (this.#proxy !== null) {
      this.#proxy.changeSecret(secret)
      return this.#proxy.port
    }
    this.#proxy = new ProxyServer(this.#parts, secret)
    return this.#proxy.listen(port)
  }

  configure({ doh, dohAddresses, privateNames }: DnsSettings): void {
    void this.#overHttps?.[Symbol.asyncDispose]()
    this.#overHttps = doh === null ? null : this.#createOverHttps(doh, dohAddresses)
    this.resolver.configure({ overHttps: this.#overHttps, privateNames })
  }

  map(hosts: readonly HostMapping[]): void {
    this.resolver.map(hosts)
  }

  closeAllConnections(): number {
    const closed = this.#proxy?.closeConnections() ?? 0
    this.pool[Symbol.dispose]()
    for (const socket of [...this.#parts.sockets]) socket.destroy()
    return closed
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.closeAllConnections()
    await this.#proxy?.[Symbol.asyncDispose]()
    await this.#overHttps?.[Symbol.asyncDispose]()
  }

  /** The server of names is found by the system, or by the addresses that were given with it. */
  #createOverHttps(template: string, addresses: readonly string[]): NamesOverHttps {
    const bootstrap = this.#createResolver()
    const host = URL.parse(template)?.hostname ?? ''
    if (addresses.length > 0) bootstrap.map([{ name: normalHost(host), addresses: [...addresses] }])
    const dialer = new Dialer({ resolve: name => bootstrap.resolve(name), isForbidden: () => false })
    return new NamesOverHttps({ template, prefersIpv6: hasIpv6, connect: fetchConnector(dialer) })
  }

  #createResolver(): Resolver {
    const { clock } = this
    return new Resolver({
      clock,
      hostsFile: new HostsFile(hostsFilePath(process.platform, process.env), () => clock.now()),
      system: this.#system,
      isOnline,
    })
  }
}

/** Whether any interface but the loopback one has an address. */
function isOnline(): boolean {
  return Object.values(networkInterfaces()).some(addresses => addresses?.some(({ internal }) => !internal))
}

/** Whether this machine has an address of the IPv6 internet (2000::/3). */
function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some(addresses =>
    addresses?.some(
      ({ family, internal, address }) => family === 'IPv6' && !internal && /^[23]/.test(address),
    ),
  )
}
