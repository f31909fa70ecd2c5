import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { contentTypeOf } from './content-types.ts'
import type { WebProxy } from './proxied-fetch.ts'
import { fetchOnce } from './web-fetch.ts'

/** What `net.fetch` needs of the session for which it fetches. */
export interface FetchContext {
  readonly userAgent: string
  /** Asks the protocol handlers of the session; null when none handles that scheme. */
  respond(scheme: string, request: Request): Promise<Response | null>
  /** The Cookie header for a URL, or '' . */
  cookieHeader(url: string): Promise<string>
  /** Stores what a server set. */
  storeCookies(url: string, setCookieHeaders: readonly string[]): Promise<void>
  /** The proxy for that URL, null for none. Throws when it is one that the main process cannot use. */
  proxyFor(url: string): WebProxy | null
}

export interface FetchInit extends RequestInit {
  readonly bypassCustomProtocolHandlers?: boolean
}

const redirectLimit = 20
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * `session.fetch`: custom schemes by their handlers, files from disk, the web by the main process itself with the cookies of the
 * session. Rejects as Electron does, with `net::ERR_...` in the message.
 */
export async function fetchInContext(
  context: FetchContext,
  input: string | Request | URL,
  init: FetchInit = {},
): Promise<Response> {
  const { bypassCustomProtocolHandlers = false, ...requestInit } = init
  const request = new Request(input, requestInit)
  request.signal.throwIfAborted()
  const scheme = new URL(request.url).protocol.slice(0, -1)
  if (!bypassCustomProtocolHandlers) {
    const response = await abortable(context.respond(scheme, request), request.signal)
    if (response) {
      if (response.type === 'error') throw new Error('net::ERR_FAILED')
      return response
    }
  }
  switch (scheme) {
    case 'http':
    case 'https':
      return fetchFromWeb(context, request)
    case 'file':
      return fetchFile(request)
    case 'data':
    case 'blob':
      return fetch(request)
    default:
      throw new Error('net::ERR_UNKNOWN_URL_SCHEME')
  }
}

async function fetchFile(request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw new Error('net::ERR_FILE_NOT_FOUND')
  const filePath = fileURLToPath(new URL(request.url.replace(/[?#].*$/s, '')))
  const status = await stat(filePath).catch(() => null)
  if (!status?.isFile()) throw new Error('net::ERR_FILE_NOT_FOUND')
  const headers = {
    'content-type': contentTypeOf(path.basename(filePath)),
    'last-modified': status.mtime.toUTCString(),
  }
  if (request.method === 'HEAD') return new Response(null, { headers })
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '')
  const start = range ? Number(range[1]) : 0
  const end = range?.[2] ? Math.min(Number(range[2]), status.size - 1) : status.size - 1
  if (start > end && status.size > 0) throw new Error('net::ERR_REQUEST_RANGE_NOT_SATISFIABLE')
  const stream = createReadStream(filePath, { start, ...(status.size > 0 ? { end } : {}) })
  return new Response(Readable.toWeb(stream) as ReadableStream, {
    status: range ? 206 : 200,
    headers: range
      ? {
          ...headers,
          'content-range': `bytes ${start}-${end}/${status.size}`,
          'content-length': `${end - start + 1}`,
        }
      : { ...headers, 'content-length': `${status.size}` },
  })
}

async function fetchFromWeb(context: FetchContext, request: Request): Promise<Response> {
  let url = request.url
  let method = request.method
  // A body that may have to be sent again after a redirect cannot be a stream.
  let body = request.body === null ? null : new Uint8Array(await request.arrayBuffer())
  const headers = new Headers(request.headers)
  if (!headers.has('user-agent')) headers.set('user-agent', context.userAgent)
  const isCookieWanted = request.credentials !== 'omit'
  for (let redirects = 0; redirects <= redirectLimit; redirects++) {
    const proxy = context.proxyFor(url)
    const cookie = isCookieWanted ? await context.cookieHeader(url) : ''
    if (cookie) headers.set('cookie', cookie)
    else if (redirects > 0) headers.delete('cookie')
    const response = await fetchOnce(url, { method, headers, body, signal: request.signal, proxy }).catch(
      (error: unknown) => {
        throw request.signal.aborted ? request.signal.reason : toNetError(error)
      },
    )
    const setCookies = response.headers.getSetCookie()
    if (isCookieWanted && setCookies.length > 0) await context.storeCookies(url, setCookies)
    const location = response.headers.get('location')
    if (!redirectStatuses.has(response.status) || location === null || request.redirect === 'manual')
      return finalResponse(response, url, redirects > 0)
    await response.body?.cancel()
    if (request.redirect === 'error') throw new Error('net::ERR_FAILED')
    url = new URL(location, url).href
    const becomesGet =
      response.status === 303 || ((response.status === 301 || response.status === 302) && method === 'POST')
    if (becomesGet && method !== 'HEAD') {
      method = 'GET'
      body = null
      for (const name of ['content-type', 'content-length', 'content-encoding']) headers.delete(name)
    }
  }
  throw new Error('net::ERR_TOO_MANY_REDIRECTS')
}

function finalResponse(response: Response, url: string, isRedirected: boolean): Response {
  Object.defineProperty(response, 'url', { value: url })
  if (isRedirected) Object.defineProperty(response, 'redirected', { value: true })
  return response
}

const netErrorOfSystemCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'net::ERR_CONNECTION_REFUSED',
  ECONNRESET: 'net::ERR_CONNECTION_RESET',
  ENOTFOUND: 'net::ERR_NAME_NOT_RESOLVED',
  EAI_AGAIN: 'net::ERR_NAME_NOT_RESOLVED',
  ETIMEDOUT: 'net::ERR_CONNECTION_TIMED_OUT',
  EHOSTUNREACH: 'net::ERR_ADDRESS_UNREACHABLE',
  ENETUNREACH: 'net::ERR_ADDRESS_UNREACHABLE',
  EPIPE: 'net::ERR_CONNECTION_CLOSED',
  HPE_INVALID_CONSTANT: 'net::ERR_INVALID_HTTP_RESPONSE',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'net::ERR_CERT_AUTHORITY_INVALID',
  SELF_SIGNED_CERT_IN_CHAIN: 'net::ERR_CERT_AUTHORITY_INVALID',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'net::ERR_CERT_AUTHORITY_INVALID',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'net::ERR_CERT_AUTHORITY_INVALID',
  CERT_HAS_EXPIRED: 'net::ERR_CERT_DATE_INVALID',
  ERR_TLS_CERT_ALTNAME_INVALID: 'net::ERR_CERT_COMMON_NAME_INVALID',
}

function toNetError(error: unknown): Error {
  const causes = error instanceof AggregateError ? [...error.errors, error] : [error]
  for (const cause of causes) {
    if (!(cause instanceof Error)) continue
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
    const message = netErrorOfSystemCode[code]
    if (message) return new Error(message, { cause: error })
  }
  return new Error('net::ERR_FAILED', { cause: error })
}

function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    promise.then(resolve, reject)
  })
}
