import { once } from 'node:events'
import { createWriteStream, existsSync } from 'node:fs'
import { chown, copyFile, mkdir, rename, rm, unlink } from 'node:fs/promises'
import path from 'node:path'
import type { ChromiumBrowser } from '../chromium/browser.ts'
import type { Protocol } from '../chromium/devtools.ts'
import { DownloadItem } from './download-item.ts'
import { fromEngineUrl } from './scheme-mapping.ts'

/** What downloads need of their session. */
interface DownloadsOwner {
  /** Emits `will-download`; true when it was prevented. */
  announce(item: DownloadItem, frameId: string | null): boolean
  fetch(url: string, init: RequestInit): Promise<Response>
  /** Where files go that were given no place. */
  directory(): string
  now(): number
}

/**
 * The downloads of one session. Chromium (another user, when we are root) writes into a folder beside its profile;
 * what is finished is moved to where the application wants it.
 */
export class Downloads {
  readonly #browser: ChromiumBrowser
  readonly #owner: DownloadsOwner
  readonly #items = new Map<string, DownloadItem>()
  /** Cancelled, perhaps too late: small files are there before Chromium hears of it. */
  readonly #givenUp = new Set<string>()

  constructor(browser: ChromiumBrowser, owner: DownloadsOwner) {
    this.#browser = browser
    this.#owner = owner
  }

  /** Takes over the downloads of a browser context. */
  async start(browserContextId: string | null): Promise<void> {
    await this.#browser.root.send('Browser.setDownloadBehavior', {
      behavior: 'allowAndName',
      downloadPath: this.#stagingPath,
      eventsEnabled: true,
      ...(browserContextId === null ? {} : { browserContextId }),
    })
  }

  get #stagingPath(): string {
    return path.join(this.#browser.userDataDir, 'standin-downloads')
  }

  /** A page of this session began a download. */
  begin(event: Protocol.Browser.DownloadWillBeginEvent): void {
    const { guid } = event
    const cancel = () => {
      this.#items.delete(guid)
      this.#givenUp.add(guid)
      this.#browser.root
        .send('Browser.cancelDownload', { guid })
        .catch(() => {})
        .finally(() => this.#throwAway(guid))
    }
    const item = new DownloadItem(
      {
        url: fromEngineUrl(event.url),
        fileName: path.basename(event.suggestedFilename),
        initiatorOrigin: '',
        startTimeMs: this.#owner.now(),
      },
      { canPause: false, pause: () => {}, resume: () => {}, cancel },
      this.#owner.now,
    )
    this.#items.set(guid, item)
    if (this.#owner.announce(item, event.frameId)) item.cancel()
  }

  /** True when the download is one of this session. */
  progress(event: Protocol.Browser.DownloadProgressEvent): boolean {
    if (this.#givenUp.has(event.guid)) {
      if (event.state !== 'inProgress') {
        this.#givenUp.delete(event.guid)
        this.#throwAway(event.guid)
      }
      return true
    }
    const item = this.#items.get(event.guid)
    if (!item) return false
    switch (event.state) {
      case 'inProgress':
        item.progress(event.receivedBytes, event.totalBytes)
        break
      case 'canceled':
        this.#items.delete(event.guid)
        item.finish('interrupted')
        break
      case 'completed':
        this.#items.delete(event.guid)
        item.progress(event.receivedBytes, event.totalBytes)
        this.#deliver(path.join(this.#stagingPath, event.guid), item).then(
          () => item.finish('completed'),
          () => item.finish('interrupted'),
        )
    }
    return true
  }

  /** `session.downloadURL`: fetched by the main process, with the session's cookies and handlers. */
  downloadUrl(url: string, headers: Record<string, string>): void {
    const abort = new AbortController()
    let resumed: PromiseWithResolvers<void> | null = null
    const carrier = {
      canPause: true,
      pause: () => {
        resumed = Promise.withResolvers()
      },
      resume: () => {
        resumed?.resolve()
        resumed = null
      },
      cancel: () => {
        resumed?.resolve()
        abort.abort()
      },
    }
    const run = async () => {
      const response = await this.#owner.fetch(url, { headers, signal: abort.signal })
      const item = new DownloadItem(
        { url, fileName: fileNameOf(response, url), initiatorOrigin: '', startTimeMs: this.#owner.now() },
        carrier,
        this.#owner.now,
      )
      item.describe(response.headers)
      if (this.#owner.announce(item, null)) return item.cancel()
      await this.#receive(response, item, () => resumed?.promise ?? null).then(
        () => item.finish('completed'),
        () => item.finish('interrupted'),
      )
    }
    run().catch(error => console.error(`Failed to download ${url}:`, error))
  }

  async #receive(response: Response, item: DownloadItem, pause: () => Promise<void> | null): Promise<void> {
    const target = this.#choosePath(item)
    await mkdir(path.dirname(target), { recursive: true })
    const file = createWriteStream(target)
    let receivedBytes = 0
    try {
      for await (const chunk of response.body ?? []) {
        await pause()
        if (item.getState() !== 'progressing') throw new Error('cancelled')
        receivedBytes += chunk.length
        if (!file.write(chunk)) await once(file, 'drain')
        item.progress(receivedBytes, Math.max(item.getTotalBytes(), receivedBytes))
      }
      await new Promise<void>((resolve, reject) => {
        file.once('error', reject)
        file.end(() => resolve())
      })
    } catch (error) {
      file.destroy()
      await rm(target, { force: true })
      throw error
    }
  }

  async #deliver(staged: string, item: DownloadItem): Promise<void> {
    const target = this.#choosePath(item)
    await mkdir(path.dirname(target), { recursive: true })
    await rename(staged, target).catch(async () => {
      await copyFile(staged, target)
      await unlink(staged)
    })
    // Written by Chromium's user; the file belongs to the user of the application.
    const { getuid, getgid } = process
    if (getuid && getgid) await chown(target, getuid(), getgid()).catch(() => {})
  }

  /** As Electron does, nothing of a cancelled download stays on the disk. */
  #throwAway(guid: string): void {
    rm(path.join(this.#stagingPath, guid), { force: true }).catch(() => {})
  }

  #choosePath(item: DownloadItem): string {
    if (!item.getSavePath()) item.setSavePath(freePath(this.#owner.directory(), item.getFilename()))
    return item.getSavePath()
  }
}

function freePath(directory: string, fileName: string): string {
  const { name, ext } = path.parse(fileName || 'download')
  for (let number = 0; ; number++) {
    const candidate = path.join(directory, number === 0 ? `${name}${ext}` : `${name} (${number})${ext}`)
    if (!existsSync(candidate)) return candidate
  }
}

function fileNameOf(response: Response, url: string): string {
  const disposition = response.headers.get('content-disposition') ?? ''
  const encoded = /filename\*=(?:utf-8|iso-8859-1)''([^;]+)/i.exec(disposition)?.[1]
  const plain = /filename=(?:"([^"]*)"|([^;]+))/i.exec(disposition)
  const fromUrl = URL.parse(url)?.pathname.split('/').pop() ?? ''
  const name = encoded ? decodeUri(encoded) : (plain?.[1] ?? plain?.[2]?.trim() ?? decodeUri(fromUrl))
  return path.basename(name) || 'download'
}

function decodeUri(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
