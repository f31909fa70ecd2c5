import { app } from 'electron'
import { networkFilteringContract } from '../../contracts/network-filtering.ts'
import { networkViewContract } from '../../contracts/network-for-chrome.ts'
import { systemClock } from '../../ipc/clock.ts'
import { endpointId } from '../../ipc/identity.ts'
import type { Application } from '../application.ts'
import { coalesce } from '../messaging/coalesce.ts'
import { siteOf } from '../tabs/site.ts'
import type { TabView } from '../tabs/tab-view.ts'
import { FilterDecisions } from './filter-decisions.ts'
import { HarFiles } from './har-files.ts'
import { PageHiding } from './page-hiding.ts'
import { RequestBlocker } from './request-blocker.ts'
import { RequestLog } from './request-log.ts'
import { TabBytes } from './tab-bytes.ts'
import type { WebRequests } from './web-request.ts'

/** What main knows of the requests of pages, and what it does about those that filter lists stop. */
export class RequestsPart implements Disposable {
  readonly log: RequestLog
  readonly blocker: RequestBlocker
  readonly decisions: FilterDecisions
  readonly files: HarFiles
  /** How much tabs get. */
  readonly bytes: TabBytes
  readonly #hiding: PageHiding
  /** Tabs by the number of their contents: every request asks for one. */
  readonly #tabs = new Map<number, string>()
  readonly #opened = new DisposableStack()
  #counted = new Set<string>()

  constructor(application: Application, requests: WebRequests) {
    const { endpoint } = application.switchboard
    const filtering = endpoint.client(networkFilteringContract, endpointId('network'))
    const settings = () => application.browser.getSnapshot().context.settings
    const tabOf = (webContentsId: number) => this.#tabs.get(webContentsId) ?? null
    const announceCounts = coalesce(() => {
      const changed = [...this.#counted].map(tabId => ({ tabId, count: this.blocker.count(tabId) }))
      this.#counted = new Set()
      endpoint.announce(networkViewContract, 'blocked', changed)
    })
    this.log = this.#opened.use(
      new RequestLog({
        tabOf,
        clock: systemClock,
        publish: (batch, isTold) =>
          endpoint.announce(networkViewContract, 'requests', batch, { to: peer => isTold(peer.id) }),
      }),
    )
    this.decisions = new FilterDecisions({
      ask: judged => filtering.decide({ requests: judged }),
      clock: systemClock,
      afterTick: work => void setImmediate(work),
    })
    this.blocker = new RequestBlocker({
      decisions: this.decisions,
      settings,
      tabOf,
      note: (source, id, decision) => this.log.noteFiltering(source, id, decision),
      onCount: tabId => {
        this.#counted.add(tabId)
        announceCounts()
      },
    })
    this.#hiding = new PageHiding({
      ask: request => filtering.hiding(request),
      isOn: url => this.blocker.isOn(siteOf(url)),
    })
    this.files = new HarFiles({
      folder: () => settings().downloadFolder ?? app.getPath('downloads'),
      version: app.getVersion(),
      wallClock: () => systemClock.wallClock(),
    })
    // The log first, so that it has the time at which a request was made.
    this.#opened.use(requests.join(this.log.part))
    this.#opened.use(requests.join(this.blocker.part))
    this.bytes = new TabBytes(systemClock, tabOf)
    this.#opened.use(requests.join(this.bytes.part))
    const following = application.services.get('network')?.actor.subscribe(snapshot => {
      if (!snapshot.matches('running')) this.decisions.gone()
    })
    this.#opened.defer(() => following?.unsubscribe())
    application.pageSessions.attach(({ isPrivate, ended }) => {
      if (isPrivate) ended.addEventListener('abort', () => this.log.privateEnded())
    })
  }

  /** Follows a tab's view from before its first load until it is closed. */
  follow({ contents, tabId }: TabView): void {
    const { id } = contents
    this.#tabs.set(id, tabId)
    this.#hiding.follow(contents)
    contents.on('did-navigate', (_event, url) => {
      // What came from the engine's memory has asked for nothing.
      if (this.blocker.pageOf(tabId) !== url) this.blocker.begin(tabId, url)
    })
    contents.once('destroyed', () => this.#tabs.delete(id))
  }

  tabClosed(tabId: string): void {
    this.blocker.forget(tabId)
    this.log.tabClosed(tabId)
  }

  [Symbol.dispose](): void {
    this.#opened.dispose()
  }
}
