import type { SiteChoices } from '../../contracts/storage-sites.ts'

/** What may happen to the cookies of a request or an answer. */
export type CookieRule = 'keep' | 'untilEnd' | 'none'

export interface CookieSettings {
  readonly blocksThirdParty: boolean
  /** What was chosen for a site; null where the setting for all holds. */
  readonly choiceOf: (site: string) => SiteChoices['cookies']
  readonly isSessionOnly: (site: string) => boolean
}

/**
 * Whether a site may keep and get back its cookies, asked by a page of `topSite`. `topSite` is null where no page asks:
 * then there is no third party either.
 */
export function cookieRule(site: string, topSite: string | null, settings: CookieSettings): CookieRule {
  if (settings.choiceOf(site) === 'blockAll') return 'none'
  if (topSite !== null && topSite !== site) {
    const choice = settings.choiceOf(topSite)
    const isBlocked = choice === null ? settings.blocksThirdParty : choice !== 'allowAll'
    if (isBlocked) return 'none'
  }
  return settings.choiceOf(site) === 'sessionOnly' || settings.isSessionOnly(site) ? 'untilEnd' : 'keep'
}

/** A Set-Cookie header as one that ends with the browser (RFC 6265, section 5.3: without Expires and Max-Age). */
export function untilEnd(setCookie: string, now: number): string {
  const [pair = '', ...attributes] = setCookie.split(';')
  const age = attributes.find(attribute => /^\s*max-age\s*=/i.test(attribute))
  const expires = attributes.find(attribute => /^\s*expires\s*=/i.test(attribute))
  if (isDeletion(age, expires, now)) return setCookie
  const kept = attributes.filter(attribute => !/^\s*(?:expires|max-age)\s*=/i.test(attribute))
  return [pair, ...kept].join(';')
}

/** A cookie is deleted by one that has ended already; that must stay so. Max-Age goes before Expires. */
function isDeletion(age: string | undefined, expires: string | undefined, now: number): boolean {
  if (age !== undefined) return Number(age.split('=')[1]) <= 0
  if (expires === undefined) return false
  const at = Date.parse(expires.slice(expires.indexOf('=') + 1))
  return Number.isFinite(at) && at <= now
}

/** The headers without those of this name, in whatever case; null when there is none. */
export function withoutHeader<Value>(
  headers: Readonly<Record<string, Value>>,
  name: string,
): Record<string, Value> | null {
  const kept = Object.entries(headers).filter(([key]) => key.toLowerCase() !== name)
  return kept.length === Object.keys(headers).length ? null : Object.fromEntries(kept)
}
