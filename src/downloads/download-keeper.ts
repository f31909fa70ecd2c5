import type { DownloadHeaders, DownloadProgress, downloadsContract } from '../../contracts/downloads.ts'
import { type DownloadEntry, mostDownloadEntries } from '../../contracts/downloads-for-chrome.ts'
import type { DownloadRecord, storageDownloadsContract } from '../../contracts/storage-downloads.ts'
import type { Client } from '../../ipc/client.ts'
import { IpcError } from '../../ipc/errors.ts'
import {
  type EngineItem,
  engineCode,
  entryOf,
  heldCode,
  isActive,
  isHeld,
  isOver,
  type KnownDownload,
} from './known-download.ts'

export interface DownloadKeeperOptions {
  readonly network: Pick<
    Client<typeof downloadsContract>,
    'start' | 'pause' | 'cancel' | 'release' | 'discard'
  >
  readonly storage: Pick<Client<typeof storageDownloadsContract>, 'save' | 'saveProgress' | 'list' | 'remove'>
  /** Where files go. */
  readonly folder: () => string
  /** What is sent along to an address, as the pages' session has it now. */
  readonly headersFor: (url: string, referrer: string | null, isPrivate: boolean) => Promise<DownloadHeaders>
  readonly isThere: (file: string) => boolean
  readonly now: () => number
  readonly makeId: () => string
  readonly onChanged: (entry: DownloadEntry) => void
  readonly onRemoved: (ids: string[]) => void
  readonly warn: (message: string) => void
}

export interface DownloadRequest {
  /** From what was asked for to what it was redirected to last. */
  readonly urls: readonly string[]
  readonly suggestedName: string | null
  readonly referrer: string | null
  readonly isPrivate: boolean
  /** Lower-case hex; null where nobody said what it should be. */
  readonly expectedSha256?: string | null
}

/** There is no download of this name, or it is in no state for what was asked. */
class NoSuchDownloadError extends IpcError {
  constructor() {
    super('NO_SUCH_DOWNLOAD', 'This download is not there any more, or has changed meanwhile.')
  }
}

/** How often the storage is told how far one is; what is on the disk its own journal knows. */
const saveEveryMs = 5_000

/**
 * All downloads that a person knows of. The network process fetches them and forgets them with its end; the storage
 * keeps what is known of them, except of private ones; the journal beside each file says what is really there.
 */
export class DownloadKeeper {
  readonly #options: DownloadKeeperOptions
  readonly #known = new Map<string, KnownDownload>()
  readonly #suggestedNames = new Map<string, string>()

  constructor(options: DownloadKeeperOptions) {
    this.#options = options
  }

  /** The latest first. */
  entries(): DownloadEntry[] {
    return [...this.#known.values()]
      .toSorted((one, other) => other.record.startedAt - one.record.startedAt)
      .slice(0, mostDownloadEntries)
      .map(known => entryOf(known, this.#options.isThere))
  }

  /** Brings back what the storage knows, and goes on with what was running when the browser ended. */
  async load(): Promise<void> {
    const { storage } = this.#options
    const records = await storage.list({ states: null, query: '', limit: mostDownloadEntries })
    for (const record of records) {
      if (this.#known.has(record.id)) continue
      const known = this.#remember(record, { isPrivate: false, item: null })
      if (!isActive(known)) continue
      if (record.error?.code === engineCode)
        this.#change(known, { state: 'failed', endedAt: this.#options.now() })
      else await this.#startInNetwork(known)
    }
  }

  /** Fetches a file; answers its id. */
  async begin({
    urls,
    suggestedName,
    referrer,
    isPrivate,
    expectedSha256 = null,
  }: DownloadRequest): Promise<string> {
    const known = this.#create({ urls, name: suggestedName, referrer, isPrivate, item: null })
    const { record } = known
    if (expectedSha256 !== null) {
      record.checksum = { algorithm: 'sha256', expected: expectedSha256, actual: null }
    }
    if (suggestedName !== null) this.#suggestedNames.set(record.id, suggestedName)
    this.#change(known, {})
    await this.#startInNetwork(known)
    return record.id
  }

  /** Knows of a file that the engine fetches. */
  follow(request: DownloadRequest & { readonly filePath: string }, item: EngineItem): string {
    const known = this.#create({ ...request, name: request.suggestedName, item })
    this.#change(known, {
      state: 'running',
      filePath: request.filePath,
      // Until it is over: after the end of the browser nothing of it can be had again.
      error: { code: engineCode, message: '' },
    })
    return known.record.id
  }

  /** How far the engine is with a file. */
  engineProgressed(id: string, change: Partial<DownloadRecord>, bytesPerSecond: number): void {
    const known = this.#known.get(id)
    if (known === undefined || known.item === null) return
    known.bytesPerSecond = bytesPerSecond
    this.#change(known, change)
  }

  /** How far the network process is with a file. */
  progressed(progress: DownloadProgress): void {
    const known = this.#known.get(progress.id)
    if (known === undefined || known.item !== null) return
    const { phase } = progress
    known.bytesPerSecond = phase.kind === 'running' ? phase.bytesPerSecond : 0
    const { filePath, partialPath, urls, mimeType, size, received, etag, lastModified, acceptsRanges } =
      progress
    this.#change(known, {
      urls: urls[0] === known.record.urls[0] ? [...urls] : known.record.urls,
      ...(filePath === null ? {} : { filePath }),
      partialPath,
      mimeType,
      size,
      received,
      etag,
      lastModified,
      acceptsRanges,
      ...this.#changeByPhase(known, phase),
    })
  }

