import { X509Certificate } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { connect, type DetailedPeerCertificate, type PeerCertificate } from 'node:tls'
import type { Certificate, CertificatePrincipal } from 'electron'
import type { AttachedTarget } from '../chromium/browser.ts'
import type { WebContentsLike } from './host.ts'

interface CertificateVerifyRequest {
  readonly hostname: string
  readonly certificate: Certificate
  readonly validatedCertificate: Certificate
  readonly isIssuedByKnownRoot: boolean
  readonly verificationResult: string
  readonly errorCode: number
}
export type CertificateVerifyProc = (
  request: CertificateVerifyRequest,
  callback: (verificationResult: number) => void,
) => void

export interface CertificateErrorReport {
  readonly webContents: WebContentsLike | null
  readonly url: string
  /** e.g. `net::ERR_CERT_AUTHORITY_INVALID`. */
  readonly error: string
  readonly certificate: Certificate
  readonly isMainFrame: boolean
}

/** Who decides about certificates that Chromium rejects. */
interface CertificateJudge {
  readonly verifyProc: CertificateVerifyProc | null
  /** True when the application listens to `certificate-error` at all. */
  isListening(): boolean
  /** Emits `certificate-error`; resolves with what the application decided, false without a decision. */
  report(report: CertificateErrorReport): Promise<boolean>
  webContentsOfFrame(frameId: string): WebContentsLike | null
  /** A connection to the server of `url` by the way that the pages of the session take. */
  readonly wayTo: (url: string, signal: AbortSignal) => Promise<Duplex>
}

const verifyAccepted = 0
const lookTimeoutMs = 3000

const errorCodes: Readonly<Record<string, number>> = {
  ERR_CERT_COMMON_NAME_INVALID: -200,
  ERR_CERT_DATE_INVALID: -201,
  ERR_CERT_AUTHORITY_INVALID: -202,
  ERR_CERT_REVOKED: -206,
  ERR_CERT_INVALID: -207,
  ERR_CERT_WEAK_SIGNATURE_ALGORITHM: -208,
  ERR_CERT_NAME_CONSTRAINT_VIOLATION: -212,
  ERR_CERT_VALIDITY_TOO_LONG: -213,
}

/**
 * Certificate errors of the pages of one session. Chromium is told to ask only while somebody wants to decide; it
 * then calls a refused navigation "aborted", so the true error is kept in `rejectionOf`. Valid certificates cannot
 * be vetoed: Chromium does not ask about them.
 */
export class Certificates {
  readonly #judge: CertificateJudge
  readonly #rejections = new Map<string, { url: string; error: string; errorCode: number }>()

  constructor(judge: CertificateJudge) {
    this.#judge = judge
  }

  attach({ session, info }: AttachedTarget): void {
    let isAsking = false
    let navigatingTo: string | null = null
    session.on('Page.frameStartedNavigating', ({ frameId, url }) => {
      if (frameId === info.targetId) {
        navigatingTo = url
        this.#rejections.delete(info.targetId)
      }
      const isWanted = this.#judge.verifyProc !== null || this.#judge.isListening()
      if (isWanted === isAsking || !url.startsWith('https:')) return
      isAsking = isWanted
      if (isWanted) session.send('Security.enable').catch(() => {})
      // In force long before the handshake with a server has ended.
      session.send('Security.setOverrideCertificateErrors', { override: isWanted }).catch(() => {})
    })
    session.on('Security.certificateError', async ({ eventId, errorType, requestURL }) => {
      const isMainFrame = info.type === 'page' && requestURL === navigatingTo
      const isAccepted = await this.#decide(info.targetId, errorType, requestURL, isMainFrame).catch(
        () => false,
      )
      if (!isAccepted && isMainFrame)
        this.#rejections.set(info.targetId, {
          url: requestURL,
          error: errorType,
          errorCode: errorCodes[errorType] ?? -207,
        })
      session
        .send('Security.handleCertificateError', { eventId, action: isAccepted ? 'continue' : 'cancel' })
        .catch(() => {})
    })
    session.onDetached(() => this.#rejections.delete(info.targetId))
  }

  /** Why the last navigation of a page was refused, when it was for its certificate. */
  rejectionOf(targetId: string): { url: string; error: string; errorCode: number } | null {
    return this.#rejections.get(targetId) ?? null
  }

  async #decide(frameId: string, error: string, url: string, isMainFrame: boolean): Promise<boolean> {
    const certificate = await lookAtCertificate(url, this.#judge.wayTo)
    const { verifyProc } = this.#judge
    if (verifyProc) {
      const result = await new Promise<number>(resolve =>
        verifyProc(
          {
            hostname: new URL(url).hostname,
            certificate,
            validatedCertificate: certificate,
            isIssuedByKnownRoot: false,
            verificationResult: `net::${error}`,
            errorCode: errorCodes[error] ?? -207,
          },
          resolve,
        ),
      )
      if (result === verifyAccepted) return true
    }
    const webContents = this.#judge.webContentsOfFrame(frameId)
    return this.#judge.report({ webContents, url, error: `net::${error}`, certificate, isMainFrame })
  }
}

