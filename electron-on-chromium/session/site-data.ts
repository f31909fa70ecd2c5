import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { ChromiumBrowser } from '../chromium/browser.ts'
import type { DevToolsSession } from '../chromium/devtools.ts'
import { UnsupportedApiError } from '../platform/unsupported.ts'
import { originToEngine } from './headers.ts'

export type StorageName =
  | 'cookies'
  | 'filesystem'
  | 'indexdb'
  | 'localstorage'
  | 'shadercache'
  | 'serviceworkers'
  | 'cachestorage'

const engineNames: Readonly<Record<StorageName, string | null>> = {
  // Cookies are cleared by their own way: DevTools clears them for one origin only.
  cookies: null,
  filesystem: 'file_systems',
  indexdb: 'indexeddb',
  localstorage: 'local_storage',
  shadercache: 'shader_cache',
  serviceworkers: 'service_workers',
  cachestorage: 'cache_storage',
}

/** What a session has stored for sites, apart from cookies. DevTools reaches it through a page of the session. */
export class SiteData {
  readonly #browser: ChromiumBrowser
  readonly #context: () => Promise<string | null>
  readonly #page: () => DevToolsSession | null
  readonly #origins: ReadonlySet<string>

  /** `origins`: every origin (as Chromium knows it) that this session has shown since its start. */
  constructor(options: {
    readonly browser: ChromiumBrowser
    readonly context: () => Promise<string | null>
    readonly page: () => DevToolsSession | null
    readonly origins: ReadonlySet<string>
  }) {
    this.#browser = options.browser
    this.#context = options.context
    this.#page = options.page
    this.#origins = options.origins
  }

  /** `origin` null: every origin that has stored something. */
  async clear(storages: readonly StorageName[] | null, origin: string | null): Promise<void> {
    const wanted = (storages ?? (Object.keys(engineNames) as StorageName[])).flatMap(
      name => engineNames[name] ?? [],
    )
    if (wanted.length === 0) return
    const storageTypes = wanted.join(',')
    await this.#withPage(async page => {
      const origins =
        origin === null
          ? await this.#knownOrigins()
          : [originToEngine(new URL(origin).origin === 'null' ? origin : new URL(origin).origin)]
      await Promise.all(
        origins.map(one => page.send('Storage.clearDataForOrigin', { origin: one, storageTypes })),
      )
    })
  }

  async clearCache(): Promise<void> {
    await this.#withPage(page => page.send('Network.clearBrowserCache'))
  }

  /** In bytes. */
  async cacheSize(): Promise<number> {
    if ((await this.#context()) !== null)
      throw new UnsupportedApiError(
        'session.getCacheSize',
        'the cache of a session in memory cannot be measured',
      )
    return sizeOfFolder(path.join(this.#browser.userDataDir, 'Default', 'Cache'))
  }

  /**
   * DevTools lists no origins: those seen in this run, and those whose files lie in the profile. */
  async #knownOrigins(): Promise<string[]> {
    const folder = path.join(this.#browser.userDataDir, 'Default', 'IndexedDB')
    const isDefault = (await this.#context()) === null
    const files = isDefault ? await readdir(folder).catch(() => []) : []
    const stored = files.flatMap(name => {
      const match = /^(https?)_(.+)_(\d+)\.indexeddb/.exec(name)
      return match ? [`${match[1]}://${match[2]}${match[3] === '0' ? '' : `:${match[3]}`}`] : []
    })
    return [...new Set([...this.#origins, ...stored])]
  }

  async #withPage<T>(use: (page: DevToolsSession) => Promise<T>): Promise<T> {
    const page = this.#page()
    if (page) return use(page)
    const temporary = await this.#browser.createTarget({ browserContextId: await this.#context() })
    try {
      return await use(temporary)
    } finally {
      if (temporary.targetId)
        await this.#browser.root.send('Target.closeTarget', { targetId: temporary.targetId }).catch(() => {})
    }
  }
}

async function sizeOfFolder(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const sizes = await Promise.all(
    entries
      .filter(entry => entry.isFile())
      .map(entry =>
        stat(path.join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
