import type { Endpoint } from '../../ipc/endpoint.ts'
import type { Application } from '../application.ts'
import { serveRequests } from '../network/serve-requests.ts'
import { serveProcesses } from '../processes/serve-processes.ts'

/** Serves the areas of the chrome UI: each from the part of main that knows about it. */
export function serveAreas(endpoint: Endpoint, application: Application): void {
  serveRequests(endpoint, application)
  serveProcesses(application)
  application.parts.downloads.serve()
  application.parts.library.serve()
  application.parts.sites.serve()
  application.parts.media.serve()
  application.parts.overview.serve()
  application.parts.reading.serve()
  application.parts.crashes.serve()
  application.parts.scheduling.serve()
}