  /** The network process has begun anew, and knows of nothing. */
  networkOpened(): void {
    for (const known of this.#known.values()) {
      if (known.item === null && isActive(known)) void this.#startInNetwork(known)
    }
  }

  async pause(id: string): Promise<void> {
    const known = this.#get(id, isActive)
    known.pausedBy = 'person'
    if (known.item === null) await this.#options.network.pause({ id })
    else known.item.pause()
    if (isActive(known)) this.#change(known, { state: 'paused' })
  }

  /** Goes on, or tries again what failed. */
  async resume(id: string): Promise<void> {
    const known = this.#get(id, one => !isActive(one) && !isHeld(one) && one.record.state !== 'completed')
    if (known.item !== null) {
      known.item.resume()
      this.#change(known, { state: 'running' })
      return
    }
    if (known.record.error?.code === engineCode) throw new NoSuchDownloadError()
    this.#change(known, { state: 'waiting', error: null, endedAt: null })
    await this.#startInNetwork(known)
  }

  async cancel(id: string): Promise<void> {
    const known = this.#get(id, one => !isOver(one) || one.record.state === 'failed')
    await this.#giveUp(known)
    this.#change(known, {
      state: 'cancelled',
      partialPath: null,
      received: 0,
      error: null,
      endedAt: this.#options.now(),
    })
  }

  /** Forgets it; a whole file stays, a part of one is deleted. */
  async remove(id: string): Promise<void> {
    await this.#forget([this.#get(id, () => true)])
  }

  async clearFinished(): Promise<void> {
    await this.#forget([...this.#known.values()].filter(isOver))
  }

  /** The last private tab is closed: its downloads end with it, and nobody knows of them any more. */
  async forgetPrivate(): Promise<void> {
    await this.#forget([...this.#known.values()].filter(({ isPrivate }) => isPrivate))
  }

  /** Gives a held file its name. */
  async keep(id: string): Promise<void> {
    const known = this.#get(id, isHeld)
    const { partialPath, filePath } = known.record
    if (partialPath === null) throw new NoSuchDownloadError()
    const released = await this.#options.network.release({ partialPath, filePath })
    this.#change(known, {
      state: 'completed',
      filePath: released.filePath,
      partialPath: null,
      error: null,
      endedAt: this.#options.now(),
    })
  }

  /** Where a whole file lies. */
  fileOf(id: string): string {
    return this.#get(id, ({ record }) => record.state === 'completed').record.filePath
  }

  addressOf(id: string): string {
    return this.#get(id, () => true).record.urls[0] ?? ''
  }

  #get(id: string, isRight: (known: KnownDownload) => boolean): KnownDownload {
    const known = this.#known.get(id)
    if (known === undefined || !isRight(known)) throw new NoSuchDownloadError()
    return known
  }

  #create(request: {
    readonly urls: readonly string[]
    readonly name: string | null
    readonly referrer: string | null
    readonly isPrivate: boolean
    readonly item: EngineItem | null
  }): KnownDownload {
    const { folder, makeId, now } = this.#options
    const at = now()
    const name =
      request.name ??
      URL.parse(request.urls.at(-1) ?? '')
        ?.pathname.split('/')
        .at(-1) ??
      ''
    return this.#remember(
      {
        id: makeId(),
        urls: [...request.urls].slice(0, 50),
        referrer: request.referrer,
        filePath: `${folder()}/${name || 'download'}`,
        partialPath: null,
        mimeType: '',
        size: null,
        received: 0,
        etag: null,
        lastModified: null,
        acceptsRanges: false,
        state: 'waiting',
        checksum: null,
        error: null,
        startedAt: at,
        changedAt: at,
        endedAt: null,
      },
      request,
    )
  }

  #remember(record: DownloadRecord, facts: Pick<KnownDownload, 'isPrivate' | 'item'>): KnownDownload {
    const known = {
      isPrivate: facts.isPrivate,
      item: facts.item,
      record,
      bytesPerSecond: 0,
      pausedBy: 'person',
      savedAt: this.#options.now(),
    } satisfies KnownDownload
    this.#known.set(record.id, known)
    return known
  }

  async #startInNetwork(known: KnownDownload): Promise<void> {
    const { network, headersFor, folder } = this.#options
    const { id, urls, referrer, partialPath, checksum } = known.record
    try {
      await network.start({
        id,
        urls,
        folder: partialPath === null ? folder() : folderOf(partialPath),
        suggestedName: this.#suggestedNames.get(id) ?? null,
        headers: await headersFor(urls.at(-1) ?? '', referrer, known.isPrivate),
        expectedSha256: checksum?.expected ?? null,
        partialPath,
      })
    } catch (error) {
      // Asked for again as soon as the network process is there.
      this.#say('A download could not be started', error)
    }
  }

  #changeByPhase(known: KnownDownload, phase: DownloadProgress['phase']): Partial<DownloadRecord> {
    const endedAt = known.record.endedAt ?? this.#options.now()
    const checksum = (actual: string): DownloadRecord['checksum'] => ({
      algorithm: 'sha256',
      expected: known.record.checksum?.expected ?? null,
      actual,
    })
    switch (phase.kind) {
      case 'waiting':
      case 'running':
      case 'paused':
        return { state: phase.kind }
      case 'completed':
        return {
          state: 'completed',
          partialPath: null,
          checksum: checksum(phase.sha256),
          error: null,
          endedAt,
        }
      case 'held':
        return {
          state: 'paused',
          checksum: checksum(phase.sha256),
          error: { code: heldCode, message: phase.danger },
          endedAt,
        }
      case 'cancelled':
        return { state: 'cancelled', partialPath: null, error: null, endedAt }
      case 'failed':
        return { state: 'failed', error: { code: phase.code, message: phase.detail }, endedAt }
    }
  }

  async #giveUp({ record, item }: KnownDownload): Promise<void> {
    const { network } = this.#options
    if (item !== null) {
      item.cancel()
      return
    }
    await network.cancel({ id: record.id })
    if (record.partialPath !== null) await network.discard({ partialPath: record.partialPath })
  }

  async #forget(forgotten: readonly KnownDownload[]): Promise<void> {
    const ids = forgotten.map(({ record }) => record.id)
    for (const known of forgotten) {
      this.#known.delete(known.record.id)
      this.#suggestedNames.delete(known.record.id)
    }
    if (ids.length > 0) this.#options.onRemoved(ids)
    for (const known of forgotten) {
      if (known.record.state !== 'completed') {
        await this.#giveUp(known).catch(error =>
          this.#say('A part of a download could not be deleted', error),
        )
      }
      if (known.isPrivate) continue
      await this.#options.storage
        .remove({ id: known.record.id })
        .catch(error => this.#say('A download could not be forgotten', error))
    }
  }

  #change(known: KnownDownload, change: Partial<DownloadRecord>): void {
    const { now, onChanged, isThere } = this.#options
    const before = known.record
    const at = now()
    known.record = { ...before, ...change, changedAt: at }
    const isOnlyFarther =
      change.state === before.state &&
      known.record.filePath === before.filePath &&
      known.record.partialPath === before.partialPath &&
      known.record.size === before.size
    if (!known.isPrivate) this.#save(known, isOnlyFarther, at)
    onChanged(entryOf(known, isThere))
  }

  #save(known: KnownDownload, isOnlyFarther: boolean, at: number): void {
    const { storage } = this.#options
    const { id, received } = known.record
    if (isOnlyFarther && at - known.savedAt < saveEveryMs) return
    known.savedAt = at
    const saving = isOnlyFarther ? storage.saveProgress({ id, received, at }) : storage.save(known.record)
    saving.catch((error: unknown) => this.#say('A download could not be noted', error))
  }

  #say(what: string, error: unknown): void {
    this.#options.warn(`${what}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(1, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'))))
}
