import { EventEmitter } from 'node:events'
import type { ServiceWorkerInfo } from 'electron'
import { UnsupportedApiError } from '../platform/unsupported.ts'

/**
 * `session.serviceWorkers`, as far as it only looks. DevTools does not tell a worker's scope or process to whom is not
 * attached to it: the scope is the default one, the folder of the script, and the process is 0.
 */
export class ServiceWorkers extends EventEmitter {
  readonly #running: () => readonly { readonly versionId: number; readonly url: string }[]

  /** @internal `running`: the workers of the session that run now. */
  constructor(running: () => readonly { readonly versionId: number; readonly url: string }[]) {
    super()
    this.#running = running
  }

  getAllRunning(): Record<number, ServiceWorkerInfo> {
    return Object.fromEntries(
      this.#running().map(({ versionId, url }) => [
        versionId,
        { scriptUrl: url, scope: URL.parse('./', url)?.href ?? url, renderProcessId: 0, versionId },
      ]),
    )
  }

  getInfoFromVersionID(versionId: number): ServiceWorkerInfo {
    const info = this.getAllRunning()[versionId]
    if (!info) throw new Error('Could not find service worker with that version_id')
    return info
  }

  /** Deprecated in Electron for the one above. */
  getFromVersionID(versionId: number): ServiceWorkerInfo {
    return this.getInfoFromVersionID(versionId)
  }

  getWorkerFromVersionID(): never {
    throw new UnsupportedApiError(
      'serviceWorkers.getWorkerFromVersionID',
      'DevTools has no such hold on them',
    )
  }

  startWorkerForScope(): never {
    throw new UnsupportedApiError('serviceWorkers.startWorkerForScope', 'DevTools has no such hold on them')
  }
}
