import { type Dispatcher, interceptors } from 'undici'
import type { CacheStore } from '../cache/cache-store.ts'
import { decoderOf } from '../downloads/decoding.ts'
import { FetchError, rethrowAsFetchError } from './errors.ts'
import { assureReachable, type Resolve } from './reach.ts'

export interface SmallFetch {
  readonly url: string
  /** The page that names the address. */
  readonly pageUrl: string
  readonly userAgent: string
  readonly accept: string
  /** Kinds of content that are taken, in lower case without parameters. */
  readonly contentTypes: ReadonlySet<string>
  /** Of the body after it was unpacked. */
  readonly maxBytes: number
  /** Whether a longer body is cut instead of refused. */
  readonly isCut?: boolean
}

export interface FetchTools {
  readonly dispatcher: Dispatcher
  readonly resolve: Resolve
  /** Null for private pages: neither read from nor written to. */
  readonly store: CacheStore | null
  readonly signal: AbortSignal
}

export interface FetchedSmall {
  readonly url: string
  readonly contentType: string
  /** With its parameters. */
  readonly contentTypeHeader: string
  readonly body: AsyncIterable<Uint8Array>
}

const mostRedirects = 5
const redirectStatuses = new Set([301, 302, 303, 307, 308])
const timeoutMs = 10_000

/**
 * Fetches something small without cookies, by rules that hold at each redirect. The body comes as it is read, and
 * throws FETCH_TOO_LARGE in the middle where it is longer than allowed.
 */
export async function fetchSmall(wanted: SmallFetch, tools: FetchTools): Promise<FetchedSmall> {
  const signal = AbortSignal.any([tools.signal, AbortSignal.timeout(timeoutMs)])
  const dispatcher =
    tools.store === null
      ? tools.dispatcher
      : tools.dispatcher.compose(interceptors.cache({ store: tools.store, type: 'private' }))
  let url = URL.parse(wanted.url)
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    if (url === null) break
    await assureReachable(url, wanted.pageUrl, tools.resolve)
    const { statusCode, headers, body } = await dispatcher
      .request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: 'GET',
        headers: { accept: wanted.accept, 'accept-encoding': 'identity', 'user-agent': wanted.userAgent },
        signal,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      })
      .catch(rethrowAsFetchError)
    body.on('error', () => {})
    const header = (name: string): string => {
      const value = headers[name]
      return (Array.isArray(value) ? value[0] : value) ?? ''
    }
    if (redirectStatuses.has(statusCode) && header('location') !== '') {
      await body.dump({ limit: 65_536 }).catch(() => {})
      url = URL.parse(header('location'), url.href)
      continue
    }
    const contentTypeHeader = header('content-type')
    const contentType = contentTypeHeader.split(';', 1)[0]?.trim().toLowerCase().slice(0, 300) ?? ''
    const problem = problemOf(statusCode, contentType, Number(header('content-length') || 0), wanted)
    if (problem !== null) {
      body.destroy()
      throw problem
    }
    const decoder = decoderOf(header('content-encoding'), '')
    const plain: AsyncIterable<Uint8Array> = decoder === null ? body : body.pipe(decoder)
    return { url: url.href, contentType, contentTypeHeader, body: limited(plain, body, wanted) }
  }
  throw new FetchError('FETCH_FAILED', 'It leads nowhere')
}

function problemOf(
  status: number,
  contentType: string,
  length: number,
  wanted: SmallFetch,
): FetchError | null {
  if (status < 200 || status > 299) return new FetchError('FETCH_FAILED', `The server answers ${status}`)
  if (!wanted.contentTypes.has(contentType)) return new FetchError('FETCH_TYPE', `It is "${contentType}"`)
  const isTooLong = length > wanted.maxBytes && wanted.isCut !== true
  return isTooLong ? new FetchError('FETCH_TOO_LARGE', `It has ${length} bytes`) : null
}

async function* limited(
  source: AsyncIterable<Uint8Array>,
  body: { destroy(): unknown },
  { maxBytes, isCut }: SmallFetch,
): AsyncGenerator<Uint8Array, void, void> {
  let length = 0
  try {
    for await (const chunk of source) {
      const room = maxBytes - length
      length += chunk.byteLength
      if (length <= maxBytes) yield chunk
      else if (isCut === true) {
        yield chunk.subarray(0, room)
        return
      } else throw new FetchError('FETCH_TOO_LARGE', `It has more than ${maxBytes} bytes`)
    }
  } catch (error) {
    rethrowAsFetchError(error)
  } finally {
    body.destroy()
  }
}
