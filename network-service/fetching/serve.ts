import type { Dispatcher } from 'undici'
import { type FetchContext, type FetchPurpose, fetchingContract } from '../../contracts/fetching.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { moved } from '../../ipc/moving.ts'
import type { CacheFile } from '../cache/cache-file.ts'
import { type CacheStore, cacheStoreFor } from '../cache/cache-store.ts'
import { type FetchTools, fetchSmall, type SmallFetch } from './fetch-small.ts'
import { decodePage, readPageHead } from './page-head.ts'
import type { Resolve } from './reach.ts'

const pictures = [
  'image/png',
  'image/x-icon',
  'image/vnd.microsoft.icon',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/svg+xml',
]

/** Of each purpose: what is taken, and how much of it. */
const limits: Readonly<Record<FetchPurpose, Pick<SmallFetch, 'accept' | 'contentTypes' | 'maxBytes'>>> = {
  icon: { accept: 'image/*', contentTypes: new Set(pictures), maxBytes: 128 * 1024 },
  picture: {
    accept: 'image/*',
    // Drawings can hold anything, and only an icon is shown so small that nobody is led astray by them.
    contentTypes: new Set(pictures.filter(type => type !== 'image/svg+xml')),
    maxBytes: 4 * 1024 * 1024,
  },
}

const pages = {
  accept: 'text/html,application/xhtml+xml',
  contentTypes: new Set(['text/html', 'application/xhtml+xml']),
  maxBytes: 512 * 1024,
  isCut: true,
} as const

/** Bytes that cross at once. */
const pieceBytes = 65_536

/** Serves what the browser fetches itself. */
export function serveFetching(
  endpoint: Endpoint,
  tools: { readonly dispatcher: Dispatcher; readonly resolve: Resolve; readonly cache: CacheFile },
): Disposable {
  const { dispatcher, resolve, cache } = tools
  const toolsFor = (context: FetchContext, signal: AbortSignal): FetchTools => ({
    dispatcher,
    resolve,
    store: storeFor(cache, context),
    signal,
  })
  return endpoint.serve(fetchingContract, {
    fetch: async function* ({ url, purpose, context }, { signal }) {
      const { pageUrl, userAgent } = context
      const wanted = { url, pageUrl, userAgent, ...limits[purpose] }
      const fetched = await fetchSmall(wanted, toolsFor(context, signal))
      let byteCount = 0
      for await (const chunk of fetched.body) {
        byteCount += chunk.byteLength
        for (let at = 0; at < chunk.byteLength; at += pieceBytes) {
          yield moved(new Uint8Array(chunk.subarray(at, at + pieceBytes)))
        }
      }
      return { contentType: fetched.contentType, url: fetched.url, byteCount }
    },
    preview: async ({ url, context }, { signal }) => {
      const { pageUrl, userAgent } = context
      const fetched = await fetchSmall({ url, pageUrl, userAgent, ...pages }, toolsFor(context, signal))
      const chunks: Uint8Array[] = []
      for await (const chunk of fetched.body) chunks.push(chunk)
      const html = decodePage(Buffer.concat(chunks), fetched.contentTypeHeader)
      return { url: fetched.url, ...readPageHead(html, fetched.url) }
    },
    cacheSize: () => ({ byteCount: cache.byteCount, entries: cache.entries, isBroken: cache.isBroken }),
    clearCache: () => {
      cache.clear()
      return {}
    },
  })
}

/** Each site has a part of the cache of its own; a private page has none. */
function storeFor(cache: CacheFile, { pageUrl, isPrivate }: FetchContext): CacheStore | null {
  const host = URL.parse(pageUrl)?.hostname
  return isPrivate || host === undefined ? null : cacheStoreFor(cache, host)
}
