import { createHash, randomUUID } from 'node:crypto'
import type { Notice } from '../../contracts/browser.ts'
import { defaultSettings, type OpeningReport, type Settings } from '../../contracts/storage.ts'
import { systemClock } from '../../ipc/clock.ts'
import type { Log } from '../../ipc/log.ts'
import type { BrowserContext, ClosedTab, OpenTab, RestoredTab } from '../controller/browser-model.ts'
import type { AnalysisContext } from '../controller/page-analysis-machine.ts'
import type { TabContext, TabId } from '../controller/tab-model.ts'
import { OpenTabsKeeper, type OpenTabsKeeperOptions } from './open-tabs-keeper.ts'
import { repeatLoad } from './repeat-load.ts'
import type { StorageClient, StorageClients } from './storage-client.ts'
import { WriteQueue } from './write-queue.ts'

export interface SessionKeeperOptions {
  readonly storage: StorageClient
  readonly sessions: OpenTabsKeeperOptions['sessions']
  readonly care: Pick<StorageClients['care'], 'on'>
  readonly log: Log
  readonly notify: (notice: Omit<Notice, 'id'> & { readonly id?: string }) => void
}

/** What is brought back. */
export interface LoadedSession {
  readonly saved: readonly RestoredTab[]
  /** Latest last. */
  readonly closed: readonly ClosedTab[]
  readonly settings: Settings
}

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
  readonly #tabs: OpenTabsKeeper
  readonly #listening: Disposable

  constructor({ storage, sessions, care, log, notify }: SessionKeeperOptions) {
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
    this.#tabs = new OpenTabsKeeper({ sessions, write: write => this.#queue.add(write), now: Date.now })
    this.#listening = care.on('healthChanged', health =>
      notify({
        id: 'storage:health',
        ...(health.kind === 'sound'
          ? { tone: 'info', message: 'Saving works again. What was waiting has been saved.' }
          : { tone: 'problem', message: health.message }),
      }),
    )
  }

  /**
   * Tabs and settings of the last run. Never throws: a browser without its history still browses, and says so. What was
   * open is kept as the session of that run.
   */
  async load(): Promise<LoadedSession> {
    try {
      const { report, settings, saved, closed } = await repeatLoad(remainingMs => this.#read(remainingMs))
      const words = wordsOf(report)
      if (words !== null) this.#notify({ id: 'storage:opening', ...words })
      if (settings.restoresSession) return { saved, closed, settings }
      this.#tabs.forgetAll(saved)
      return { saved: [], closed, settings }
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
      return { saved: [], closed: [], settings: defaultSettings }
    }
  }

  async #read(deadlineMs: number) {
    const report = await this.#storage.openingReport({}, { deadlineMs })
    const settings = await this.#storage.loadSettings({})
    return { report, settings, ...(await this.#tabs.load()) }
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
    if (!leavesNoTrace(tab)) this.#tabs.remember([tab], keptTabs(browser), browser.activeTabId)
  }

  /** After a tab was opened, closed, moved or activated: several rows may have changed. */
  rememberOrder(browser: BrowserContext): void {
    const kept = keptTabs(browser)
    const tabs = kept.map(one => one.ref.getSnapshot().context)
    this.#tabs.remember(tabs, kept, browser.activeTabId)
  }

  rememberScroll(tab: TabContext): void {
    if (!leavesNoTrace(tab)) this.#tabs.rememberScroll(tab)
  }

  forgetTab(tabId: TabId): void {
    this.#tabs.forget(tabId)
  }

  /** It is gone and can be reopened. */
  rememberClosed(closed: ClosedTab): void {
    this.#tabs.close(closed)
  }

  /** It was reopened, or is not to be known any more. */
  forgetClosed(tabId: TabId): void {
    this.#tabs.forgetClosed(tabId)
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
    // What changed in this turn is not in the queue yet.
    await Promise.resolve()
    await Promise.race([
      this.#queue.drained(),
      new Promise<void>(resolve => systemClock.after(flushDeadlineMs, resolve)),
    ])
    this.#queue[Symbol.dispose]()
    this.#listening[Symbol.dispose]()
  }
}

function keptTabs(browser: BrowserContext): readonly OpenTab[] {
  return browser.tabs.filter(one => !leavesNoTrace(one))
}

/** What a person should know of how the database was found; null for nothing. */
function wordsOf(report: OpeningReport): Omit<Notice, 'id'> | null {
  switch (report.kind) {
    case 'opened':
    case 'created':
      return null
    case 'recovered': {
      const { historyEntries, tabs, bookmarks } = report.saved
      const from =
        report.backupAt === null ? '' : ` and a copy of ${new Date(report.backupAt).toLocaleString()}`
      const kept = report.damagedFile === null ? '' : ` The damaged file is kept at ${report.damagedFile}.`
      return {
        tone: 'warning',
        message: `The profile's database was damaged (${report.reason}). From what could be read${from} there are ${historyEntries} addresses, ${bookmarks} bookmarks and ${tabs} tabs.${kept}`,
      }
    }
    case 'failed':
      return { tone: 'problem', message: `Nothing can be saved now: ${report.reason}. ${report.wayOut}` }
  }
}

/** Tabs of the command line and private ones. */
function leavesNoTrace(tab: { readonly isEphemeral: boolean; readonly isPrivate: boolean }): boolean {
  return tab.isEphemeral || tab.isPrivate
}
