import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { arch, freemem, platform, release, totalmem } from 'node:os'
import path from 'node:path'
import { app, type RenderProcessGoneDetails } from 'electron'
import { areaContracts } from '../../contracts/areas.ts'
import type { CrashRecord } from '../../contracts/storage-crashes.ts'
import { systemClock } from '../../ipc/clock.ts'
import type { Application } from '../application.ts'
import type { RestoredTab } from '../controller/browser-model.ts'
import type { PageFact, PageGone, TabId } from '../controller/tab-model.ts'
import { UnknownTabError } from '../messaging/browser-errors.ts'
import type { ProcessBook } from '../processes/book/known-process.ts'
import { endProcess } from '../processes/end-process.ts'
import { NotOfferedError } from '../sites/site-errors.ts'
import { storageClients } from '../storage/storage-client.ts'
import { WriteQueue } from '../storage/write-queue.ts'
import { siteOf } from '../tabs/site.ts'
import { CrashKeeper } from './crash-keeper.ts'
import { CrashWatch } from './crash-watch.ts'
import { exportCrashes } from './export-crashes.ts'
import { followFrames } from './followed-frames.ts'
import { lastMessages } from './last-messages.ts'
import { pageGone } from './page-loss.ts'
import { followPages } from './pulse/followed-pages.ts'
import { RestoreWatch } from './restore-watch.ts'
import { RunMark } from './run-mark.ts'

/** Messages that were longer ago have nothing to do with an end. */
const messageWindowMs = 60_000
/** As many sites as the setting holds; the oldest make room. */
const mostSiteLimits = 1_000
const mebibyte = 1024 * 1024

/** What main does about processes that are lost or hang: what a tab shows of it, what is written down, what is asked. */
export class CrashesPart implements Disposable {
  readonly keeper: CrashKeeper
  readonly #application: Application
  readonly #book: ProcessBook
  readonly #watch: CrashWatch
  readonly #mark: RunMark
  readonly #restores: RestoreWatch
  /** The last run did not close down. */
  #wasBroken = false
  readonly #opened = new DisposableStack()
  readonly #now = (): number => systemClock.wallClock()

