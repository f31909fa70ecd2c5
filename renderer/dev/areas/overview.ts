import { areaContracts } from '../../../contracts/areas.ts'
import type { Endpoint } from '../../../ipc/endpoint.ts'

/** The area "overview", made up. */
export function serveOverviewFixture(endpoint: Endpoint): void {
  endpoint.serve(areaContracts.overview, {})
}
