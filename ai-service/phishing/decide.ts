import type { AddressTrait, Judgement, JudgementFacts, JudgementReason } from '../../contracts/judgement.ts'
import { type Address, isPrivateHost, readAddress } from './address.ts'
import {
  countLures,
  freeHostOf,
  isOpenShelf,
  type MisplacedBrand,
  misplacedBrands,
  ownBrandOf,
  wordsOf,
} from './address-words.ts'
import { brandOfHost } from './brands.ts'
import { mixesAlphabets } from './confusables.ts'
import { isKnownSite } from './known-sites.ts'
import { brandOfTitle } from './title-brand.ts'
import { machineFolders } from './word-lists.ts'

/** What the model makes of an address, and from where on that is remarkable. */
export interface ModelOpinion {
  readonly probability: number
  /** Reached by one address of a hundred among honest ones. */
  readonly notable: number
  /** Reached by one home page of a thousand at most. */
  readonly alarming: number
}

/** Points from which on a person is warned. Nothing but the address brings more than `cautionPoints` and a little. */
const cautionPoints = 2
const dangerPoints = 3.5
/** So many earlier days make a site one that the person knows. */
const familiarDays = 3

interface Evidence {
  readonly points: number
  readonly reason: JudgementReason
}

/** Weighs what is known of a page. Pure; `opinion` is null where the model is not there. */
export function decide(
  facts: JudgementFacts,
  opinion: ModelOpinion | null,
): Pick<Judgement, 'level' | 'reasons'> {
  if (!/^https?:/i.test(facts.url)) return none()
  const address = readAddress(facts.url)
  if (isPrivateHost(address.host)) return none()
  const freeHost = freeHostOf(address)
  const isShelf = isOpenShelf(address)
  const isTrusted = ownBrandOf(address) !== null || isKnownSite(address.site)
  if (isTrusted && freeHost === null && !isShelf) return none()

  const isFamiliar = (facts.visits?.earlierDays ?? 0) >= familiarDays
  const evidence = [
    ...(isFamiliar ? [] : addressEvidence(address, opinion)),
    ...pageEvidence(facts, address, freeHost),
  ].filter(one => one.points > 0)
  const points = evidence.reduce((sum, one) => sum + one.points, 0)
  if (points < cautionPoints) return none()
  evidence.sort((left, right) => right.points - left.points)
  const isDanger = points >= dangerPoints && evidence.some(one => !isAboutAddress(one.reason))
  return {
    level: isDanger ? 'danger' : 'caution',
    reasons: evidence.slice(0, 10).map(one => one.reason),
  }
}

function none(): Pick<Judgement, 'level' | 'reasons'> {
  return { level: 'none', reasons: [] }
}

function isAboutAddress(reason: JudgementReason): boolean {
  return reason.kind === 'lookalike' || reason.kind === 'brandInPath' || reason.kind === 'addressShape'
}

function addressEvidence(address: Address, opinion: ModelOpinion | null): Evidence[] {
  const found = misplacedBrands(address)
  const { strong } = countLures(wordsOf(`${address.subdomain} ${address.name}`))
  const evidence: Evidence[] = found.slice(0, 2).map(one => brandEvidence(one, address, strong > 0))
  const traits = traitsOf(address, strong)
  const isAlarming = opinion !== null && opinion.probability >= opinion.alarming
  const isNotable = opinion !== null && opinion.probability >= opinion.notable
  const traitPoints = traits.reduce((sum, trait) => sum + traitWeights[trait], 0)
  // The model has seen the same traits: the larger of both counts, not the sum.
  const points = Math.max(Math.min(1.5, traitPoints), isAlarming ? 2 : isNotable ? 1 : 0)
  const shown: AddressTrait[] = traits.length > 0 || !isNotable ? traits : ['wholeAddress']
  if (shown.length > 0) evidence.push({ points, reason: { kind: 'addressShape', traits: shown } })
  return evidence
}

function brandEvidence(found: MisplacedBrand, address: Address, hasLure: boolean): Evidence {
  const { brand, place } = found
  const data = { brand: brand.name, brandHost: brand.host }
  if (place === 'brandInPath') {
    return { points: found.isOrdinary ? 0 : 0.5, reason: { kind: 'brandInPath', ...data } }
  }
  return {
    points: found.isOrdinary ? (hasLure ? 0.5 : 0) : brandPoints(place, address, hasLure),
    reason: { kind: 'lookalike', ...data, how: place },
  }
}

