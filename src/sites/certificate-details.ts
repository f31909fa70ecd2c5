import { createHash, type KeyObject, X509Certificate } from 'node:crypto'
import type { Certificate } from 'electron'
import type { CertificateDetails, CertificateFault } from '../../contracts/site-security.ts'

const longestText = 300
const mostNames = 100
const mostIssuers = 10

/**
 * What a person may want to know of a certificate. Null for one that cannot be read: everything in it is the word of
 * whoever made it.
 */
export function certificateDetails(certificate: Certificate): CertificateDetails | null {
  const read = readCertificate(certificate)
  if (read === null) return null
  const chain: CertificateDetails['chain'] = []
  for (let next = issuerOf(certificate); next !== null && chain.length < mostIssuers; next = issuerOf(next)) {
    const issuer = readCertificate(next)
    if (issuer === null) break
    chain.push({
      subject: shownName(next.subjectName, issuer.subject),
      issuer: shownName(next.issuerName, issuer.issuer),
      validUntil: momentOf(issuer.validTo),
      fingerprint: fingerprintOf(issuer),
    })
  }
  return {
    subject: shownName(certificate.subjectName, read.subject),
    organization: plain(certificate.subject.organizations.join(', ')),
    issuer: shownName(certificate.issuerName, read.issuer),
    names: namesOf(read),
    validFrom: momentOf(read.validFrom),
    validUntil: momentOf(read.validTo),
    fingerprint: fingerprintOf(read),
    serialNumber: plain(read.serialNumber),
    key: keyWords(read),
    chain,
  }
}

/**
 * Sorts the engine's certificate errors by cause. `error` is for example `net::ERR_CERT_DATE_INVALID`.
 * @see https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h
 */
export function certificateFault(
  error: string,
  certificate: CertificateDetails | null,
  now: number,
): CertificateFault {
  switch (error.replace(/^net::/, '')) {
    case 'ERR_CERT_DATE_INVALID':
      return certificate !== null && certificate.validFrom > now ? 'notYetValid' : 'expired'
    case 'ERR_CERT_COMMON_NAME_INVALID':
    case 'ERR_CERT_NON_UNIQUE_NAME':
    case 'ERR_CERT_NAME_CONSTRAINT_VIOLATION':
      return 'wrongName'
    case 'ERR_CERT_SELF_SIGNED_LOCAL_NETWORK':
      return 'selfSigned'
    case 'ERR_CERT_AUTHORITY_INVALID':
      return certificate !== null &&
        certificate.subject === certificate.issuer &&
        certificate.chain.length === 0
        ? 'selfSigned'
        : 'unknownIssuer'
    case 'ERR_CERT_REVOKED':
      return 'revoked'
    case 'ERR_CERT_UNABLE_TO_CHECK_REVOCATION':
    case 'ERR_CERT_NO_REVOCATION_MECHANISM':
      return 'revocationUnknown'
    case 'ERR_CERT_WEAK_SIGNATURE_ALGORITHM':
    case 'ERR_CERT_WEAK_KEY':
      return 'weak'
    case 'ERR_CERT_VALIDITY_TOO_LONG':
      return 'validTooLong'
    case 'ERR_CERTIFICATE_TRANSPARENCY_REQUIRED':
      return 'notLogged'
    case 'ERR_CERT_KNOWN_INTERCEPTION_BLOCKED':
      return 'interception'
    default:
      return 'invalid'
  }
}

/** Faults that say for sure that somebody else has the key, or listens: there is nothing to be brave about. */
export const hopelessFaults: ReadonlySet<CertificateFault> = new Set(['revoked', 'interception'])

function readCertificate(certificate: Certificate): X509Certificate | null {
  try {
    return new X509Certificate(certificate.data)
  } catch {
    return null
  }
}

/** Electron declares it as always there, and leaves it out for a root. */
function issuerOf(certificate: Certificate): Certificate | null {
  const issuer: Certificate | undefined = certificate.issuerCert
  return issuer === undefined || issuer.data === certificate.data ? null : issuer
}

/** From the certificate's own bytes: the engine's field has the same in base64. */
function fingerprintOf(certificate: X509Certificate): string {
  const digest = createHash('sha256').update(certificate.raw).digest('hex').toUpperCase()
  return digest.match(/../g)?.join(':') ?? ''
}

function momentOf(date: string): number {
  const moment = Date.parse(date)
  return Number.isFinite(moment) ? Math.trunc(moment) : 0
}

function namesOf(certificate: X509Certificate): string[] {
  const names = (certificate.subjectAltName ?? '')
    .split(', ')
    .flatMap(entry => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? [])
  return names.slice(0, mostNames).map(plain)
}

function keyWords({ publicKey }: X509Certificate): string {
  const { asymmetricKeyType: kind, asymmetricKeyDetails: details }: KeyObject = publicKey
  switch (kind) {
    case 'rsa':
    case 'rsa-pss':
      return `RSA, ${details?.modulusLength ?? 'unknown number of'} bits`
    case 'ec':
      return plain(`Elliptic curve, ${details?.namedCurve ?? 'unknown curve'}`)
    case undefined:
      return ''
    default:
      return plain(kind)
  }
}

/** The short name; of a certificate without one, all that it calls itself. */
function shownName(shortName: string, fullName: string): string {
  return plain(shortName === '' ? fullName.replaceAll('\n', ', ') : shortName)
}

/** Without what could turn a line around or hide in it, and not longer than a line or two. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Surrogate}]/gu, '').slice(0, longestText)
}
