import { browserContract } from '../../contracts/browser.ts'
import { systemClock } from '../../ipc/clock.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import type { Log } from '../../ipc/log.ts'
import { MessageMonitor } from './message-traffic.ts'
import { rowNames } from './row-names.ts'
import { trafficReports } from './traffic-reports.ts'

/** Monitors what main and these services say to each other, for the log and for the peers of `endpoint` that watch. */
export function monitorMessages(endpoint: Endpoint, services: readonly string[], log: Log): MessageMonitor {
  return new MessageMonitor({
    clock: systemClock,
    log,
    main: endpoint.identity.id,
    nameOf: rowNames(services),
    reports: () => trafficReports(endpoint, services),
    publish: (traffic, isWatching) =>
      endpoint.announce(browserContract, 'messagesSampled', traffic, { to: peer => isWatching(peer.id) }),
  })
}
