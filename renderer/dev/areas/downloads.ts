import { areaContracts } from '../../../contracts/areas.ts'
import type { Endpoint } from '../../../ipc/endpoint.ts'

/** The area "downloads", made up. */
export function serveDownloadsFixture(endpoint: Endpoint): void {
  endpoint.serve(areaContracts.downloads, {})
}
