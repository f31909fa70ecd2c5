import type { HstsHost, SiteRecord, storageSitesContract } from '../../contracts/storage-sites.ts'
import type { Client } from '../../ipc/client.ts'
import type { Log } from '../../ipc/log.ts'
import { WriteQueue } from '../storage/write-queue.ts'
import type { SiteWriter } from './site-book.ts'

type SitesStorage = Client<typeof storageSitesContract>

/** HSTS hosts that are read at the start. */
const mostHosts = 20_000

/**
 * Writes into the storage process what is chosen for sites, in order. A write that was not answered because that process
 * died is made again when it is back.
 */
export class StoredSites implements SiteWriter, Disposable {
  readonly #storage: SitesStorage
  readonly #queue: WriteQueue

  constructor(storage: SitesStorage, log: Log) {
    this.#storage = storage
    this.#queue = new WriteQueue({
      log,
      onLost: count => log({ level: 'error', message: `${count} choices for sites were not written down` }),
    })
  }

  async load(): Promise<{ readonly records: readonly SiteRecord[]; readonly hsts: readonly HstsHost[] }> {
    const records: SiteRecord[] = []
    for await (const record of this.#storage.listSites({})) records.push(record)
    return { records, hsts: await this.#storage.hsts({ limit: mostHosts }) }
  }

  choose(change: Parameters<SiteWriter['choose']>[0]): void {
    this.#queue.add(() => this.#storage.choose(change))
  }

  decidePermission(decision: Parameters<SiteWriter['decidePermission']>[0]): void {
    this.#queue.add(() => this.#storage.decidePermission(decision))
  }

  forgetPermission(site: string, permission: string | null): void {
    this.#queue.add(() => this.#storage.forgetPermissions({ site, permission }))
  }

  forgetSite(site: string): void {
    this.#queue.add(() => this.#storage.forgetSite({ site }))
  }

  recordHsts(host: HstsHost): void {
    this.#queue.add(() => this.#storage.recordHsts(host))
  }

  /** Resolves when everything is on disk. */
  drained(): Promise<void> {
    return this.#queue.drained()
  }

  [Symbol.dispose](): void {
    this.#queue[Symbol.dispose]()
  }
}
