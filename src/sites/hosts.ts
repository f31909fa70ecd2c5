import { isIP } from 'node:net'
import { getDomain } from 'tldts'

/** An IPv4 or IPv6 address as a URL writes it. */
export function isIpLiteral(host: string): boolean {
  return host.startsWith('[') || isIP(host) !== 0
}

/** Ends of names that are never of the public web: RFC 6761, RFC 6762, RFC 8375, RFC 9476, and names of home routers. */
const nearbyEnds = ['localhost', 'local', 'internal', 'home.arpa', 'lan', 'test', 'alt', 'onion']

/**
 * Hosts that rarely can have a certificate: this machine, addresses instead of names, and names of a private network. They
 * are reached as they were asked for.
 */
export function isNearby(host: string): boolean {
  const name = host.replace(/\.$/, '').toLowerCase()
  if (isIpLiteral(name) || !name.includes('.')) return true
  return nearbyEnds.some(end => name === end || name.endsWith(`.${end}`))
}

/** What belongs together: the registrable domain of a host, or the host where there is none. */
export function siteOfHost(host: string): string {
  return getDomain(host, { allowPrivateDomains: true }) ?? host
}

/** The site of an address, null for one without a host. */
export function siteOfUrl(url: string): string | null {
  const host = URL.parse(url)?.hostname ?? ''
  return host === '' ? null : siteOfHost(host)
}

/** The same address over TLS. Port 80 becomes the standard one, any other is kept (RFC 6797, section 8.3). */
export function secured(url: string): string | null {
  const parsed = URL.parse(url)
  if (parsed === null) return null
  if (parsed.protocol === 'http:') parsed.protocol = 'https:'
  else if (parsed.protocol === 'ws:') parsed.protocol = 'wss:'
  else return null
  return parsed.href
}
