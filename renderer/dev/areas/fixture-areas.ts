import { createEndpoint, type Endpoint } from '../../../ipc/endpoint.ts'
import { endpointId, identity } from '../../../ipc/identity.ts'
import { domPort } from '../../../ipc/transports/dom-port.ts'
import { serveCrashesFixture } from './crashes.ts'
import { serveDownloadsFixture } from './downloads.ts'
import { serveLibraryFixture } from './library.ts'
import { serveMediaFixture } from './media.ts'
import { serveNetworkFixture } from './network.ts'
import { serveOverviewFixture } from './overview.ts'
import { ProcessesFixture } from './processes.ts'
import { serveReadingFixture } from './reading.ts'
import { serveSchedulingFixture } from './scheduling.ts'
import { SitesFixture } from './sites.ts'

export const controllerId = endpointId('controller')

/** A made-up controller's areas, reached through real messages, so that their checks are used too. */
export class FixtureAreas {
  /** Everything that was asked for, oldest first. */
  readonly calls: { readonly method: string; readonly args: readonly unknown[] }[] = []
  readonly sites = new SitesFixture()
  readonly processes = new ProcessesFixture()
  #chrome: Endpoint | null = null

  /** The end of the chrome UI. */
  connect(): Endpoint {
    if (this.#chrome !== null) return this.#chrome
    const controller = createEndpoint({ identity: identity('controller', 'controller') })
    const chrome = createEndpoint({ identity: identity('chrome:1', 'chrome') })
    const { port1, port2 } = new MessageChannel()
    this.serve(controller)
    controller.watch(({ type, method, args }) => {
      if (type === 'request' || type === 'notification')
        this.calls.push({ method: method ?? '', args: args ?? [] })
    })
    controller.connect(domPort(port1), chrome.identity)
    chrome.connect(domPort(port2), controller.identity)
    this.#chrome = chrome
    return chrome
  }

  serve(endpoint: Endpoint): void {
    serveCrashesFixture(endpoint)
    serveDownloadsFixture(endpoint)
    serveLibraryFixture(endpoint)
    serveMediaFixture(endpoint)
    serveNetworkFixture(endpoint)
    serveOverviewFixture(endpoint)
    serveReadingFixture(endpoint)
    serveSchedulingFixture(endpoint)
    this.sites.serve(endpoint)
    this.processes.serve(endpoint)
  }
}
