import { areaContracts } from '../../../contracts/areas.ts'
import type { Endpoint } from '../../../ipc/endpoint.ts'

/** The area "network", made up. */
export function serveNetworkFixture(endpoint: Endpoint): void {
  endpoint.serve(areaContracts.network, {})
}
