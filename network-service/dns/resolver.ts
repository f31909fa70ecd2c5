import { isIP } from 'node:net'
import type { DnsEntry, HostMapping } from '../../contracts/network.ts'
import type { Clock } from '../../ipc/clock.ts'
import { NetworkError } from '../network-error.ts'
import { isPrivateAddress } from './addresses.ts'
import { isAskable, isLocalhost, isLocalName, isWithin, normalHost } from './host-names.ts'
import { NameCache } from './name-cache.ts'
import type { NameSource } from './name-source.ts'

/** An answer with more addresses than this is cut. */
const mostAddresses = 32

export interface ResolverOptions {
  readonly clock: Clock
  /** The names that this machine's owner set, null for those that they did not. */
  readonly hostsFile: { find(name: string): readonly string[] | null }
  readonly system: NameSource
  /** Whether this machine has a way to any network. */
  readonly isOnline: () => boolean
}

/**
 * Finds the addresses of hosts for pages and for our own fetches. A name of the public has public addresses: what a
 * resolver says else is left out, so that a page cannot reach into the local network by renaming it (DNS rebinding).
 */
export class Resolver {
  readonly #options: ResolverOptions
  readonly #cache: NameCache
  #source: { readonly kind: 'system' | 'https'; readonly names: NameSource }
  #mappings: readonly HostMapping[] = []
  #privateNames: readonly string[] = []

  constructor(options: ResolverOptions) {
    this.#options = options
    this.#cache = new NameCache(options.clock)
    this.#source = { kind: 'system', names: options.system }
  }

  /** From now on; what was known is forgotten. Null asks the system. */
  configure(settings: {
    readonly overHttps: NameSource | null
    readonly privateNames: readonly string[]
  }): void {
    const { overHttps, privateNames } = settings
    this.#source =
      overHttps === null
        ? { kind: 'system', names: this.#options.system }
        : { kind: 'https', names: overHttps }
    this.#privateNames = privateNames.map(normalHost)
    this.#cache.clear()
  }

  /** Names that are answered as they stand here. `*.` before a name stands for every name below it. */
  map(mappings: readonly HostMapping[]): void {
    this.#mappings = mappings.map(({ name, addresses }) => ({ name: normalHost(name), addresses }))
  }

  /** The addresses of a host, in the order in which they are to be tried; one at least. Rejects with a NetworkError. */
  async resolve(host: string): Promise<readonly string[]> {
    const name = normalHost(host)
    if (isIP(name) !== 0) return [name]
    const known = this.#known(name)
    if (known !== null) return known
    if (!isAskable(name)) throw new NetworkError('hostNotFound', 'The name cannot be one of a host')
    const found = (await this.#ask(name)).slice(0, mostAddresses)
    if (found.length === 0) {
      throw this.#options.isOnline() || isLocalName(name)
        ? new NetworkError('hostNotFound', 'No such name')
        : new NetworkError('offline', 'There is no network to look the name up in')
    }
    if (this.#mayBePrivate(name)) return found
    const open = found.filter(address => !isPrivateAddress(address))
    if (open.length === 0)
      throw new NetworkError('privateAddress', 'A public name leads to a private address')
    return open
  }

  flush(): void {
    this.#cache.clear()
  }

  entries(): readonly DnsEntry[] {
    const source = this.#source.kind
    return this.#cache.entries().map(({ name, addresses, expiresAt }) => ({
      name,
      addresses: addresses.slice(0, mostAddresses),
      source: isLocalName(name) ? 'system' : source,
      expiresAt,
    }))
  }

  get counts(): NameCache['counts'] {
    return this.#cache.counts
  }

  /** What is known without asking, private or not: who set it meant it. */
  #known(name: string): readonly string[] | null {
    const mapped = this.#mappings.find(mapping =>
      mapping.name.startsWith('*.') ? name.endsWith(mapping.name.slice(1)) : mapping.name === name,
    )
    if (mapped !== undefined) return mapped.addresses
    if (isLocalhost(name)) return ['127.0.0.1', '::1']
    return this.#options.hostsFile.find(name)
  }

  async #ask(name: string): Promise<readonly string[]> {
    // A server outside knows nothing of the local network, and need not hear of it.
    const names = isLocalName(name) ? this.#options.system : this.#source.names
    try {
      return await this.#cache.obtain(name, () => names.lookUp(name))
    } catch (error) {
      if (this.#options.isOnline()) throw error
      throw new NetworkError('offline', 'There is no network to look the name up in', { cause: error })
    }
  }

  #mayBePrivate(name: string): boolean {
    return isLocalName(name) || this.#privateNames.some(domain => isWithin(name, domain))
  }
}
