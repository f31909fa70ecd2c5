import { isIP } from 'node:net'

/** A name, an IPv4 address, or an IPv6 address without brackets; lower case, without the root's dot. */
export function normalHost(host: string): string {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
  return bare.toLowerCase().replace(/\.$/, '')
}

/** Every name under localhost is this machine: RFC 6761, 6.3. */
export function isLocalhost(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost')
}

/** Endings that no public name may have: RFC 6761, RFC 6762, RFC 8375, and those that ICANN does not give away. */
const localEndings = ['.local', '.home.arpa', '.internal', '.localhost', '.test', '.lan', '.home', '.corp']

/** Whether a name is one of this machine or of its network, so that a private address is what it should have. */
export function isLocalName(name: string): boolean {
  if (isIP(name) !== 0) return true
  return !name.includes('.') || localEndings.some(ending => name.endsWith(ending))
}

/** Whether `name` is that domain or below it. */
export function isWithin(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`)
}

/** What may be asked of a resolver: letters, digits, hyphens and underscores in labels of 63 at most. */
export function isAskable(name: string): boolean {
  return name.length <= 253 && /^(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/.test(name)
}