/** DevTools does not show the certificate in question: the main process asks the server for it once more. */
async function lookAtCertificate(url: string, wayTo: CertificateJudge['wayTo']): Promise<Certificate> {
  const { hostname } = new URL(url)
  const signal = AbortSignal.timeout(lookTimeoutMs)
  const way = await wayTo(url, signal).catch(() => null)
  if (way === null) return unknownCertificate
  return new Promise(resolve => {
    const socket = connect({ socket: way, servername: hostname, rejectUnauthorized: false }, () => {
      const peer = socket.getPeerCertificate(true)
      socket.destroy()
      resolve(toCertificate(peer, 0))
    })
    signal.addEventListener('abort', () => socket.destroy())
    socket.once('error', () => socket.destroy())
    socket.once('close', () => {
      way.destroy()
      resolve(unknownCertificate)
    })
  })
}

function toCertificate(peer: PeerCertificate, depth: number): Certificate {
  if (!peer.raw) return unknownCertificate
  const certificate = new X509Certificate(peer.raw)
  const issuer = 'issuerCertificate' in peer ? (peer as DetailedPeerCertificate).issuerCertificate : undefined
  const hasIssuer = issuer !== undefined && issuer.fingerprint256 !== peer.fingerprint256 && depth < 8
  const shown: Omit<Certificate, 'issuerCert'> & { issuerCert?: Certificate } = {
    data: certificate.toString(),
    issuer: toPrincipal(peer.issuer),
    ...(hasIssuer ? { issuerCert: toCertificate(issuer, depth + 1) } : {}),
    issuerName: nameOf(peer.issuer),
    serialNumber: certificate.serialNumber,
    subject: toPrincipal(peer.subject),
    subjectName: nameOf(peer.subject),
    validStart: Date.parse(certificate.validFrom) / 1000,
    validExpiry: Date.parse(certificate.validTo) / 1000,
    fingerprint: `sha256/${Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64')}`,
  }
  // Electron declares `issuerCert` as always there, and leaves it out for a root.
  return shown as Certificate
}

type Name = PeerCertificate['subject']

function listOf(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat()
}

function nameOf(name: Name): string {
  return listOf(name.CN)[0] ?? listOf(name.O)[0] ?? ''
}

function toPrincipal(name: Name): CertificatePrincipal {
  return {
    commonName: listOf(name.CN)[0] ?? '',
    organizations: listOf(name.O),
    organizationUnits: listOf(name.OU),
    locality: listOf(name.L)[0] ?? '',
    state: listOf(name.ST)[0] ?? '',
    country: listOf(name.C)[0] ?? '',
  }
}

const unknownPrincipal: CertificatePrincipal = {
  commonName: '',
  organizations: [],
  organizationUnits: [],
  locality: '',
  state: '',
  country: '',
}

const unknownCertificate = {
  data: '',
  issuer: unknownPrincipal,
  issuerName: '',
  serialNumber: '',
  subject: unknownPrincipal,
  subjectName: '',
  validStart: 0,
  validExpiry: 0,
  fingerprint: '',
} as Certificate
