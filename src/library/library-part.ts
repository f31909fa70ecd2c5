import { randomUUID } from 'node:crypto'
import { dialog } from 'electron'
import { areaContracts } from '../../contracts/areas.ts'
import { systemClock } from '../../ipc/clock.ts'
import type { Application } from '../application.ts'
import type { TabId } from '../controller/tab-model.ts'
import { UnknownTabError } from '../messaging/browser-errors.ts'
import { isPageAddress } from '../security/navigation-policy.ts'
import { type StorageClients, storageClients } from '../storage/storage-client.ts'
import { BookmarkFiles } from './bookmark-files.ts'
import { BookmarkKeeper } from './bookmark-keeper.ts'
import { NotAPageError } from './not-a-page-error.ts'
import { PastEraser } from './past-eraser.ts'
import { ScrollWatcher } from './scroll-watcher.ts'

/** More tabs at once would be an accident. */
const mostOpened = 50

const netscapeFiles = [{ name: 'Bookmarks', extensions: ['html', 'htm'] }]

/** What main has around what a person keeps: bookmarks, closed, pinned and private tabs, the past. */
export class LibraryPart implements Disposable {
  readonly bookmarks: BookmarkKeeper
  readonly #application: Application
  readonly #storage: StorageClients
  readonly #files: BookmarkFiles
  readonly #past: PastEraser
  readonly #scroll: ScrollWatcher

