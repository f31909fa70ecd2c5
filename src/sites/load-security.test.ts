import { readFileSync } from 'node:fs'
import type { Certificate, Session } from 'electron'
import { describe, expect, it } from 'vitest'
import type { PageProblem } from '../../contracts/browser.ts'
import type { NetworkFailureKind } from '../../contracts/network.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { certificateDetails } from './certificate-details.ts'
import { LoadSecurity } from './load-security.ts'
import { ProfileSites } from './profile-sites.ts'

const pem = readFileSync(new URL('../../tests/fixtures/untrusted-certificate.pem', import.meta.url), 'utf8')

function certificateOf(data: string): Certificate {
  const nobody = {
    commonName: 'localhost',
    organizations: [],
    organizationUnits: [],
    locality: '',
    state: '',
    country: '',
  }
  return {
    data,
    issuer: nobody,
    issuerName: 'localhost',
    subject: nobody,
    subjectName: 'localhost',
    serialNumber: '',
    validStart: 0,
    validExpiry: 0,
    fingerprint: '',
    // as the engine leaves it out for a root
    ...({} as Pick<Certificate, 'issuerCert'>),
  }
}

function start() {
  const clock = new SimulatedClock()
  const ordinary = {} as Session
  const hidden = {} as Session
  const profiles = new Map(
    [ordinary, hidden].map(session => [
      session,
      new ProfileSites({
        clock,
        isPrivate: session === hidden,
        writer: null,
        isSecureFirst: () => true,
        onTooSlow: () => {},
      }),
    ]),
  )
  const failures = new Map<string, NetworkFailureKind>()
  const network = { isOnline: true }
  const security = new LoadSecurity({
    profileOf: session => profiles.get(session) ?? null,
    lastFailure: async (host, port) => {
      const kind = failures.get(host)
      return kind === undefined ? null : { host, port, kind, at: 1 }
    },
    isOnline: () => network.isOnline,
    now: () => clock.wallClock(),
  })
  const profile = (session: Session): ProfileSites => {
    const found = profiles.get(session)
    if (found === undefined) throw new Error('no such profile')
    return found
  }
  return { security, ordinary, hidden, profile, failures, network }
}

const url = 'https://shop.example/cart'
const problem = (kind: PageProblem['kind'], address = url): PageProblem => ({
  kind,
  code: 'ERR_X',
  url: address,
  host: URL.parse(address)?.host ?? '',
})
const request = { url, error: 'net::ERR_CERT_AUTHORITY_INVALID', isMainFrame: true }

