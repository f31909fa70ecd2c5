import { lookup, Resolver } from 'node:dns/promises'
import { asNetworkError, codeOf, NetworkError } from '../network-error.ts'
import { isLocalName } from './host-names.ts'
import type { FoundAddresses, NameSource } from './name-source.ts'

/** The system does not say how long its answers hold; browsers take a minute. */
const systemTtlSeconds = 60

/** What is used of Node's resolver, for tests. */
export interface SystemResolver {
  resolve4(name: string, options: { ttl: true }): Promise<readonly { address: string; ttl: number }[]>
  resolve6(name: string, options: { ttl: true }): Promise<readonly { address: string; ttl: number }[]>
  /** `getaddrinfo`: whatever the system is configured to ask. */
  lookUp(name: string): Promise<readonly string[]>
}

/** Two tries of two seconds each: a page waits for it. */
export function nodeResolver(): SystemResolver {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  return {
    resolve4: (name, options) => resolver.resolve4(name, options),
    resolve6: (name, options) => resolver.resolve6(name, options),
    lookUp: async name =>
      (await lookup(name, { all: true, order: 'verbatim' })).map(({ address }) => address),
  }
}

/**
 * The names that the system knows. Its name servers are asked first, because they say how long an answer holds. What
 * they do not know, and names of the local network, `getaddrinfo` is asked for: it knows the system's other ways.
 */
export function systemNames(resolver: SystemResolver, prefersIpv6: () => boolean): NameSource {
  return {
    async lookUp(name) {
      if (isLocalName(name)) return askSystem(resolver, name)
      const [four, six] = await Promise.allSettled([
        resolver.resolve4(name, { ttl: true }),
        resolver.resolve6(name, { ttl: true }),
      ])
      const records4 = four.status === 'fulfilled' ? four.value : []
      const records6 = six.status === 'fulfilled' ? six.value : []
      const records = prefersIpv6() ? [...records6, ...records4] : [...records4, ...records6]
      if (records.length === 0) return askSystem(resolver, name)
      return {
        addresses: records.map(({ address }) => address),
        ttlSeconds: Math.min(...records.map(({ ttl }) => ttl)),
      }
    },
  }
}

async function askSystem(resolver: SystemResolver, name: string): Promise<FoundAddresses> {
  try {
    return { addresses: await resolver.lookUp(name), ttlSeconds: systemTtlSeconds }
  } catch (error) {
    switch (codeOf(error)) {
      case 'ENOTFOUND':
      case 'ENODATA':
        return { addresses: [], ttlSeconds: systemTtlSeconds / 2 }
      case 'EAI_AGAIN':
      case 'EAI_FAIL':
        throw new NetworkError('resolverFailed', `The system cannot look up names: ${codeOf(error)}`, {
          cause: error,
        })
      default:
        throw asNetworkError(error, 'resolverFailed')
    }
  }
}
