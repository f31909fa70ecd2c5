import type { Application } from './application.ts'
import type { Compositor } from './compositor/compositor.ts'
import { startCompositor } from './compositor/start-compositor.ts'
import { CrashesPart } from './crashes/crashes-part.ts'
import { DownloadsPart } from './downloads/downloads-part.ts'
import { OwnFetches } from './fetching/own-fetches.ts'
import { LibraryPart } from './library/library-part.ts'
import { MediaPart } from './media/media-part.ts'
import { ProxyPart } from './network/proxy-part.ts'
import { RequestsPart } from './network/requests-part.ts'
import { WebRequests } from './network/web-request.ts'
import { OverviewPart } from './overview/overview-part.ts'
import { ProcessesPart } from './processes/processes-part.ts'
import { SchedulingPart } from './processes/scheduling-part.ts'
import { ReadingPart } from './reading/reading-part.ts'
import { SitesPart } from './sites/sites-part.ts'
import { SuspensionPart } from './suspension/suspension-part.ts'

/**
 * The parts of main that stand beside the machines: each does what main has to do for one helper process or one kind of
 * data. Made before there is a window; a part looks at the application only when something happens.
 */
export class Parts implements Disposable {
  /** The way of pages to the network. */
  readonly proxy: ProxyPart
  /** Where parts join that look at the requests of pages. */
  readonly requests: WebRequests
  /** What pages ask for, and what is stopped of it. */
  readonly traffic: RequestsPart
  /** The helper that draws the overview and the map. */
  readonly compositor: Compositor
  /** Small things that the browser shows of pages. */
  readonly fetches: OwnFetches
  /** Files from the web. */
  readonly downloads: DownloadsPart
  /** Articles as text, and links before they are followed. */
  readonly reading: ReadingPart
  /** Every process, and what may be done with it. */
  readonly processes: ProcessesPart
  /** Priorities and cores of processes. */
  readonly scheduling: SchedulingPart
  /** What was lost or hangs. */
  readonly crashes: CrashesPart
  /** What a person keeps. */
  readonly library: LibraryPart
  /** What plays in which tab. */
  readonly media: MediaPart
  /** The overview of all tabs, and the map of what was read. */
  readonly overview: OverviewPart
  /** How sites are reached, what they keep, and what they may do. */
  readonly sites: SitesPart
  /** Tabs that nobody looks at. */
  readonly suspension: SuspensionPart
  readonly #opened = new DisposableStack()

  constructor(application: Application) {
    this.proxy = this.#opened.use(new ProxyPart(application))
    this.compositor = startCompositor(application, this.#opened)
    this.processes = this.#opened.use(new ProcessesPart(application))
    this.processes.followCompositor(this.compositor.process.actor)
    this.scheduling = this.#opened.use(new SchedulingPart(application, this.processes.book))
    this.processes.showPriorities(id => this.scheduling.priorities.priorityOf(id))
    this.crashes = this.#opened.use(new CrashesPart(application, this.processes.book))
    this.library = this.#opened.use(new LibraryPart(application))
    this.overview = this.#opened.use(new OverviewPart(application))
    this.media = this.#opened.use(new MediaPart(application))
    this.requests = new WebRequests(application.log)
    this.traffic = this.#opened.use(new RequestsPart(application, this.requests))
    application.pageSessions.attach(page => {
      const attached = this.requests.attach(page)
      page.ended.addEventListener('abort', () => attached[Symbol.dispose]())
    })
    this.fetches = new OwnFetches(application.switchboard.endpoint, () =>
      application.pageSessions.obtain(false).session.getUserAgent(),
    )
    this.reading = this.#opened.use(new ReadingPart(application))
    this.downloads = this.#opened.use(new DownloadsPart(application, this.requests))
    this.sites = this.#opened.use(new SitesPart(application, this.requests))
    this.suspension = this.#opened.use(
      new SuspensionPart(application, this.requests, this.processes.pressure),
    )
  }

  [Symbol.dispose](): void {
    this.#opened.dispose()
  }
}