describe('a certificate that proves nothing', () => {
  it('is refused, and shown with what is known of it', async () => {
    const { security, ordinary } = start()
    const contents = { id: 1, session: ordinary }
    expect(security.judgeCertificate(contents, request, certificateOf(pem))).toBe(false)
    const shown = await security.explain(contents, problem('certificate'))
    expect(shown?.certificate).toMatchObject({ fault: 'selfSigned', isHsts: false, mayContinue: true })
    expect(shown?.certificate?.certificate?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
  })

  it('passes once a person said so, for its host and fingerprint and in its profile only', () => {
    const { security, ordinary, hidden, profile } = start()
    const contents = { id: 1, session: ordinary }
    const certificate = certificateOf(pem)
    const fingerprint = certificateDetails(certificate)?.fingerprint ?? ''
    profile(ordinary).exceptions.allow(url, fingerprint)
    const judge = (session: Session, address: string): boolean =>
      security.judgeCertificate({ id: 1, session }, { ...request, url: address }, certificate)
    expect(judge(ordinary, url)).toBe(true)
    expect(judge(ordinary, 'https://shop.example/other')).toBe(true)
    expect(judge(ordinary, 'https://www.shop.example/')).toBe(false)
    expect(judge(ordinary, 'https://shop.example:8443/')).toBe(false)
    expect(judge(hidden, url)).toBe(false)
    profile(ordinary).exceptions.allow(url, 'AA:BB')
    expect(security.judgeCertificate(contents, request, certificate)).toBe(false)
    expect(profile(ordinary).exceptions.covers(url)).toBe(false)
  })

  it('never passes for a host that demanded proof, whatever was said', async () => {
    const { security, ordinary, profile } = start()
    const contents = { id: 1, session: ordinary }
    const certificate = certificateOf(pem)
    profile(ordinary).hsts.note(url, ['max-age=1000'])
    profile(ordinary).exceptions.allow(url, certificateDetails(certificate)?.fingerprint ?? '')
    expect(security.judgeCertificate(contents, request, certificate)).toBe(false)
    const shown = await security.explain(contents, problem('certificate'))
    expect(shown?.certificate).toMatchObject({ isHsts: true, mayContinue: false })
  })

  it.each(['net::ERR_CERT_REVOKED', 'net::ERR_CERT_KNOWN_INTERCEPTION_BLOCKED'])(
    'cannot be let pass when it is known to be bad: %s',
    async error => {
      const { security, ordinary } = start()
      const contents = { id: 1, session: ordinary }
      security.judgeCertificate(contents, { ...request, error }, certificateOf(pem))
      const shown = await security.explain(contents, problem('certificate'))
      expect(shown?.certificate?.mayContinue).toBe(false)
    },
  )

  it('that cannot be read is refused without a way on', async () => {
    const { security, ordinary } = start()
    const contents = { id: 1, session: ordinary }
    expect(security.judgeCertificate(contents, request, certificateOf('no certificate'))).toBe(false)
    const shown = await security.explain(contents, problem('certificate'))
    expect(shown?.certificate).toMatchObject({ certificate: null, mayContinue: false })
  })

  it('is of the navigation that met it, not of the next one', async () => {
    const { security, ordinary } = start()
    const contents = { id: 1, session: ordinary }
    security.judgeCertificate(contents, request, certificateOf(pem))
    security.started(contents)
    expect((await security.explain(contents, problem('certificate')))?.certificate).toBeUndefined()
  })
})

describe('what failed on the way', () => {
  it.each([
    ['hostNotFound', 'hostNotFound'],
    ['resolverFailed', 'resolverFailed'],
    ['privateAddress', 'privateAddress'],
    ['refused', 'refused'],
    ['timedOut', 'timedOut'],
    ['unreachable', 'unreachable'],
    ['dropped', 'dropped'],
    ['badResponse', 'badResponse'],
    ['busy', 'busy'],
    ['offline', 'offline'],
    ['forbidden', 'blocked'],
  ] as const)('%s of the proxy is said as %s', async (kind, said) => {
    const { security, ordinary, failures } = start()
    failures.set('shop.example', kind)
    const shown = await security.explain({ id: 1, session: ordinary }, problem('other'))
    expect(shown?.kind).toBe(said)
  })

  it('is that there is no network, of hosts that are elsewhere', async () => {
    const { security, ordinary, network } = start()
    network.isOnline = false
    const kindOf = async (address: string): Promise<string | undefined> =>
      (await security.explain({ id: 1, session: ordinary }, problem('refused', address)))?.kind
    expect([await kindOf(url), await kindOf('http://localhost:9/')]).toEqual(['offline', 'refused'])
  })

  it('of an address that was tried with encryption becomes a question, once a way leads there', async () => {
    const { security, ordinary, profile, failures } = start()
    const contents = { id: 1, session: ordinary }
    profile(ordinary).secureFirst.decide(1, 'http://old.example/a')
    failures.set('old.example', 'refused')
    const shown = await security.explain(contents, problem('other', 'https://old.example/a'))
    expect(shown).toMatchObject({ kind: 'insecureOnly', url: 'http://old.example/a', host: 'old.example' })
    security.started(contents)
    profile(ordinary).secureFirst.decide(1, 'http://gone.example/')
    failures.set('gone.example', 'hostNotFound')
    expect((await security.explain(contents, problem('other', 'https://gone.example/')))?.kind).toBe(
      'hostNotFound',
    )
  })

  it.each([
    ['ERR_SSL_PROTOCOL_ERROR', 'noAnswer'],
    ['ERR_CERT_DATE_INVALID', 'certificate'],
  ])('%s of an address that was tried with encryption is said as %s', async (code, insecureReason) => {
    const { security, ordinary, profile } = start()
    profile(ordinary).secureFirst.decide(1, 'http://old.example/')
    const failed = { ...problem('certificate', 'https://old.example/'), code }
    const shown = await security.explain({ id: 1, session: ordinary }, failed)
    expect(shown).toMatchObject({ kind: 'insecureOnly', insecureReason })
  })

  it('of a load that was broken off is nothing, unless we did it to ask', async () => {
    const { security, ordinary, profile } = start()
    const contents = { id: 1, session: ordinary }
    expect(await security.explain(contents, null)).toBeNull()
    profile(ordinary).secureFirst.decide(1, 'http://back.example/')
    profile(ordinary).secureFirst.decide(1, 'http://back.example/')
    expect(await security.explain(contents, null)).toMatchObject({
      kind: 'insecureOnly',
      insecureReason: 'sentBack',
    })
  })
})
