import type { HstsHost } from '../../contracts/storage-sites.ts'
import { isIpLiteral } from './hosts.ts'

/** What a Strict-Transport-Security header asks for. */
export interface HstsPolicy {
  readonly maxAgeSeconds: number
  readonly includesSubdomains: boolean
}

/** Longer than any site needs to be remembered without being seen, and short enough to be written as a date. */
const longestAgeSeconds = 10 * 365 * 86_400

/** A token, or a quoted string, as RFC 6797 takes them from RFC 2616. */
const directivePattern =
  /^\s*([!#$%&'*+\-.^_`|~0-9a-z]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s";,=]+))\s*)?$/i

/**
 * Reads the value of a Strict-Transport-Security header (RFC 6797, section 6.1). Null for what is not one: without a
 * max-age, with a directive twice, or otherwise malformed. Unknown directives are passed over.
 */
export function parseHsts(value: string): HstsPolicy | null {
  const seen = new Map<string, string | null>()
  for (const part of value.split(';')) {
    if (part.trim() === '') continue
    const match = directivePattern.exec(part)
    const name = match?.[1]?.toLowerCase()
    if (match === null || name === undefined || seen.has(name)) return null
    seen.set(name, match[2] ?? match[3] ?? null)
  }
  const age = seen.get('max-age')
  if (age === undefined || age === null || !/^\d+$/.test(age)) return null
  const isMarked = seen.has('includesubdomains')
  if (isMarked && seen.get('includesubdomains') !== null) return null
  return { maxAgeSeconds: Math.min(Number(age), longestAgeSeconds), includesSubdomains: isMarked }
}

export interface HstsMemoryOptions {
  readonly now: () => number
  /** Hosts that are known without having been visited. */
  readonly preloaded: ReadonlyMap<string, { readonly includesSubdomains: boolean }>
  /** Writes down what a site said; one that expires at once is to be forgotten. */
  readonly onNoted: (host: HstsHost) => void
}

/** Hosts remembered at once; those seen longest ago make room. */
const mostHosts = 20_000
/** A host that says the same again is written down no oftener. */
const writtenAgainAfterMs = 86_400_000

/**
 * Which hosts said that they are to be reached with encryption and proof only (RFC 6797). Holds what one profile learned;
 * writing it down is somebody else's.
 */
export class HstsMemory {
  readonly #options: HstsMemoryOptions
  readonly #hosts = new Map<string, HstsHost>()

  constructor(options: HstsMemoryOptions) {
    this.#options = options
  }

  /** Takes what was written down in earlier runs. What was learned meanwhile is newer and stays. */
  load(hosts: readonly HstsHost[]): void {
    for (const host of hosts) if (!this.#hosts.has(host.host)) this.#hosts.set(host.host, host)
  }

  /**
   * Notes the first header of a response; further ones do not count (section 8.1). The caller answers for the connection:
   * only one with a certificate that was proven may say anything (section 8.1.1 forbids the rest).
   */
  note(url: string, headers: readonly string[]): void {
    const parsed = URL.parse(url)
    const [header] = headers
    if (header === undefined || parsed?.protocol !== 'https:') return
    const host = hostName(parsed.hostname)
    if (host === '' || isIpLiteral(host)) return
    const policy = parseHsts(header)
    if (policy === null) return
    const now = this.#options.now()
    const noted: HstsHost = {
      host,
      includesSubdomains: policy.includesSubdomains,
      seenAt: now,
      expiresAt: now + policy.maxAgeSeconds * 1_000,
    }
    const before = this.#hosts.get(host)
    if (policy.maxAgeSeconds === 0) {
      if (!this.#hosts.delete(host)) return
      this.#options.onNoted(noted)
      return
    }
    this.#hosts.delete(host)
    this.#hosts.set(host, noted)
    for (const [oldest] of this.#hosts) {
      if (this.#hosts.size <= mostHosts) break
      this.#hosts.delete(oldest)
    }
    if (before === undefined || isWorthWriting(before, noted)) this.#options.onNoted(noted)
  }

  /** Whether a host is never to be reached without encryption and proof. */
  isSecureOnly(hostInUrl: string): boolean {
    const host = hostName(hostInUrl)
    if (host === '' || isIpLiteral(host)) return false
    const now = this.#options.now()
    for (const domain of domainsOf(host)) {
      const isSame = domain === host
      const noted = this.#hosts.get(domain)
      if (noted !== undefined && noted.expiresAt > now && (isSame || noted.includesSubdomains)) return true
      const preloaded = this.#options.preloaded.get(domain)
      if (preloaded !== undefined && (isSame || preloaded.includesSubdomains)) return true
    }
    return false
  }

  /** Forgets what was learned; preloaded hosts stay. */
  forget(isForgotten: (host: HstsHost) => boolean): void {
    for (const [name, host] of [...this.#hosts]) if (isForgotten(host)) this.#hosts.delete(name)
  }
}

function isWorthWriting(before: HstsHost, noted: HstsHost): boolean {
  return (
    before.includesSubdomains !== noted.includesSubdomains ||
    before.expiresAt - before.seenAt !== noted.expiresAt - noted.seenAt ||
    noted.seenAt - before.seenAt >= writtenAgainAfterMs
  )
}

/** Names are compared as a URL writes them: lower case, in ASCII, without the dot of the root. */
function hostName(host: string): string {
  return host.toLowerCase().replace(/\.$/, '')
}

/** The host and every domain above it: "a.b.example", "b.example", "example". */
function domainsOf(host: string): string[] {
  const labels = host.split('.')
  return labels.map((_, position) => labels.slice(position).join('.'))
}