  constructor(application: Application, book: ProcessBook) {
    this.#application = application
    this.#book = book
    const { log, switchboard } = application
    const warn = (message: string): void => log({ level: 'warning', message })
    const queue = this.#opened.use(
      new WriteQueue({ log, onLost: count => warn(`${count} records of crashes could not be kept`) }),
    )
    this.keeper = new CrashKeeper({
      storage: storageClients(switchboard.endpoint).crashes,
      write: write => queue.add(write),
      machine,
      makeId: randomUUID,
      onChanged: () => switchboard.endpoint.announce(areaContracts.crashes, 'changed', {}),
    })
    this.#watch = new CrashWatch({
      book,
      record: crash => this.keeper.record(crash),
      messagesOf: peer => lastMessages(switchboard.spans.read(messageWindowMs).spans, peer),
      lastExit: processId => this.#lastExit(processId),
      now: this.#now,
    })
    const profile = app.getPath('userData')
    // Before this run writes there.
    const lastSign = lastSignOfLife(profile)
    this.#mark = new RunMark({
      file: markFile(path.join(profile, 'run.json')),
      pid: process.pid,
      version: app.getVersion(),
      startedAt: this.#now(),
      warn,
    })
    this.#restores = this.#opened.use(new RestoreWatch(this.#mark, systemClock))
    const close = (): void => this.#mark.close()
    app.on('before-quit', close)
    this.#opened.defer(() => app.removeListener('before-quit', close))
    this.#recordBrokenRun(lastSign)
  }

  /** The tabs of the last run, with those held back that took their process or the browser along before. */
  judgeRestored(saved: readonly RestoredTab[]): readonly RestoredTab[] {
    this.#restores.follow(saved.map(tab => tab.id))
    if (this.#wasBroken && saved.length > 0) {
      this.#application.notify({
        id: 'core:broken',
        tone: 'info',
        message: 'Nexus did not close down last time. Your tabs are back as they were.',
      })
    }
    return saved.map(tab => (this.#mark.isHeldBack(tab.id) ? { ...tab, isHeldBack: true } : tab))
  }

  noteFact(tabId: TabId, fact: PageFact): void {
    this.#restores.noteFact(tabId, fact)
  }

  tabClosed(tabId: TabId): void {
    this.#restores.closed(tabId)
  }

  /** What a tab is to show of the loss of its process, which is written down too. */
  pageLost(
    tabId: TabId,
    seenPid: number | null,
    details: Pick<RenderProcessGoneDetails, 'reason' | 'exitCode'>,
  ): PageGone {
    const { browser } = this.#application
    // The engine may tell the number of a process only after its page has loaded; the book has it then.
    const known = this.#book.all().find(one => one.tabIds.includes(tabId) && !one.id.startsWith('frame:'))
    const pid = seenPid ?? known?.pid ?? null
    const tab = browser.getSnapshot().context.tabs.find(one => one.id === tabId)
    const lost = {
      details,
      pid,
      cause: pid === null ? null : this.#book.causeOf(pid),
      startedAt: pid === null ? null : (this.#book.byPid(pid)?.startedAt ?? null),
      memory: pid === null ? [] : this.#application.parts.processes.limits.samplesOf(pid),
      at: this.#now(),
    }
    const site = tab === undefined ? null : siteOf(tab.ref.getSnapshot().context.url)
    this.#watch.pageGone({ ...lost, tabId, site, isPrivate: tab?.isPrivate !== false })
    return pageGone(lost)
  }

  /** Ends a page that does not answer, by force: one that was stopped from outside hears nothing else. */
  endHung(tabId: TabId): void {
    const view = this.#application.tabs.find(tabId)
    if (view === null) return
    const { pid } = view
    if (pid === null) {
      view.endProcess()
      return
    }
    this.#book.noteEnd(pid, { kind: 'hung' })
    endProcess(pid)
  }

  /** To be called once the window is there. */
  serve(): Disposable {
    const application = this.#application
    const { endpoint } = application.switchboard
    this.#followEnds()
    this.#opened.use(followPages(application))
    this.#opened.use(followFrames(application, this.#book, frame => this.#watch.frameGone(frame)))
    return endpoint.serve(areaContracts.crashes, {
      list: () => this.keeper.list(),
      clear: () => this.keeper.clear(),
      restartWithMore: async ({ tabId }) => {
        await this.#restartWithMore(tabId)
        return {}
      },
      exportAll: async () => {
        const { folder } = application.parts.downloads
        return { file: await exportCrashes(await this.keeper.list(), { folder, at: this.#now() }) }
      },
    })
  }

  [Symbol.dispose](): void {
    this.#opened.dispose()
  }

  #followEnds(): void {
    const { window } = this.#application
    this.#opened.use(this.#book.onEntry((entry, process) => this.#watch.entry(entry, process)))
    const helperGone = (_event: unknown, details: Electron.Details): void =>
      this.#watch.engineHelperGone(details)
    app.on('child-process-gone', helperGone)
    this.#opened.defer(() => app.removeListener('child-process-gone', helperGone))
    const { webContents } = window.chrome
    let chrome = { pid: window.chromePid, startedAt: this.#now() }
    webContents.on('did-finish-load', () => {
      chrome = { pid: window.chromePid, startedAt: this.#now() }
    })
    webContents.on('render-process-gone', (_event, details) =>
      this.#watch.chromeGone(chrome.pid, chrome.startedAt, details),
    )
  }

  #lastExit(processId: string) {
    const { parts, services } = this.#application
    const actor =
      processId === 'service:compositor'
        ? parts.compositor.process.actor
        : [...services.values()].find(({ definition }) => `service:${definition.name}` === processId)?.actor
    return actor?.getSnapshot().context.lastExit ?? null
  }

  #recordBrokenRun(lastSign: number): void {
    const run = this.#mark.brokenRun
    if (run === null) return
    const at = Math.max(run.startedAt, lastSign)
    this.keeper.record({
      kind: 'main',
      name: 'core',
      reason: 'did not close down: it crashed, was ended by force, or the computer stopped',
      exitCode: null,
      site: null,
      uptimeMs: at - run.startedAt,
      lastMessages: [],
      at,
    })
    this.#wasBroken = true
  }

  async #restartWithMore(tabId: string): Promise<void> {
    const { browser, storage } = this.#application
    const { context } = browser.getSnapshot()
    const tab = context.tabs.find(one => one.id === tabId)
    if (tab === undefined) throw new UnknownTabError(tabId)
    const snapshot = tab.ref.getSnapshot()
    const { url, gone } = snapshot.context
    const site = siteOf(url)
    const memory = gone?.end?.memory ?? null
    if (snapshot.value.page !== 'gone' || memory === null || site === null || tab.isPrivate) {
      throw new NotOfferedError('This page cannot be given more memory.')
    }
    const megabytes = Math.min(65_536, Math.ceil((memory.limitBytes * 2) / mebibyte))
    const others = context.settings.siteMemoryLimits.filter(one => one.site !== site)
    const siteMemoryLimits = [...others, { site, megabytes }].slice(-mostSiteLimits)
    const settings = await storage.saveSettings({ siteMemoryLimits })
    browser.send({ type: 'settings.changed', settings })
    browser.send({ type: 'tab.tell', tabId: tab.id, event: { type: 'reload' } })
  }
}

function machine(): CrashRecord['machine'] {
  return {
    platform: platform(),
    architecture: arch(),
    release: release().slice(0, 200),
    totalMemoryBytes: totalmem(),
    freeMemoryBytes: freemem(),
    nexusVersion: app.getVersion().slice(0, 50),
  }
}

function markFile(file: string) {
  return {
    read: () => readFileSync(file, 'utf8'),
    write: (text: string) => {
      writeFileSync(`${file}.new`, text, { mode: 0o600 })
      renameSync(`${file}.new`, file)
    },
  }
}

/** When something was last written by a run that told nobody of its end; 0 for never. */
function lastSignOfLife(profile: string): number {
  const times = ['nexus.sqlite', 'nexus.sqlite-wal', 'run.json'].map(name => {
    try {
      return Math.trunc(statSync(path.join(profile, name)).mtimeMs)
    } catch {
      return 0
    }
  })
  return Math.max(...times)
}
