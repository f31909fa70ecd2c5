import { createHash, randomUUID } from 'node:crypto'
import type { Notice } from '../../contracts/browser.ts'
import { defaultSettings, type SavedTab, type Settings } from '../../contracts/storage.ts'
import { systemClock } from '../../ipc/clock.ts'
import type { Log } from '../../ipc/log.ts'
import type { BrowserContext } from '../controller/browser-model.ts'
import type { AnalysisContext } from '../controller/page-analysis-machine.ts'
import type { TabContext, TabId } from '../controller/tab-machine.ts'
import type { StorageClient } from './storage-client.ts'
import { WriteQueue } from './write-queue.ts'

export interface SessionKeeperOptions {
  readonly storage: StorageClient
  readonly log: Log
  readonly notify: (notice: Omit<Notice, 'id'> & { readonly id?: string }) => void
}

/** How long the first answer of storage is waited for before the browser starts without it. */
const loadDeadlineMs = 10_000

/** A person who quits waits this long at most for the last writes. */
const flushDeadlineMs = 2_000

/**
 * Writes down what a person would miss after a crash: finished navigations, open tabs with their order, analyses. Each
 * is written as it happens; private and ephemeral tabs are not.
 */
export class SessionKeeper {
  readonly #storage: StorageClient
  readonly #queue: WriteQueue
  readonly #log: Log
  readonly #notify: SessionKeeperOptions['notify']
  /** What was last written of each tab, so that a change that changes nothing costs nothing. */
  readonly #written = new Map<TabId, string>()

  constructor({ storage, log, notify }: SessionKeeperOptions) {
    this.#storage = storage
    this.#log = log
    this.#notify = notify
    this.#queue = new WriteQueue({
      log,
      onLost: count =>
        notify({
          id: 'storage:lost',
          tone: 'problem',
          message: `${count} changes could not be saved. Check that the disk is not full and that its folder can be written.`,
        }),
    })
  }

  /** Tabs and settings of the last run. Never throws: a browser without its history still browses, and says so. */
  async load(): Promise<{ saved: readonly SavedTab[]; settings: Settings }> {
    try {
      const report = await this.#storage.openingReport({}, { deadlineMs: loadDeadlineMs })
      if (report.kind === 'recovered') {
        this.#notify({
          id: 'storage:opening',
          tone: 'warning',
          message: `The profile's database was damaged (${report.reason}). ${report.saved.historyEntries} addresses and ${report.saved.tabs} tabs were saved; the damaged file is kept at ${report.damagedFile}.`,
        })
      }
      if (report.kind === 'failed') {
        this.#notify({
          id: 'storage:opening',
          tone: 'problem',
          message: `Nothing can be saved in this session: ${report.reason}`,
        })
        return { saved: [], settings: defaultSettings }
      }
      const [saved, settings] = await Promise.all([
        this.#storage.loadSession({}),
        this.#storage.loadSettings({}),
      ])
      for (const tab of saved) this.#written.set(tab.id as TabId, JSON.stringify(tab))
      return { saved, settings }
    } catch (error) {
      this.#log({
        level: 'error',
        message: `Storage did not answer: ${error instanceof Error ? error.message : error}`,
      })
      this.#notify({
        id: 'storage:opening',
        tone: 'problem',
        message: 'Storage does not answer, so the tabs of the last run are not shown. Browsing works.',
      })
      return { saved: [], settings: defaultSettings }
    }
  }

  recordVisit(tab: TabContext, url: string): void {
    if (leavesNoTrace(tab)) return
    const visit = { visitId: randomUUID(), url, title: tab.title, at: Date.now() }
    this.#queue.add(() => this.#storage.recordVisit(visit))
  }

  updateTitle(tab: TabContext, url: string, title: string): void {
    if (!leavesNoTrace(tab) && title !== '') this.#queue.add(() => this.#storage.updateTitle({ url, title }))
  }

  rememberTab(tab: TabContext, browser: BrowserContext): void {
    if (leavesNoTrace(tab)) return
    const kept = browser.tabs.filter(one => !leavesNoTrace(one))
    const position = kept.findIndex(one => one.id === tab.id)
    if (position === -1) return
    const group = kept[position]?.group ?? null
    this.#saveTab({
      id: tab.id,
      url: tab.url === '' ? null : tab.url,
      title: tab.title,
      position,
      isActive: browser.activeTabId === tab.id,
      ...(group === null ? {} : { group }),
    })
  }

  /** After a tab was opened, closed, moved or activated: several rows may have changed. */
  rememberOrder(browser: BrowserContext): void {
    for (const tab of browser.tabs) this.rememberTab(tab.ref.getSnapshot().context, browser)
  }

  forgetTab(tabId: TabId): void {
    this.#written.delete(tabId)
    this.#queue.add(() => this.#storage.removeTab({ id: tabId }))
  }

  rememberAnalysis({ url, analysis }: AnalysisContext): void {
    if (analysis === null) return
    const { stages: _stages, totalMs: _totalMs, ...content } = analysis
    const contentHash = createHash('sha256').update(JSON.stringify(content)).digest('hex')
    const row = { contentHash, url, analysisJson: JSON.stringify(analysis), at: Date.now() }
    this.#queue.add(() => this.#storage.saveAnalysis(row))
  }

  /** Waits until all that was to be written is on disk, but not for ever: storage may be gone for good. */
  async flush(): Promise<void> {
    await Promise.race([
      this.#queue.drained(),
      new Promise<void>(resolve => systemClock.after(flushDeadlineMs, resolve)),
    ])
    this.#queue[Symbol.dispose]()
  }

  #saveTab(tab: SavedTab): void {
    const id = tab.id as TabId
    const row = JSON.stringify(tab)
    if (this.#written.get(id) === row) return
    this.#written.set(id, row)
    this.#queue.add(() => this.#storage.saveTab(tab))
  }
}

/** Tabs of the command line and private ones. */
function leavesNoTrace(tab: { readonly isEphemeral: boolean; readonly isPrivate: boolean }): boolean {
  return tab.isEphemeral || tab.isPrivate
}
