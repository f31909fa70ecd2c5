import type { Protocol } from '../chromium/devtools.ts'

/** A Set-Cookie header as a command for DevTools; null when it is no cookie. `nowMs` is the time of its arrival. */
export function parseSetCookie(
  header: string,
  url: string,
  nowMs: number,
): Protocol.Network.CookieParam | null {
  const [pair = '', ...attributeTexts] = header.split(';').map(part => part.trim())
  const equals = pair.indexOf('=')
  const name = equals === -1 ? '' : pair.slice(0, equals).trim()
  const value = equals === -1 ? pair : pair.slice(equals + 1).trim()
  if (name === '' && value === '') return null
  const attributes = new Map(
    attributeTexts.map(text => {
      const [key = '', ...rest] = text.split('=')
      return [key.trim().toLowerCase(), rest.join('=').trim()]
    }),
  )
  const domain = attributes.get('domain')?.replace(/^\./, '')
  const path = attributes.get('path')
  const expires = expiryOf(attributes, nowMs)
  return {
    name,
    value,
    url,
    ...(domain ? { domain: `.${domain}` } : {}),
    path: path?.startsWith('/') ? path : defaultPathOf(url),
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    ...(expires === null ? {} : { expires }),
    ...sameSiteOf(attributes.get('samesite')),
  }
}

/** In seconds since 1970; null for a cookie that lives as long as the session. Max-Age wins over Expires. */
function expiryOf(attributes: ReadonlyMap<string, string>, nowMs: number): number | null {
  const maxAge = attributes.get('max-age')
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return Math.max(1, nowMs / 1000 + Number(maxAge))
  const expiresMs = Date.parse(attributes.get('expires') ?? '')
  return Number.isNaN(expiresMs) ? null : Math.max(1, expiresMs / 1000)
}

function defaultPathOf(url: string): string {
  const { pathname } = new URL(url)
  const end = pathname.lastIndexOf('/')
  return end <= 0 ? '/' : pathname.slice(0, end)
}

function sameSiteOf(value: string | undefined): { sameSite?: Protocol.Network.CookieSameSite } {
  switch (value?.toLowerCase()) {
    case 'strict':
      return { sameSite: 'Strict' }
    case 'lax':
      return { sameSite: 'Lax' }
    case 'none':
      return { sameSite: 'None' }
    default:
      return {}
  }
}
