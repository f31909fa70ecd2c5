import { serviceContract } from '../../contracts/service.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { endpointId, isEndpointId } from '../../ipc/identity.ts'
import { endpointTraffic } from '../../ipc/metrics/endpoint-traffic.ts'
import type { EndpointTraffic } from '../../ipc/metrics/traffic.ts'
import type { TrafficReport } from './merge-traffic.ts'

/** A service that does not answer in this time is shown as main saw it. */
const reportDeadlineMs = 400

/** What main counted, and what every service that runs counted. Tabs are not asked: whoever speaks to one counts it. */
export async function trafficReports(
  endpoint: Endpoint,
  services: Iterable<string>,
): Promise<readonly TrafficReport[]> {
  const asked = [...services].filter(service => endpoint.connectionTo(endpointId(service)) !== null)
  const reports = await Promise.all(
    asked.map(async reporter => {
      const client = endpoint.client(serviceContract, endpointId(reporter))
      const traffic = await client.traffic({}, { deadlineMs: reportDeadlineMs }).catch(() => null)
      return traffic === null ? [] : [{ reporter, traffic }]
    }),
  )
  const all = [{ reporter: endpoint.identity.id, traffic: endpointTraffic(endpoint) }, ...reports.flat()]
  const known = new Set<string>([endpoint.identity.id, ...services])
  const isPresent = (id: string): boolean =>
    known.has(id) || (isEndpointId(id) && endpoint.connectionTo(id) !== null)
  return all.map(({ reporter, traffic }) => ({ reporter, traffic: withoutDeparted(traffic, isPresent) }))
}

/** A service comes back under its name; a tab or a command line that has gone would only stand in the way of a look. */
function withoutDeparted(traffic: EndpointTraffic, isPresent: (id: string) => boolean): EndpointTraffic {
  return { ...traffic, pairs: traffic.pairs.filter(({ from, to }) => isPresent(from) && isPresent(to)) }
}
