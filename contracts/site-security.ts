import type { Static } from 'typebox'
import * as Type from 'typebox'

/** Out of a certificate: whoever made it chose the words. Control characters are taken out before it comes here. */
const certificateText = Type.String({ maxLength: 300, sensitive: true })
/** SHA-256 of the certificate, as pairs of hexadecimal digits with colons between them. */
export const Fingerprint = Type.String({ maxLength: 100, pattern: '^[0-9A-F]{2}(:[0-9A-F]{2}){31}$' })
/** Milliseconds since the epoch; certificates may be from before it. */
const certificateMoment = Type.Integer()

/** What is wrong with a certificate, by cause. */
export const CertificateFault = Type.Union([
  Type.Literal('expired'),
  Type.Literal('notYetValid'),
  Type.Literal('wrongName'),
  Type.Literal('selfSigned'),
  Type.Literal('unknownIssuer'),
  Type.Literal('revoked'),
  Type.Literal('revocationUnknown'),
  /** Signed or made by a method that can be forged today. */
  Type.Literal('weak'),
  Type.Literal('validTooLong'),
  /** Not in the public logs that every issuer has to write to. */
  Type.Literal('notLogged'),
  /** Known to be used for listening in. */
  Type.Literal('interception'),
  Type.Literal('invalid'),
])
export type CertificateFault = Static<typeof CertificateFault>

export const CertificateDetails = Type.Object({
  subject: certificateText,
  organization: certificateText,
  issuer: certificateText,
  /** The hosts that it was issued for. */
  names: Type.Array(certificateText, { maxItems: 100 }),
  validFrom: certificateMoment,
  validUntil: certificateMoment,
  fingerprint: Fingerprint,
  serialNumber: certificateText,
  /** For example "RSA, 2048 bits"; empty where it is not known. */
  key: certificateText,
  /** From the issuer up to the root, as far as the server sent it. */
  chain: Type.Array(
    Type.Object({
      subject: certificateText,
      issuer: certificateText,
      validUntil: certificateMoment,
      fingerprint: Fingerprint,
    }),
    { maxItems: 10 },
  ),
})
export type CertificateDetails = Static<typeof CertificateDetails>

/** A certificate that was refused. */
export const CertificateReport = Type.Object({
  fault: CertificateFault,
  /** Null where the engine did not show it. */
  certificate: Type.Union([CertificateDetails, Type.Null()]),
  /** The site said earlier that it is never to be reached without proof (RFC 6797). */
  isHsts: Type.Boolean(),
  /** Whether a person may go on all the same. */
  mayContinue: Type.Boolean(),
})
export type CertificateReport = Static<typeof CertificateReport>

/** Why a site is not reached with encryption. */
export const InsecureReason = Type.Union([
  /** Nothing usable answers there. */
  Type.Literal('noAnswer'),
  /** Nothing answered in time. */
  Type.Literal('tooSlow'),
  /** It answers, and sends the visitor back to the way without encryption. */
  Type.Literal('sentBack'),
  /** It answers, with a certificate that proves nothing. */
  Type.Literal('certificate'),
])
export type InsecureReason = Static<typeof InsecureReason>
