/** Certificates that a person let pass, for this run of the browser only. One for each profile: nothing is shared. */
export class CertificateExceptions {
  /** Host and port → fingerprint. Another certificate of the same host is another question. */
  readonly #fingerprints = new Map<string, string>()

  allow(url: string, fingerprint: string): void {
    const host = authorityOf(url)
    if (host !== null) this.#fingerprints.set(host, fingerprint)
  }

  has(url: string, fingerprint: string): boolean {
    const host = authorityOf(url)
    return host !== null && this.#fingerprints.get(host) === fingerprint
  }

  /** Whether what comes from this address is not proven: somebody let it pass. */
  covers(url: string): boolean {
    // Asked of every tab at every change, and hardly ever is there any.
    if (this.#fingerprints.size === 0) return false
    const host = authorityOf(url)
    return host !== null && this.#fingerprints.has(host)
  }

  forget(url: string): void {
    const host = authorityOf(url)
    if (host !== null) this.#fingerprints.delete(host)
  }
}

function authorityOf(url: string): string | null {
  const parsed = URL.parse(url)
  if (parsed === null || !/^(?:https|wss):$/.test(parsed.protocol)) return null
  return `${parsed.hostname.replace(/\.$/, '')}:${parsed.port === '' ? '443' : parsed.port}`
}
