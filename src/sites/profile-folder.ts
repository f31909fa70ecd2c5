import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'

/** What the files of a profile say about one origin. */
export interface OriginFiles {
  readonly origin: string
  readonly indexedDbBytes: number
  readonly cacheBytes: number
}

export interface ProfileFiles {
  readonly origins: readonly OriginFiles[]
  /** Of all sites together, which share one database. */
  readonly localStorageBytes: number
  /** Scripts and registrations of all sites together. */
  readonly serviceWorkerBytes: number
}

/** The index of a cache names its origin near its beginning. */
const indexBytesRead = 64 * 1024

/**
 * Measures what sites keep in the folder of a session (`session.getStoragePath()`), by the folders that Chromium keeps for
 * each origin: "IndexedDB/https_host_0.indexeddb.leveldb" and ".blob", "Service Worker/CacheStorage/<hash>" with the origin
 * in its "index.txt". Local storage is one database for all. A folder that is not there, or goes away meanwhile, is empty.
 */
export async function measureProfile(folder: string): Promise<ProfileFiles> {
  const [indexedDb, caches, localStorageBytes, scripts, registrations] = await Promise.all([
    measureIndexedDb(path.join(folder, 'IndexedDB')),
    measureCaches(path.join(folder, 'Service Worker', 'CacheStorage')),
    sizeOfFolder(path.join(folder, 'Local Storage')),
    sizeOfFolder(path.join(folder, 'Service Worker', 'ScriptCache')),
    sizeOfFolder(path.join(folder, 'Service Worker', 'Database')),
  ])
  const origins = [...new Set([...indexedDb.keys(), ...caches.keys()])].map(origin => ({
    origin,
    indexedDbBytes: indexedDb.get(origin) ?? 0,
    cacheBytes: caches.get(origin) ?? 0,
  }))
  return { origins, localStorageBytes, serviceWorkerBytes: scripts + registrations }
}

/** "https_example.org_0" is the origin on its standard port. Null for what is no origin of the web. */
export function originOfFolder(name: string): string | null {
  const [, scheme, host, port] = /^(https?)_(.+)_(\d+)(?:\.|$)/.exec(name) ?? []
  if (scheme === undefined || host === undefined || port === undefined) return null
  const origin = URL.parse(`${scheme}://${host}${port === '0' ? '' : `:${port}`}`)?.origin
  return origin === undefined || origin === 'null' ? null : origin
}

async function measureIndexedDb(folder: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>()
  for (const name of await namesIn(folder)) {
    const origin = originOfFolder(name)
    if (origin === null) continue
    sizes.set(origin, (sizes.get(origin) ?? 0) + (await sizeOfFolder(path.join(folder, name))))
  }
  return sizes
}

async function measureCaches(folder: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>()
  for (const name of await namesIn(folder)) {
    const index = await readFile(path.join(folder, name, 'index.txt'), 'latin1').catch(() => '')
    const address = /https?:\/\/[^\s/\p{Cc}"]+/u.exec(index.slice(0, indexBytesRead))?.[0]
    const origin = address === undefined ? undefined : URL.parse(address)?.origin
    if (origin === undefined) continue
    sizes.set(origin, (sizes.get(origin) ?? 0) + (await sizeOfFolder(path.join(folder, name))))
  }
  return sizes
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => [])
}

async function sizeOfFolder(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter(entry => entry.isFile())
  const sizes = await Promise.all(
    files.map(file =>
      stat(path.join(file.parentPath, file.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