  constructor(application: Application) {
    this.#application = application
    this.#storage = storageClients(application.switchboard.endpoint)
    const { library, care } = this.#storage
    this.bookmarks = new BookmarkKeeper({ storage: library, makeId: randomUUID, now: Date.now })
    this.#files = new BookmarkFiles({
      storage: library,
      chooseFile: () => this.#chooseFile(),
      choosePlace: fileName => this.#choosePlace(fileName),
      now: Date.now,
    })
    this.#past = new PastEraser({
      care,
      closedTabs: () => application.browser.getSnapshot().context.closed,
      forgetClosedTabs: closedIds => application.browser.send({ type: 'closed.forget', closedIds }),
      leaveOpenPagesAlone: () => application.understanding.memory.leaveOpenPagesAlone(),
      now: Date.now,
    })
    this.#scroll = new ScrollWatcher({
      clock: systemClock,
      look: async () => {
        const { tabs, activeTabId } = application.browser.getSnapshot().context
        const tab = tabs.find(one => one.id === activeTabId)
        if (tab === undefined) return
        await application.tabs.find(tab.id)?.lookAtScroll(tab.ref.getSnapshot().context.scroll)
      },
    })
  }

  [Symbol.dispose](): void {
    this.#scroll[Symbol.dispose]()
  }

  /** Opens a tab of which nothing is kept; null for the new-tab page. */
  openPrivately(input: string | null): void {
    const application = this.#application
    application.browser.send({
      type: 'tab.open',
      url: null,
      isInBackground: false,
      afterTabId: null,
      isPrivate: true,
    })
    const { activeTabId } = application.browser.getSnapshot().context
    if (input !== null && activeTabId !== null) application.go(activeTabId, input)
  }

  /** Keeps the page of a tab as a bookmark. */
  keepTab(tabId: string): ReturnType<BookmarkKeeper['keep']> {
    const { url, title } = this.#tab(tabId).ref.getSnapshot().context
    if (!isPageAddress(url)) throw new NotAPageError()
    return this.bookmarks.keep({ url, title })
  }

  serve(): Disposable {
    const { browser, switchboard, storage } = this.#application
    const { endpoint } = switchboard
    const { library } = this.#storage
    library.on('bookmarksChanged', change =>
      endpoint.announce(areaContracts.library, 'bookmarksChanged', change, { isLatestOnly: true }),
    )
    return endpoint.serve(areaContracts.library, {
      bookmarks: async function* (_args, call) {
        const nodes = library.tree({}, { within: call, signal: call.signal })
        yield* nodes
        return nodes.result
      },
      findBookmarks: (query, call) => library.find(query, { within: call, signal: call.signal }),
      bookmarksOfTab: ({ tabId }, call) => {
        const { url } = this.#tab(tabId).ref.getSnapshot().context
        return isPageAddress(url) ? library.ofUrl({ url }, { within: call }) : []
      },
      keepTab: ({ tabId }) => this.keepTab(tabId),
      addFolder: ({ parentId, title }) => this.bookmarks.addFolder(parentId, title),
      editBookmark: async change => {
        await this.bookmarks.edit(change)
        return {}
      },
      moveBookmarks: async ({ ids, parentId, position }) => {
        await this.bookmarks.move(ids, parentId, position)
        return {}
      },
      removeBookmarks: ({ ids }) => this.bookmarks.remove(ids),
      undoRemoval: ({ removalId }, call) => library.undoRemove({ removalId }, { within: call }),
      openBookmarks: ({ ids }) => this.#open(ids),
      bookmarkTags: (_args, call) => library.tags({}, { within: call }),
      importBookmarks: () => this.#files.import(),
      exportBookmarks: () => this.#files.export(),

      newPrivateTab: ({ input }) => {
        this.openPrivately(input)
        return {}
      },
      pinTab: ({ tabId, isPinned }) => {
        browser.send({ type: 'tab.pin', tabId: this.#tab(tabId).id, isPinned })
        return {}
      },
      duplicateTab: ({ tabId }) => {
        browser.send({ type: 'tab.duplicate', tabId: this.#tab(tabId).id })
        return {}
      },
      closeTabs: ({ tabIds }) => {
        for (const { id, isPinned } of browser.getSnapshot().context.tabs) {
          if (tabIds.includes(id) && (!isPinned || tabIds.length === 1)) {
            browser.send({ type: 'tab.close', tabId: id })
          }
        }
        return {}
      },
      closedTabs: () =>
        browser
          .getSnapshot()
          .context.closed.map(({ id, title, url, closedAt }) => ({ id, title, url, closedAt }))
          .toReversed(),
      reopenClosedTab: ({ id }) => {
        browser.send({ type: 'tab.reopen', closedId: id as TabId })
        return {}
      },

      visitedPages: ({ limit }, call) => storage.searchHistory({ query: '', limit }, { within: call }),
      forgetTime: ({ past }) => this.#past.forgetTime(past),
      forgetSite: ({ site }) => this.#past.forgetSite(site),
    })
  }

  #tab(tabId: string) {
    const tab = this.#application.browser.getSnapshot().context.tabs.find(one => one.id === tabId)
    if (tab === undefined) throw new UnknownTabError(tabId)
    return tab
  }

  async #open(ids: readonly string[]): Promise<{ opened: number }> {
    const nodes = await Promise.all(ids.slice(0, mostOpened).map(id => this.#storage.library.get({ id })))
    const { tabs, activeTabId } = this.#application.browser.getSnapshot().context
    const isPrivate = tabs.find(tab => tab.id === activeTabId)?.isPrivate === true
    let opened = 0
    for (const node of nodes) {
      if (node?.kind !== 'bookmark' || !isPageAddress(node.url)) continue
      opened += 1
      this.#application.browser.send({
        type: 'tab.open',
        url: node.url,
        isInBackground: true,
        afterTabId: null,
        isPrivate,
      })
    }
    return { opened }
  }

  async #chooseFile(): Promise<string | null> {
    const { window } = this.#application.window
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title: 'Import bookmarks',
      filters: netscapeFiles,
      properties: ['openFile'],
    })
    return canceled ? null : (filePaths[0] ?? null)
  }

  async #choosePlace(fileName: string): Promise<string | null> {
    const { window } = this.#application.window
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: 'Export bookmarks',
      defaultPath: fileName,
      filters: netscapeFiles,
    })
    return canceled || filePath === '' ? null : filePath
  }
}
