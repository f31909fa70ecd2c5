import { describe, expect, it } from 'vitest'
import type { JudgementFacts } from '../../contracts/judgement.ts'
import { brands } from './brands.ts'
import { decide, type ModelOpinion } from './decide.ts'
import { brandOfTitle } from './title-brand.ts'

const quiet: ModelOpinion = { probability: 0.1, notable: 0.8, alarming: 0.98 }
const alarmed: ModelOpinion = { ...quiet, probability: 0.99 }
const signals: NonNullable<JudgementFacts['signals']> = {
  passwordFields: 0,
  forms: [],
  hiddenTextShare: 0,
  faviconHost: null,
  canonicalHost: null,
  openGraphSiteName: null,
  externalLinkHosts: 0,
  fullPageFrames: 0,
  refreshHost: null,
}
const signIn = { ...signals, passwordFields: 1 }
const never = { earlierDays: 0, firstVisitAt: null }

function facts(change: Partial<JudgementFacts>): JudgementFacts {
  return {
    url: 'https://plain.example/',
    title: '',
    signals: null,
    visits: never,
    looksLike: null,
    ...change,
  }
}

const kinds = (change: Partial<JudgementFacts>, opinion: ModelOpinion | null = quiet) => {
  const { level, reasons } = decide(facts(change), opinion)
  return { level, kinds: reasons.map(reason => reason.kind) }
}

const nothing = { level: 'none', kinds: [] }

describe('a judgement', () => {
  it('warns of a new page that asks for a password and looks like one that the person knows', () => {
    const copied = { url: 'https://plain.example/in', signals: signIn, looksLike: 'mail.known.example' }
    expect(kinds(copied)).toEqual({ level: 'caution', kinds: ['looksLikeSite', 'passwordOnNewHost'] })
    expect(kinds({ ...copied, looksLike: 'www.plain.example' })).toEqual(nothing)
    expect(kinds({ ...copied, signals })).toEqual(nothing)
  })

  it('says nothing of a plain sign-in page that is new to the person', () => {
    expect(kinds({ title: 'Log in - Plain', signals: signIn })).toEqual(nothing)
  })

  it('by the address alone is never more than caution', () => {
    expect(kinds({ url: 'https://paypal.com.secure-login.example/' }, alarmed)).toEqual({
      level: 'caution',
      kinds: ['addressShape', 'lookalike'],
    })
  })

  it('is danger where a page signs in for a brand that it is not', () => {
    expect(
      decide(
        facts({ url: 'https://kunde-hilfe.example/', title: 'PayPal: Einloggen | Log in', signals: signIn }),
        alarmed,
      ),
    ).toEqual({
      level: 'danger',
      reasons: [
        { kind: 'addressShape', traits: ['wholeAddress'] },
        { kind: 'titleNamesBrand', brand: 'PayPal', brandHost: 'paypal.com' },
        { kind: 'passwordOnNewHost' },
      ],
    })
  })

  it('names the site that a password is sent to, and the service that lets anybody put pages up', () => {
    const forms = [{ host: 'collector.example', hasPassword: true, hasCard: false }]
    expect(
      decide(facts({ url: 'https://outlook-team.weebly.com/', signals: { ...signIn, forms } }), quiet),
    ).toMatchObject({
      reasons: expect.arrayContaining([
        { kind: 'formElsewhere', target: 'collector.example' },
        { kind: 'freeHosting', service: 'weebly.com' },
      ]),
    })
  })

  it('knows a borrowed icon', () => {
    const borrowed = { ...signIn, faviconHost: 'www.paypalobjects.com' }
    expect(kinds({ signals: borrowed }, alarmed).kinds).toContain('borrowsFromBrand')
  })

  it('does without the model', () => {
    expect(kinds({ url: 'https://paypal.com.secure-login.example/' }, null).level).toBe('caution')
  })

  it.each([
    'https://www.paypal.com/signin',
    'https://signin.aws.amazon.com/',
    'https://accounts.google.com/',
    'http://localhost:3000/paypal-login',
    'http://192.168.1.1/login.php',
    'http://[::1]/paypal',
    'http://router.lan/verify',
    'nexus://chrome/index.html',
    'not an address',
  ])('says nothing of %s, whatever the model thinks', url => {
    expect(kinds({ url, title: 'PayPal: Log in', signals: signIn }, alarmed)).toEqual(nothing)
  })

  it('does not doubt a site by its address that was visited on several earlier days', () => {
    const visits = { earlierDays: 5, firstVisitAt: 1 }
    const url = 'https://secure-paypal-login.example/'
    expect(kinds({ url, visits, signals: signIn }, alarmed)).toEqual(nothing)
    expect(kinds({ url, visits: { ...visits, earlierDays: 1 }, signals: signIn }, alarmed).level).not.toBe(
      'none',
    )
  })

  it('concludes nothing from a history that does not answer', () => {
    expect(kinds({ visits: null, signals: signIn }, alarmed).kinds).not.toContain('passwordOnNewHost')
  })
})

describe('the brand of a title', () => {
  it.each([
    ['PayPal: Log in to your account', 'PayPal'],
    ['Sign in to Microsoft', 'Microsoft'],
    ['Facebook - log in or sign up', 'Facebook'],
    ['Chase Online: Sign in', null],
    ['Sign in to Chase', 'Chase'],
    ['Bank of America | Online Banking', 'Bank of America'],
    ['How to close a PayPal account', null],
    ['PayPal review: is it worth it?', null],
    ['Apple', null],
    ['Apple pie and other recipes', null],
    ['Log In ‹ My Blog — WordPress', null],
    ['Zimbra Web Client Sign In', null],
    ['', null],
    ['\u202elapyaP', null],
    ['x'.repeat(1_000_000), null],
  ])('%s', (title, brand) => {
    expect(brandOfTitle(title)?.name ?? null).toBe(brand)
  })
})

it('lists more than a hundred brands, each with a word and a domain of its own', () => {
  expect(brands.length).toBeGreaterThan(100)
  expect(brands.filter(brand => !/^[\w-]+(\.[\w-]+)+$/.test(brand.host) || brand.words.length === 0)).toEqual(
    [],
  )
  expect(brands.flatMap(brand => brand.words).filter(word => !/^[a-z0-9]+$/.test(word.text))).toEqual([])
})
