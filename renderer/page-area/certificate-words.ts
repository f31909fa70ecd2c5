import type { PageProblem } from '../../contracts/browser.ts'
import type { CertificateFault, CertificateReport } from '../../contracts/site-security.ts'
import { type ProblemWords, way } from './trace.ts'

/** What is said of a certificate that proves nothing. `now` in milliseconds since the epoch. */
export function certificateWords(host: string, problem: PageProblem, now = Date.now()): ProblemWords {
  const report = problem.certificate ?? null
  const fault = report?.fault ?? faultOfCode(problem.code)
  return {
    title: `This may not be ${host}`,
    lead: 'The site could not prove its name. Someone on the way could read or change what you see, so Nexus stopped before sending anything.',
    trace: way(
      [
        ['This computer', 'asked for proof'],
        ['Encrypted link', 'offered'],
        ['Certificate', shortFault(fault, report, now)],
        ['Page', 'not requested'],
      ],
      2,
    ),
    why: faultReason(fault),
    advice: report?.isHsts === true ? [hstsAdvice, ...faultAdvice(fault)] : faultAdvice(fault),
    answer: 'back',
  }
}

const hstsAdvice =
  'This site demanded to be shown with proof only, so Nexus offers no way past this, and no browser should'

/** Where the engine showed no certificate, its code is all there is. */
function faultOfCode(code: string): CertificateFault {
  if (code.includes('DATE_INVALID')) return 'expired'
  if (code.includes('COMMON_NAME_INVALID')) return 'wrongName'
  if (code.includes('AUTHORITY_INVALID')) return 'unknownIssuer'
  if (code.includes('REVOKED')) return 'revoked'
  if (code.includes('WEAK')) return 'weak'
  return 'invalid'
}

function faultReason(fault: CertificateFault): string {
  switch (fault) {
    case 'expired':
      return 'Its certificate has expired.'
    case 'notYetValid':
      return 'Its certificate is not valid yet.'
    case 'wrongName':
      return 'Its certificate was issued for another name.'
    case 'selfSigned':
      return 'The site issued its certificate to itself, which anybody can do.'
    case 'unknownIssuer':
      return 'Its certificate was issued by someone this computer does not know.'
    case 'revoked':
      return 'Its certificate was withdrawn by its issuer.'
    case 'revocationUnknown':
      return 'Whether its certificate was withdrawn could not be found out.'
    case 'weak':
      return 'Its certificate uses a method that can be forged today.'
    case 'validTooLong':
      return 'Its certificate is valid for longer than any issuer may say.'
    case 'notLogged':
      return 'Its certificate is missing in the public logs that show who issued what.'
    case 'interception':
      return 'Its certificate is known to be used for listening in.'
    case 'invalid':
      return 'Its certificate is not made as certificates are.'
  }
}

function shortFault(fault: CertificateFault, report: CertificateReport | null, now: number): string {
  const certificate = report?.certificate ?? null
  switch (fault) {
    case 'expired':
      return certificate === null ? 'expired' : `expired ${daysAgo(now - certificate.validUntil)}`
    case 'notYetValid':
      return 'not valid yet'
    case 'wrongName':
      return 'for another name'
    case 'selfSigned':
      return 'issued by itself'
    case 'unknownIssuer':
      return 'unknown issuer'
    case 'revoked':
      return 'withdrawn'
    case 'revocationUnknown':
      return 'perhaps withdrawn'
    case 'weak':
      return 'can be forged'
    case 'validTooLong':
      return 'valid too long'
    case 'notLogged':
      return 'not in the logs'
    case 'interception':
      return 'used to listen in'
    case 'invalid':
      return 'not proven'
  }
}

function daysAgo(milliseconds: number): string {
  const days = Math.floor(milliseconds / 86_400_000)
  if (days < 1) return 'today'
  return days === 1 ? 'yesterday' : `${days} days ago`
}

function faultAdvice(fault: CertificateFault): readonly string[] {
  switch (fault) {
    case 'expired':
      return [
        'Wait: the owner most likely forgot to renew it',
        'Check that the date and time of this computer are right',
      ]
    case 'notYetValid':
      return ['Check that the date and time of this computer are right']
    case 'wrongName':
      return ['Check the spelling of the address', 'On a public network, sign in to it first']
    case 'selfSigned':
    case 'unknownIssuer':
      return [
        'On a public network, sign in to it first',
        'If it is your own device, compare the fingerprint below with what it shows',
      ]
    case 'revoked':
    case 'interception':
      return ['Go back: nothing that this site shows can be believed now', 'Try from another network']
    case 'revocationUnknown':
    case 'weak':
    case 'validTooLong':
    case 'notLogged':
    case 'invalid':
      return ['Wait: the owner most likely has to repair it', 'Tell the owner the code below']
  }
}
