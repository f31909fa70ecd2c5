import type { Certificate, OnBeforeRequestListenerDetails, Session, WebContents } from 'electron'
import type { PageProblem } from '../../contracts/browser.ts'
import type { NetworkFailure } from '../../contracts/network.ts'
import type { CertificateDetails, CertificateReport } from '../../contracts/site-security.ts'
import type { RequestPart } from '../network/web-request.ts'
import { certificateDetails, certificateFault, hopelessFaults } from './certificate-details.ts'
import { isNearby, secured } from './hosts.ts'
import { noWayKinds, problemOfFailure } from './network-failure.ts'
import type { ProfileSites } from './profile-sites.ts'

/** What is looked at of the contents that a page is in. */
type PageContents = Pick<WebContents, 'id' | 'session'>

export interface LoadSecurityOptions {
  /** Null for a session that is not for pages. */
  readonly profileOf: (session: Session) => ProfileSites | null
  /** The last thing that went wrong with a host on the way there; null when that is not known. */
  readonly lastFailure: (host: string, port: number) => Promise<NetworkFailure | null>
  readonly isOnline: () => boolean
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** Certificates of hosts that were proven, for "connection details"; the longest unseen make room. */
const mostProven = 500

/**
 * Whether a page may be loaded as it was asked for, and what is said when it was not: HSTS, encryption first, certificates,
 * and failures on the way. What it decides holds for the profile of the page alone.
 */
export class LoadSecurity {
  readonly #options: LoadSecurityOptions
  /** The last certificate that was refused to the main frame of each contents. */
  readonly #refused = new Map<number, { readonly url: string; readonly report: CertificateReport }>()
  readonly #proven = new Map<string, CertificateDetails>()

  constructor(options: LoadSecurityOptions) {
    this.#options = options
  }

  /** What it does to requests. */
  readonly part: RequestPart = {
    name: 'load security',
    decide: (request, { session }) => {
      const profile = this.#options.profileOf(session)
      if (profile === null) return null
      return decideScheme(profile, request)
    },
    // Only watched: a header of a connection that nobody proved says nothing.
    changeResponseHeaders: (response, headers, { session }) => {
      const profile = this.#options.profileOf(session)
      if (profile !== null && !profile.exceptions.covers(response.url)) {
        profile.hsts.note(response.url, valuesOf(headers, 'strict-transport-security'))
      }
      return null
    },
    onStarted: (response, { session }) => {
      const id = response.webContentsId
      if (response.resourceType !== 'mainFrame' || id === undefined) return
      this.#options.profileOf(session)?.secureFirst.answered(id, response.url)
    },
  }

