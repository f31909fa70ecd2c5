import { lookup } from 'node:dns/promises'
import type { ResolvedHost, ResolveHostOptions } from 'electron'

/** `session.resolveHost`: asks the system, as Chromium's resolver does for a host without rules of its own. */
export async function resolveHost(host: string, options: ResolveHostOptions = {}): Promise<ResolvedHost> {
  const family = options.queryType === 'A' ? 4 : options.queryType === 'AAAA' ? 6 : 0
  try {
    const addresses = await lookup(host, { all: true, family })
    return {
      endpoints: addresses.map(({ address, family }) => ({
        address,
        family: family === 4 ? 'ipv4' : 'ipv6',
      })),
    }
  } catch (cause) {
    throw new Error('net::ERR_NAME_NOT_RESOLVED', { cause })
  }
}
