import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { app, clipboard, type DownloadItem, dialog, type Session, shell, type WebContents } from 'electron'
import { areaContracts } from '../../contracts/areas.ts'
import { type DownloadHeaders, downloadsContract } from '../../contracts/downloads.ts'
import { IpcError } from '../../ipc/errors.ts'
import { endpointId } from '../../ipc/identity.ts'
import type { Application } from '../application.ts'
import type { WebRequests } from '../network/web-request.ts'
import { isPageAddress } from '../security/navigation-policy.ts'
import type { PageSession } from '../security/page-sessions.ts'
import { storageClients } from '../storage/storage-client.ts'
import { DownloadKeeper } from './download-keeper.ts'
import { engineFilePath, followEngineDownload } from './engine-download.ts'
import { PostedAddresses } from './posted-addresses.ts'
import { referrerFor } from './referrer.ts'

/** An address that is not of the web was to be fetched. */
class NotDownloadableError extends IpcError {
  constructor() {
    super('NOT_DOWNLOADABLE', 'Only files of the web can be downloaded.')
  }
}

/** What main has around downloads: takes them over from pages, and shows them to the chrome UI. */
export class DownloadsPart implements Disposable {
  readonly keeper: DownloadKeeper
  readonly #application: Application
  readonly #opened = new DisposableStack()
  readonly #posted = new PostedAddresses()

  constructor(application: Application, requests: WebRequests) {
    this.#application = application
    const { endpoint } = application.switchboard
    const network = endpoint.client(downloadsContract, endpointId('network'))
    this.keeper = new DownloadKeeper({
      network,
      storage: storageClients(endpoint).downloads,
      folder: () => this.folder,
      headersFor: (url, referrer, isPrivate) => this.#headersFor(url, referrer, isPrivate),
      isThere: existsSync,
      now: Date.now,
      makeId: randomUUID,
      onChanged: entry => endpoint.announce(areaContracts.downloads, 'changed', entry),
      onRemoved: ids => endpoint.announce(areaContracts.downloads, 'removed', { ids }),
      warn: message => application.log({ level: 'warning', message }),
    })
    this.#opened.use(network.on('opened', () => this.keeper.networkOpened()))
    this.#opened.use(network.on('progressed', progress => this.keeper.progressed(progress)))
    this.#opened.use(requests.join(this.#posted.part))
    application.pageSessions.attach(page => this.#attach(page))
  }

  /** Where files go. */
  get folder(): string {
    return this.#application.browser.getSnapshot().context.settings.downloadFolder ?? app.getPath('downloads')
  }

  /** Brings back what was there before the browser ended. Never rejects. */
  async load(): Promise<void> {
    await this.keeper.load().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      this.#application.log({ level: 'warning', message: `Earlier downloads are not known: ${reason}` })
    })
  }

  serve(): Disposable {
    const { keeper } = this
    const { endpoint } = this.#application.switchboard
    return endpoint.serve(areaContracts.downloads, {
      list: () => ({ folder: this.folder, entries: keeper.entries() }),
      start: async ({ url }) => ({ id: await this.start(url) }),
      pause: ({ id }) => done(keeper.pause(id)),
      resume: ({ id }) => done(keeper.resume(id)),
      cancel: ({ id }) => done(keeper.cancel(id)),
      remove: ({ id }) => done(keeper.remove(id)),
      clearFinished: () => done(keeper.clearFinished()),
      keep: ({ id }) => done(keeper.keep(id)),
      open: async ({ id }) => {
        const problem = await shell.openPath(keeper.fileOf(id))
        if (problem !== '') throw new IpcError('CANNOT_OPEN', `The file could not be opened: ${problem}`)
        return {}
      },
      showInFolder: ({ id }) => {
        shell.showItemInFolder(keeper.fileOf(id))
        return {}
      },
      copyAddress: ({ id }) => {
        clipboard.writeText(keeper.addressOf(id))
        return {}
      },
      openFolder: async () => {
        const problem = await shell.openPath(this.folder)
        if (problem !== '') throw new IpcError('CANNOT_OPEN', `The folder could not be opened: ${problem}`)
        return {}
      },
      chooseFolder: async (_args, call) => {
        const { window, storage, browser } = this.#application
        const { canceled, filePaths } = await dialog.showOpenDialog(window.window, {
          title: 'Where downloads go',
          defaultPath: this.folder,
          properties: ['openDirectory', 'createDirectory'],
        })
        const [downloadFolder] = filePaths
        if (canceled || downloadFolder === undefined) return { isChosen: false }
        const settings = await storage.saveSettings({ downloadFolder }, { within: call })
        browser.send({ type: 'settings.changed', settings })
        return { isChosen: true }
      },
    })
  }

  /** Fetches an address that the person named; answers the id. */
  start(url: string, expectedSha256: string | null = null): Promise<string> {
    if (!isPageAddress(url)) throw new NotDownloadableError()
    return this.keeper.begin({
      urls: [url],
      suggestedName: null,
      referrer: null,
      isPrivate: false,
      expectedSha256,
    })
  }

  [Symbol.dispose](): void {
    this.#opened.dispose()
  }

  #attach(page: PageSession): undefined {
    const take = (event: Electron.Event, item: DownloadItem, contents: WebContents | undefined): void =>
      this.#take(event, item, contents, page)
    page.session.on('will-download', take)
    if (!page.isPrivate) return
    page.ended.addEventListener('abort', () => {
      page.session.off('will-download', take)
      void this.keeper.forgetPrivate()
    })
  }

  /** What can be had again is fetched by the network process, which goes on after any end; else the engine saves it. */
  #take(
    event: Electron.Event,
    item: DownloadItem,
    contents: WebContents | undefined,
    page: PageSession,
  ): void {
    const { isPrivate } = page
    const urls = item.getURLChain().length > 0 ? item.getURLChain() : [item.getURL()]
    const url = urls.at(-1) ?? ''
    const referrer =
      contents === undefined || contents.isDestroyed() ? null : referrerFor(contents.getURL(), url)
    const request = { urls, suggestedName: item.getFilename(), referrer, isPrivate }
    if (isPageAddress(url) && !this.#posted.has(url)) {
      event.preventDefault()
      void this.keeper.begin(request)
      return
    }
    const filePath = engineFilePath(this.folder, item.getFilename())
    const id = this.keeper.follow({ ...request, filePath, urls: [shortAddress(url)] }, item)
    const network = this.#application.switchboard.endpoint.client(downloadsContract, endpointId('network'))
    followEngineDownload(item, filePath, {
      release: async (partialPath, wanted) =>
        (await network.release({ partialPath, filePath: wanted })).filePath,
      now: Date.now,
      onProgress: (change, bytesPerSecond) => this.keeper.engineProgressed(id, change, bytesPerSecond),
    })
  }

  async #headersFor(url: string, referrer: string | null, isPrivate: boolean): Promise<DownloadHeaders> {
    const { session } = this.#application.pageSessions.obtain(isPrivate)
    return {
      userAgent: session.getUserAgent(),
      acceptLanguage: app.getLocale() || null,
      referrer,
      cookie: await cookiesFor(session, url),
    }
  }
}

async function cookiesFor(session: Session, url: string): Promise<string | null> {
  const cookies = await session.cookies.get({ url }).catch(() => [])
  const text = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return text === '' || text.length > 16_384 ? null : text
}

/** An address that holds its own bytes is not kept. */
function shortAddress(url: string): string {
  return url.startsWith('data:') ? 'data:' : url
}

async function done(work: Promise<void>): Promise<Record<string, never>> {
  await work
  return {}
}
