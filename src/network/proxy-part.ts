import { randomBytes } from 'node:crypto'
import { app } from 'electron'
import {
  type DnsSettings,
  defaultDnsSettings,
  type HostMapping,
  networkContract,
} from '../../contracts/network.ts'
import type { Settings } from '../../contracts/storage.ts'
import type { Client } from '../../ipc/client.ts'
import { systemClock } from '../../ipc/clock.ts'
import { endpointId } from '../../ipc/identity.ts'
import type { Application } from '../application.ts'
import type { PageFact, TabId } from '../controller/tab-model.ts'
import type { ServiceSupervisor } from '../processes/supervision/service-supervisor.ts'
import { PagesRefusedError } from '../security/page-sessions.ts'
import { FailedLoads } from './failed-loads.ts'
import { readHostMappings } from './host-mappings.ts'
import { ProxyLink } from './proxy-link.ts'

/** Long enough that nobody guesses it, short enough for a header. */
const secretBytes = 32

/** The way of pages to the network: main's side of the proxy. */
export class ProxyPart implements Disposable {
  readonly #application: Application
  readonly #network: Client<typeof networkContract>
  readonly #service: ServiceSupervisor
  readonly #link: ProxyLink
  readonly #failedLoads = new FailedLoads(() => systemClock.now())
  readonly #opened = new DisposableStack()
  /** Pages wait for the person's own settings: no name of theirs is asked of a server that was not chosen. */
  readonly #settingsKnown = Promise.withResolvers<void>()
  #dns: DnsSettings = defaultDnsSettings
  #isUp = false

  constructor(application: Application) {
    this.#application = application
    const service = application.services.get('network')
    if (service === undefined) throw new Error('The network service is not declared')
    this.#service = service
    this.#network = application.switchboard.endpoint.client(networkContract, endpointId('network'))
    const hosts = hostMappings()
    this.#link = this.#opened.use(
      new ProxyLink({
        open: async (secret, port) =>
          (await this.#network.start({ secret, port, dns: this.#dns, hosts })).port,
        endProcess: () => service.end({ kind: 'hung' }),
        makeSecret: () => randomBytes(secretBytes).toString('base64url'),
        clock: systemClock,
        log: application.log,
      }),
    )
    const answer = (
      event: Electron.Event,
      _contents: unknown,
      _details: unknown,
      asker: Electron.AuthInfo,
      respond: (username?: string, password?: string) => void,
    ): void => {
      const credentials = this.#link.credentialsFor(asker)
      // Sites that ask are answered as ever: not at all.
      if (credentials === null) return
      event.preventDefault()
      respond(credentials.username, credentials.password)
    }
    app.on('login', answer)
    this.#opened.defer(() => app.off('login', answer))
    const following = service.actor.subscribe(() => this.#followService())
    this.#opened.defer(() => following.unsubscribe())
    application.pageSessions.attach(({ session, ended }) => {
      ended.addEventListener('abort', () => this.#link.detach(session))
      return Promise.all([this.#link.attach(session), this.#settingsKnown.promise]).then(() => {})
    })
  }

  /** To be called with each state of the browser once the person's settings are known. */
  follow({ dnsOverHttps }: Pick<Settings, 'dnsOverHttps'>): void {
    if (dnsOverHttps !== this.#dns.doh) {
      this.#dns = { ...this.#dns, doh: dnsOverHttps }
      // A process that is away is told with its start.
      this.#network.configure(this.#dns).catch(() => {})
    }
    this.#settingsKnown.resolve()
  }

  noteFact(tabId: TabId, fact: PageFact): void {
    if (fact.type === 'page.failed') this.#failedLoads.failed(tabId, fact.problem.kind)
    else if (fact.type === 'page.started') this.#failedLoads.forget(tabId)
  }

  tabClosed(tabId: string): void {
    this.#failedLoads.forget(tabId)
  }

  [Symbol.dispose](): void {
    this.#opened.dispose()
  }

  #followService(): void {
    const snapshot = this.#service.actor.getSnapshot()
    if (snapshot.matches('failed'))
      this.#application.pageSessions.refuse(new PagesRefusedError('The network process does not start'))
    const isUp = snapshot.matches('running')
    if (isUp === this.#isUp) return
    this.#isUp = isUp
    if (isUp) void this.#processUp()
    else {
      this.#link.processDown()
      this.#failedLoads.processDown(this.#loadingTabs())
    }
  }

  async #processUp(): Promise<void> {
    if (!(await this.#link.processUp())) return
    this.#application.pageSessions.admit()
    for (const tabId of this.#failedLoads.processUp()) {
      const tab = this.#application.browser.getSnapshot().context.tabs.find(({ id }) => id === tabId)
      tab?.ref.send({ type: 'reload' })
    }
  }

  #loadingTabs(): readonly string[] {
    const { tabs } = this.#application.browser.getSnapshot().context
    return tabs.filter(({ ref }) => ref.getSnapshot().context.isLoading).map(({ id }) => id)
  }
}

/** Only in a checkout: what ships asks the network for names. */
function hostMappings(): HostMapping[] {
  return app.isPackaged ? [] : readHostMappings(process.env.NEXUS_HOSTS ?? '')
}
