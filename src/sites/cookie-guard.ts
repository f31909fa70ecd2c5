import type { Cookies, Session, WebContents } from 'electron'
import type { RequestPart } from '../network/web-request.ts'
import { type CookieRule, type CookieSettings, cookieRule, untilEnd, withoutHeader } from './cookie-policy.ts'
import { siteOfHost, siteOfUrl } from './hosts.ts'

export interface CookieGuardOptions {
  /** What holds for a session; null for one that is not for pages. */
  readonly settingsOf: (session: Session) => CookieSettings | null
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Cookies of another site were kept away from the page of these contents. */
  readonly onBlocked: (contentsId: number) => void
}

/** What is read of a request, whichever event brings it. */
interface SeenRequest {
  readonly url: string
  readonly resourceType: string
  readonly referrer: string
  readonly webContents?: Pick<WebContents, 'id' | 'getURL' | 'isDestroyed'>
}

/**
 * Keeps cookies of other sites away from pages, by the headers that carry them, and lets those end with the browser that
 * shall. What a script of a frame of another site writes with `document.cookie` stays in that frame's jar, but no request
 * carries it; Electron has no way to refuse the writing itself.
 */
export class CookieGuard {
  readonly #options: CookieGuardOptions

  constructor(options: CookieGuardOptions) {
    this.#options = options
  }

  readonly part: RequestPart = {
    name: 'cookies',
    changeRequestHeaders: (request, headers, { session }) => {
      if (this.#rule(request, session) !== 'none') return null
      const kept = withoutHeader(headers, 'cookie')
      if (kept !== null) this.#blocked(request)
      return kept
    },
    changeResponseHeaders: (response, headers, { session }) => {
      const rule = this.#rule(response, session)
      if (rule === 'keep') return null
      if (rule === 'none') {
        const kept = withoutHeader(headers, 'set-cookie')
        if (kept !== null) this.#blocked(response)
        return kept
      }
      const name = Object.keys(headers).find(key => key.toLowerCase() === 'set-cookie')
      if (name === undefined) return null
      const now = this.#options.now()
      return { ...headers, [name]: (headers[name] ?? []).map(value => untilEnd(value, now)) }
    },
  }

  #rule(request: SeenRequest, session: Session): CookieRule {
    const settings = this.#options.settingsOf(session)
    const site = siteOfUrl(request.url)
    if (settings === null || site === null) return 'keep'
    return cookieRule(site, topSiteOf(request), settings)
  }

  #blocked({ webContents }: SeenRequest): void {
    if (webContents !== undefined) this.#options.onBlocked(webContents.id)
  }
}

/**
 * The site of the page that a request is for. A page's own document is nobody's third party; a worker's request knows no
 * page, so that its referrer has to do.
 */
function topSiteOf({ resourceType, webContents, referrer }: SeenRequest): string | null {
  if (resourceType === 'mainFrame') return null
  if (webContents !== undefined && !webContents.isDestroyed()) return siteOfUrl(webContents.getURL())
  return siteOfUrl(referrer)
}

/** Removes the cookies of sites for which `isWanted` holds; says how many there were. */
export async function removeCookies(cookies: Cookies, isWanted: (site: string) => boolean): Promise<number> {
  const all = await cookies.get({})
  const wanted = all.filter(cookie => isWanted(siteOfHost(hostOfCookie(cookie.domain))))
  for (const { domain, path, secure, name } of wanted) {
    await cookies.remove(
      addressOfCookie({ domain: domain ?? '', path: path ?? '/', isSecure: secure === true }),
      name,
    )
  }
  return wanted.length
}

export function hostOfCookie(domain: string | undefined): string {
  return (domain ?? '').replace(/^\./, '')
}

/** Where a cookie would be sent; the engine names cookies by that. */
export function addressOfCookie(cookie: { domain: string; path: string; isSecure: boolean }): string {
  return `${cookie.isSecure ? 'https' : 'http'}://${hostOfCookie(cookie.domain)}${cookie.path}`
}
