import { areaContracts } from '../../../contracts/areas.ts'
import type { Endpoint } from '../../../ipc/endpoint.ts'

/** The area "sites", made up. */
export function serveSitesFixture(endpoint: Endpoint): void {
  endpoint.serve(areaContracts.sites, {})
}
