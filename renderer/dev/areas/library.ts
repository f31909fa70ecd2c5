import { areaContracts } from '../../../contracts/areas.ts'
import type { Endpoint } from '../../../ipc/endpoint.ts'

/** The area "library", made up. */
export function serveLibraryFixture(endpoint: Endpoint): void {
  endpoint.serve(areaContracts.library, {})
}
