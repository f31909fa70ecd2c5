import { areaContracts } from '../../../contracts/areas.ts'
import type { Endpoint } from '../../../ipc/endpoint.ts'

/** The area "media", made up. */
export function serveMediaFixture(endpoint: Endpoint): void {
  endpoint.serve(areaContracts.media, {})
}
