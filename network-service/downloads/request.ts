import type { Dispatcher } from 'undici'
import type { DownloadHeaders } from '../../contracts/downloads.ts'
import { DownloadError } from './errors.ts'

/** The head of an answer, and the body that is yet to come. */
export interface Answer {
  readonly status: number
  /** One value of a header, in the case it has; null without it. */
  header(name: string): string | null
  readonly body: Dispatcher.ResponseData['body']
  /** Closes the connection: nobody wants the body. */
  drop(): void
  /** Every address that was asked, the last one being that of this answer. */
  readonly urls: readonly string[]
}

const mostRedirects = 20
const redirectStatuses = new Set([301, 302, 303, 307, 308])
/** A server may take its time to prepare a file. */
const headersTimeoutMs = 60_000
/** Nothing at all for this long, and the connection is given up. */
const silenceMs = 60_000

/** Asks for a file and follows redirects over http and https. What is secret is not sent to another origin. */
export async function requestFile(options: {
  readonly dispatcher: Dispatcher
  readonly url: string
  readonly headers: DownloadHeaders
  /** From which byte on, and by which validator; null for all of it. */
  readonly range: { readonly offset: number; readonly ifRange: string } | null
  readonly signal: AbortSignal
}): Promise<Answer> {
  const { dispatcher, headers, range, signal } = options
  const urls: string[] = []
  let url = webAddress(options.url)
  for (;;) {
    urls.push(url.href)
    const {
      statusCode,
      headers: given,
      body,
    } = await dispatcher
      .request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: 'GET',
        headers: requestHeaders(headers, url.origin === new URL(options.url).origin, range),
        signal,
        headersTimeout: headersTimeoutMs,
        bodyTimeout: silenceMs,
      })
      .catch(rethrowAsDownloadError)
    const header = (name: string): string | null => {
      const value = given[name]
      return (Array.isArray(value) ? value[0] : value) ?? null
    }
    const location = redirectStatuses.has(statusCode) ? header('location') : null
    // Closed in the middle it says so, to whoever reads it and to others that do not.
    body.on('error', () => {})
    if (location === null) {
      return { status: statusCode, header, body, urls, drop: () => void body.destroy() }
    }
    // Read to its end, so that the connection can be used again; a redirect's body is short.
    await body.dump({ limit: 65_536 }).catch(() => {})
    if (urls.length > mostRedirects) throw new DownloadError('TOO_MANY_REDIRECTS', String(mostRedirects))
    url = webAddress(location, url)
  }
}

function webAddress(address: string, base?: URL): URL {
  const url = URL.parse(address, base?.href)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new DownloadError('BAD_ANSWER', `leads to ${url?.protocol ?? 'no address'}`)
  }
  return url
}

function requestHeaders(
  { userAgent, acceptLanguage, referrer, cookie }: DownloadHeaders,
  isSameOrigin: boolean,
  range: { readonly offset: number; readonly ifRange: string } | null,
): Record<string, string> {
  return {
    accept: '*/*',
    // The bytes of a part must be bytes of the file, not of a packing of it.
    'accept-encoding': 'identity',
    'user-agent': userAgent,
    ...(acceptLanguage === null ? {} : { 'accept-language': acceptLanguage }),
    ...(referrer === null ? {} : { referer: referrer }),
    ...(cookie === null || !isSameOrigin ? {} : { cookie }),
    ...(range === null ? {} : { range: `bytes=${range.offset}-`, 'if-range': range.ifRange }),
  }
}

/** The error of a connection, as one of a download. */
export function rethrowAsDownloadError(error: unknown): never {
  if (error instanceof DownloadError) throw error
  if (error instanceof Error && error.name === 'AbortError') throw error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const isTimeout = /TIMEOUT|ETIMEDOUT/.test(code)
  // What no repeating mends: a certificate that nobody trusts, a header that is none.
  const isLasting = /CERT|SELF_SIGNED|UNABLE_TO|HEADERS_OVERFLOW|HPE_/.test(code)
  throw new DownloadError(isTimeout ? 'TIMED_OUT' : 'CONNECTION', code || String(error), {
    isPassing: !isLasting,
  })
}
