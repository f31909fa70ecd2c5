import { isIP } from 'node:net'
import { isPrivateAddress } from '../dns/addresses.ts'
import { FetchError } from './errors.ts'

/** Finds the addresses of a host, by the rules of the resolver: a public name has public ones. */
export type Resolve = (host: string) => Promise<readonly string[]>

/**
 * Whether what a page names may be fetched for it. A page of the public web cannot have this machine or its network
 * asked: a private host is fetched only for a page that is private itself. Throws FETCH_REFUSED.
 */
export async function assureReachable(url: URL, pageUrl: string, resolve: Resolve): Promise<void> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FetchError('FETCH_REFUSED', 'Only http and https are fetched')
  }
  if (!(await isPrivateHost(url.hostname, resolve))) return
  const page = URL.parse(pageUrl)
  if (page !== null && (await isPrivateHost(page.hostname, resolve))) return
  throw new FetchError('FETCH_REFUSED', 'A public page names a private address')
}

async function isPrivateHost(hostname: string, resolve: Resolve): Promise<boolean> {
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  if (isIP(host) !== 0) return isPrivateAddress(host)
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  const addresses = await resolve(host).catch(() => [])
  return addresses.some(isPrivateAddress)
}