  /** The engine refused a certificate: true lets it pass, because a person said so for this very one in this run. */
  judgeCertificate(
    contents: PageContents | null,
    request: { readonly url: string; readonly error: string; readonly isMainFrame: boolean },
    certificate: Certificate,
  ): boolean {
    const profile = contents === null ? null : this.#options.profileOf(contents.session)
    if (contents === null || profile === null) return false
    const details = certificateDetails(certificate)
    const fault = certificateFault(request.error, details, this.#options.now())
    const isHsts = profile.hsts.isSecureOnly(URL.parse(request.url)?.hostname ?? '')
    const mayContinue = details !== null && !isHsts && !hopelessFaults.has(fault)
    if (mayContinue && profile.exceptions.has(request.url, details.fingerprint)) return true
    // Another certificate than the one that was let pass: nothing of this host is excused any more.
    profile.exceptions.forget(request.url)
    if (request.isMainFrame) {
      const report = { fault, certificate: details, isHsts, mayContinue }
      this.#refused.set(contents.id, { url: request.url, report })
    }
    return false
  }

  /** A certificate that the engine accepted, as far as it shows them. */
  noteProven(hostname: string, certificate: Certificate): void {
    const details = certificateDetails(certificate)
    if (details === null) return
    this.#proven.delete(hostname)
    this.#proven.set(hostname, details)
    for (const [oldest] of this.#proven) {
      if (this.#proven.size <= mostProven) break
      this.#proven.delete(oldest)
    }
  }

  provenCertificate(hostname: string): CertificateDetails | null {
    return this.#proven.get(hostname) ?? null
  }

  /** A new navigation of a page's main frame. */
  started(contents: PageContents): void {
    this.#refused.delete(contents.id)
    this.#options.profileOf(contents.session)?.secureFirst.started(contents.id)
  }

  closed(contentsId: number, session: Session): void {
    this.#refused.delete(contentsId)
    this.#options.profileOf(session)?.secureFirst.closed(contentsId)
  }

  /**
   * What is to be said of a load that failed. `problem` is the engine's view of it, null for a load that was broken off;
   * null is then the answer too, unless it was we who broke it off to ask something.
   */
  async explain(contents: PageContents, problem: PageProblem | null): Promise<PageProblem | null> {
    const profile = this.#options.profileOf(contents.session)
    if (profile === null) return problem
    const asked = refusalOf(profile, contents.id)
    if (asked !== null || problem === null) return asked
    const exact = await this.#exactly(contents.id, problem)
    // A server that does not speak TLS at all is sorted with certificates too, but has none.
    const cause = exact.kind === 'certificate' && exact.code.includes('CERT') ? 'certificate' : 'network'
    // Of a host that is never to be reached without encryption there is nothing to ask.
    const isHsts = profile.hsts.isSecureOnly(URL.parse(exact.url)?.hostname ?? '')
    profile.secureFirst.failed(contents.id, exact.url, cause, !isHsts && !noWayKinds.has(exact.kind))
    return refusalOf(profile, contents.id) ?? exact
  }

  async #exactly(contentsId: number, problem: PageProblem): Promise<PageProblem> {
    const url = URL.parse(problem.url)
    if (url === null || problem.kind === 'blocked' || problem.kind === 'badAddress') return problem
    const refused = this.#refused.get(contentsId)
    if (problem.kind === 'certificate') {
      return refused?.url === problem.url ? { ...problem, certificate: refused.report } : problem
    }
    if (isNearby(url.hostname) && problem.kind !== 'networkStopped') {
      return problemOfFailure(problem, await this.#failureOf(url))
    }
    if (!this.#options.isOnline()) return { ...problem, kind: 'offline' }
    return problemOfFailure(problem, await this.#failureOf(url))
  }

  async #failureOf(url: URL): Promise<NetworkFailure | null> {
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
    // Without the network process the engine's own word has to do.
    return this.#options.lastFailure(url.hostname.replace(/^\[|\]$/g, ''), port).catch(() => null)
  }
}

function decideScheme(
  profile: ProfileSites,
  request: OnBeforeRequestListenerDetails,
): ReturnType<NonNullable<RequestPart['decide']>> {
  const better = secured(request.url)
  const host = URL.parse(request.url)?.hostname ?? ''
  if (better !== null && profile.hsts.isSecureOnly(host)) return { kind: 'redirect', url: better }
  if (request.resourceType !== 'mainFrame' || request.webContentsId === undefined) return null
  return profile.secureFirst.decide(request.webContentsId, request.url)
}

function refusalOf(profile: ProfileSites, contentsId: number): PageProblem | null {
  const refusal = profile.secureFirst.refusal(contentsId)
  if (refusal === null) return null
  return {
    kind: 'insecureOnly',
    code: `ONLY_INSECURE_${refusal.reason.replace(/[A-Z]/g, letter => `_${letter}`).toUpperCase()}`,
    url: refusal.url.slice(0, 65_000),
    host: (URL.parse(refusal.url)?.host ?? '').slice(0, 500),
    insecureReason: refusal.reason,
  }
}

function valuesOf(headers: Readonly<Record<string, readonly string[]>>, name: string): readonly string[] {
  for (const [key, values] of Object.entries(headers)) if (key.toLowerCase() === name) return values
  return []
}
