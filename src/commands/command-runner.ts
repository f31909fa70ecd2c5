import type { Notice } from '../../contracts/browser.ts'
import type { BrowserCommand } from '../../contracts/command.ts'
import type { Settings } from '../../contracts/storage.ts'
import type { BrowserEvent } from '../controller/browser-model.ts'
import type { TabId } from '../controller/tab-model.ts'

/** What a command can do to a page. */
export interface PageHands {
  zoomLevel(): number
  setZoomLevel(level: number): void
  setMuted(isMuted: boolean): void
  reloadFresh(): void
  /** Resolves with why it failed, or null. */
  print(): Promise<string | null>
}

/** What the UI shows, or asks about, at a word. */
type ShownPart =
  | 'toggleProcesses'
  | 'analyze'
  | 'settings'
  | 'history'
  | 'bookmarks'
  | 'downloads'
  | 'keepPage'
  | 'organise'

/** What commands are carried out with. */
export interface CommandHands {
  send(event: BrowserEvent): void
  tabs(): {
    readonly tabs: readonly { readonly id: TabId; readonly url: string }[]
    readonly activeTabId: TabId | null
  }
  /** Null for a tab without a page. */
  page(tabId: TabId): PageHands | null
  /** Shows a part of the UI. */
  show(part: ShownPart): void
  saveTheme(theme: Settings['theme']): Promise<void>
  copyText(text: string): void
  clearHistory(): Promise<void>
  clearCookies(): Promise<void>
  clearCache(): Promise<void>
  setFullScreen(isFullScreen: boolean): void
  notify(notice: Pick<Notice, 'tone' | 'message'>): void
  quit(): void
}

/** Chromium's levels: each is a fifth more, from about a quarter to five times. */
const zoomLevels = { least: -8, most: 9 }

/** Does what was asked for. What a command names and is gone by now is left alone. */
export class CommandRunner {
  readonly #hands: CommandHands

  constructor(hands: CommandHands) {
    this.#hands = hands
  }

  async run(command: BrowserCommand): Promise<void> {
    const hands = this.#hands
    switch (command.kind) {
      case 'closeTabs':
        for (const { id } of hands.tabs().tabs.filter(tab => command.tabIds.includes(tab.id))) {
          hands.send({ type: 'tab.close', tabId: id })
        }
        return
      case 'switchTab':
        for (const { id } of hands.tabs().tabs.filter(tab => tab.id === command.tabId)) {
          hands.send({ type: 'tab.activate', tabId: id })
        }
        return
      case 'clearData':
        return this.#clear(command)
      case 'newTab':
        return hands.send({ type: 'tab.open', url: null, isInBackground: false, afterTabId: null })
      case 'privateTab':
        return hands.send({
          type: 'tab.open',
          url: null,
          isInBackground: false,
          afterTabId: null,
          isPrivate: true,
        })
      case 'reopenTab':
        return hands.send({ type: 'tab.reopen' })
      case 'nextTab':
        return this.#step(1)
      case 'previousTab':
        return this.#step(-1)
      case 'reloadAll':
        for (const { id, url } of hands.tabs().tabs) {
          if (url !== '') hands.send({ type: 'tab.tell', tabId: id, event: { type: 'reload' } })
        }
        return
      case 'muteAll':
      case 'unmuteAll':
        for (const { id } of hands.tabs().tabs) hands.page(id)?.setMuted(command.kind === 'muteAll')
        return
      case 'fullScreen':
      case 'leaveFullScreen':
        return hands.setFullScreen(command.kind === 'fullScreen')
      case 'darkTheme':
        return hands.saveTheme('dark')
      case 'lightTheme':
        return hands.saveTheme('light')
      case 'systemTheme':
        return hands.saveTheme('system')
      case 'analyze':
      case 'settings':
      case 'history':
      case 'bookmarks':
      case 'downloads':
      case 'keepPage':
      case 'organise':
        return hands.show(command.kind)
      case 'processes':
        return hands.show('toggleProcesses')
      case 'quit':
        return hands.quit()
      default:
        return this.#runOnActive(command.kind)
    }
  }

  async #runOnActive(kind: ActiveTabCommand): Promise<void> {
    const { tabs, activeTabId } = this.#hands.tabs()
    const tab = tabs.find(one => one.id === activeTabId)
    if (tab === undefined) return
    switch (kind) {
      case 'closeTab':
        return this.#hands.send({ type: 'tab.close', tabId: tab.id })
      case 'pinTab':
      case 'unpinTab':
        return this.#hands.send({ type: 'tab.pin', tabId: tab.id, isPinned: kind === 'pinTab' })
      case 'reload':
      case 'stop':
      case 'goBack':
      case 'goForward':
        return this.#hands.send({ type: 'tab.tell', tabId: tab.id, event: { type: kind } })
      case 'copyLink':
        if (tab.url === '') return
        this.#hands.copyText(tab.url)
        return this.#hands.notify({ tone: 'info', message: 'The address of this page was copied.' })
      default: {
        const page = this.#hands.page(tab.id)
        if (page === null) this.#hands.notify({ tone: 'info', message: 'This tab shows no page.' })
        else await this.#runOnPage(kind, page)
      }
    }
  }

  async #runOnPage(kind: PageCommand, page: PageHands): Promise<void> {
    switch (kind) {
      case 'zoomIn':
        return page.setZoomLevel(Math.min(zoomLevels.most, page.zoomLevel() + 1))
      case 'zoomOut':
        return page.setZoomLevel(Math.max(zoomLevels.least, page.zoomLevel() - 1))
      case 'zoomReset':
        return page.setZoomLevel(0)
      case 'mute':
      case 'unmute':
        return page.setMuted(kind === 'mute')
      case 'reloadFresh':
        return page.reloadFresh()
      case 'print': {
        const problem = await page.print()
        if (problem === null) return
        return this.#hands.notify({ tone: 'warning', message: `This page was not printed. ${problem}` })
      }
    }
  }

  async #clear(command: Extract<BrowserCommand, { kind: 'clearData' }>): Promise<void> {
    if (command.history) await this.#hands.clearHistory()
    if (command.cookies) await this.#hands.clearCookies()
    if (command.cache) await this.#hands.clearCache()
    this.#hands.notify({ tone: 'info', message: 'It was deleted from this computer.' })
  }

  #step(by: 1 | -1): void {
    const { tabs, activeTabId } = this.#hands.tabs()
    const position = tabs.findIndex(tab => tab.id === activeTabId)
    const next = tabs.at((position + by) % tabs.length)
    if (next !== undefined) this.#hands.send({ type: 'tab.activate', tabId: next.id })
  }
}

type PageCommand = 'zoomIn' | 'zoomOut' | 'zoomReset' | 'mute' | 'unmute' | 'reloadFresh' | 'print'
type ActiveTabCommand =
  | PageCommand
  | 'closeTab'
  | 'pinTab'
  | 'unpinTab'
  | 'reload'
  | 'stop'
  | 'goBack'
  | 'goForward'
  | 'copyLink'
