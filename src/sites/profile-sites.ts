import type { HstsHost } from '../../contracts/storage-sites.ts'
import type { Clock } from '../../ipc/clock.ts'
import { CertificateExceptions } from './certificate-exceptions.ts'
import { siteOfHost } from './hosts.ts'
import { HstsMemory } from './hsts.ts'
import { preloadedHosts } from './hsts-preload.ts'
import { SecureFirst } from './secure-first.ts'
import { SiteBook, type SiteWriter } from './site-book.ts'

export interface ProfileSitesOptions {
  readonly clock: Clock
  readonly isPrivate: boolean
  /** Null for a private profile, which leaves nothing. */
  readonly writer: (SiteWriter & { readonly recordHsts: (host: HstsHost) => void }) | null
  readonly isSecureFirst: () => boolean
  readonly onTooSlow: (contentsId: number) => void
}

/** What one profile knows and allows of sites. A private one begins with nothing and shares nothing. */
export class ProfileSites implements Disposable {
  readonly isPrivate: boolean
  readonly book: SiteBook
  readonly hsts: HstsMemory
  readonly exceptions = new CertificateExceptions()
  /** Hosts that may be reached without encryption in this run. */
  readonly insecureHosts = new Set<string>()
  readonly secureFirst: SecureFirst

  constructor({ clock, isPrivate, writer, isSecureFirst, onTooSlow }: ProfileSitesOptions) {
    this.isPrivate = isPrivate
    const now = () => clock.wallClock()
    this.book = new SiteBook({ now, writer })
    this.hsts = new HstsMemory({
      now,
      preloaded: preloadedHosts,
      onNoted: host => writer?.recordHsts(host),
    })
    this.secureFirst = new SecureFirst({
      clock,
      isOn: isSecureFirst,
      isAllowed: host =>
        this.insecureHosts.has(host) ||
        (this.book.choices(siteOfHost(host)).insecureUntil ?? 0) > clock.wallClock(),
      onTooSlow,
    })
  }

  [Symbol.dispose](): void {
    this.secureFirst[Symbol.dispose]()
  }
}
