import { Writable } from 'node:stream'
import type { interceptors } from 'undici'
import type { CacheFile, CacheRow } from './cache-file.ts'

/** What undici's cache interceptor asks of a store; its package exports the type only in this way. */
export type CacheStore = NonNullable<NonNullable<Parameters<typeof interceptors.cache>[0]>['store']>
type CacheKey = Parameters<CacheStore['get']>[0]
type CacheValue = Parameters<CacheStore['createWriteStream']>[1]
type GetResult = Exclude<Awaited<ReturnType<CacheStore['get']>>, undefined>

/** One answer of ours is small: icons, heads of pages, pictures of articles. */
const mostEntryBytes = 4 * 1024 * 1024

/**
 * The answers of one partition of the cache. Pages of one site share a partition and nothing with those of another, so
 * that no site learns from the cache what was fetched for another.
 */
export function cacheStoreFor(file: CacheFile, partition: string): CacheStore {
  return {
    get(key) {
      const row = file
        .find(partition, urlOf(key), key.method)
        .find(({ vary }) => vary === null || isVaryMet(key, varyOf(vary)))
      if (row === undefined) return undefined
      file.touch(row)
      return resultOf(row)
    },
    createWriteStream(key, value) {
      const chunks: Uint8Array[] = []
      let size = 0
      return new Writable({
        write(chunk: Uint8Array, _encoding, done) {
          size += chunk.byteLength
          if (size <= mostEntryBytes) chunks.push(chunk)
          done()
        },
        final(done) {
          if (size <= mostEntryBytes) put(file, partition, key, value, Buffer.concat(chunks, size))
          done()
        },
      })
    },
    delete(key) {
      file.remove(partition, urlOf(key))
    },
  }
}

function put(file: CacheFile, partition: string, key: CacheKey, value: CacheValue, body: Uint8Array): void {
  const url = urlOf(key)
  // Of answers that differ by a header of the request one is kept for each.
  const replaced = file
    .find(partition, url, key.method)
    .filter(({ vary }) => vary === null || value.vary === undefined || isVaryMet(key, varyOf(vary)))
    .map(({ id }) => id)
  file.put(
    { partition, url, method: key.method },
    {
      status: value.statusCode,
      status_message: value.statusMessage,
      headers: JSON.stringify(value.headers),
      vary: value.vary === undefined ? null : JSON.stringify(value.vary),
      etag: value.etag ?? null,
      directives: JSON.stringify(value.cacheControlDirectives ?? {}),
      cached_at: value.cachedAt,
      stale_at: value.staleAt,
      delete_at: value.deleteAt,
      body,
    },
    replaced,
  )
}

function resultOf(row: CacheRow): GetResult {
  return {
    statusCode: row.status,
    statusMessage: row.status_message,
    // Written above from the same types; a file that was damaged does not pass the check at its opening.
    headers: JSON.parse(row.headers) as GetResult['headers'],
    cacheControlDirectives: JSON.parse(row.directives) as GetResult['cacheControlDirectives'],
    ...(row.vary === null ? {} : { vary: varyOf(row.vary) }),
    ...(row.etag === null ? {} : { etag: row.etag }),
    cachedAt: row.cached_at,
    staleAt: row.stale_at,
    deleteAt: row.delete_at,
    // In a list: of a lone buffer undici would hand on each byte when it renews the answer.
    body: [Buffer.from(row.body.buffer, row.body.byteOffset, row.body.byteLength)],
  }
}

type Vary = Record<string, string | string[] | null>

function varyOf(text: string): Vary {
  return JSON.parse(text) as Vary
}

function isVaryMet({ headers = {} }: CacheKey, vary: Vary): boolean {
  return Object.entries(vary).every(([name, value]) => String(headers[name] ?? '') === String(value ?? ''))
}

function urlOf({ origin, path }: CacheKey): string {
  return `${origin}${path}`
}