function brandPoints(
  place: Exclude<MisplacedBrand['place'], 'brandInPath'>,
  address: Address,
  hasLure: boolean,
): number {
  switch (place) {
    case 'homoglyph':
      // Letters of other alphabets are no slip of the pen; "0" for "o" may be a name of its own.
      return address.host.includes('xn--') ? 2 : 1
    case 'typo':
      return 1
    case 'brandInName':
      return hasLure ? 1.5 : 0.75
    case 'brandInSubdomain':
      return /(?:^|[.-])com(?:[.-]|$)/.test(address.subdomain) || hasLure ? 1.5 : 0.75
  }
}

const traitWeights: Readonly<Record<AddressTrait, number>> = {
  ipAddress: 1,
  userInfo: 1.5,
  mixedLetters: 1,
  manySubdomains: 0.5,
  lureWords: 0.5,
  randomName: 0.25,
  hiddenFolder: 0.75,
  wholeAddress: 0,
}

function traitsOf(address: Address, strongLures: number): AddressTrait[] {
  const { name, path, subdomain, userInfo } = address
  const folders = path.toLowerCase().split('/')
  const pathLures = countLures(wordsOf(path)).strong
  const candidates: readonly (readonly [AddressTrait, boolean])[] = [
    ['ipAddress', address.isIp],
    ['userInfo', userInfo.includes('.')],
    ['mixedLetters', mixesAlphabets(address.shownHost)],
    ['manySubdomains', subdomain.split('.').length >= 4],
    ['lureWords', strongLures > 0],
    ['randomName', /[bcdfghjklmnpqrstvwxz]{6,}/i.test(name) || /(?:[a-z]\d+){3,}/i.test(name)],
    ['hiddenFolder', pathLures > 0 && folders.some(folder => machineFolders.has(folder))],
  ]
  return candidates.filter(([, holds]) => holds).map(([trait]) => trait)
}

function pageEvidence(facts: JudgementFacts, address: Address, freeHost: string | null): Evidence[] {
  const { signals, visits } = facts
  if (signals === null) return []
  const asksPassword = signals.passwordFields > 0
  const asksCard = signals.forms.some(form => form.hasCard)
  if (!asksPassword && !asksCard) return []
  const evidence: Evidence[] = []
  if (visits !== null && visits.earlierDays === 0) {
    evidence.push({ points: 0.75, reason: { kind: asksPassword ? 'passwordOnNewHost' : 'cardOnNewHost' } })
  }
  const named = brandOfTitle(facts.title) ?? brandOfTitle(signals.openGraphSiteName ?? '')
  if (named !== null && named !== ownBrandOf(address)) {
    const reason = { kind: 'titleNamesBrand', brand: named.name, brandHost: named.host } as const
    evidence.push({ points: 1.75, reason })
  }
  const borrowed = brandOfHostName(signals.faviconHost)
  if (borrowed !== null && borrowed !== ownBrandOf(address)) {
    evidence.push({
      points: 0.75,
      reason: { kind: 'borrowsFromBrand', brand: borrowed.name, brandHost: borrowed.host },
    })
  }
  const target = signals.forms.find(
    form => (form.hasPassword || form.hasCard) && form.host !== null && siteOf(form.host) !== address.site,
  )?.host
  if (target !== undefined && target !== null) {
    evidence.push({ points: 0.75, reason: { kind: 'formElsewhere', target } })
  }
  if (facts.looksLike !== null && siteOf(facts.looksLike) !== address.site) {
    evidence.push({ points: 1.25, reason: { kind: 'looksLikeSite', host: facts.looksLike } })
  }
  if (freeHost !== null) evidence.push({ points: 1, reason: { kind: 'freeHosting', service: freeHost } })
  return evidence
}

function siteOf(host: string): string {
  return readAddress(host).site
}

function brandOfHostName(host: string | null) {
  if (host === null) return null
  const { name, isPrivateSuffix } = readAddress(host)
  return brandOfHost(host, name, isPrivateSuffix)
}
