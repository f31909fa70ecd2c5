import { getDomain } from 'tldts'
import type { TabState } from '../../contracts/browser.ts'

/** What a process is locked to: the registrable domain where there is one, else the host. Null without a host. */
export function siteOf(url: string): string | null {
  const host = URL.parse(url)?.hostname ?? ''
  if (host === '') return null
  return getDomain(host, { allowPrivateDomains: true }) ?? host
}

/** How the address was reached, for the mark in the omnibox. */
export function connectionOf(url: string, hasCertificateProblem: boolean): TabState['connection'] {
  const parsed = URL.parse(url)
  if (parsed === null) return 'internal'
  if (hasCertificateProblem) return 'broken'
  if (isLoopback(parsed.hostname)) return 'local'
  return parsed.protocol === 'https:' ? 'secure' : 'notSecure'
}

export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(host)
  )
}
