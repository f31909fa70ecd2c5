import { networkInterfaces } from 'node:os'
import type { ClientRequestConstructorOptions, ResolvedHost, ResolveHostOptions } from 'electron'
import { UnsupportedApiError } from '../platform/unsupported.ts'
import { ClientRequest } from './client-request.ts'
import type { FetchInit } from './net-fetch.ts'
import { resolveHost } from './resolve-host.ts'
import { Session } from './session.ts'

/** Where `net` finds its sessions; null before the application is ready. */
interface NetSessions {
  readonly defaultSession: Session
  fromPartition(partition: string): Session
}

/** The `net` module: requests of the main process. */
interface NetModule {
  fetch(input: string | Request, init?: FetchInit): Promise<Response>
  request(options: ClientRequestConstructorOptions | string): ClientRequest
  isOnline(): boolean
  resolveHost(host: string, options?: ResolveHostOptions): Promise<ResolvedHost>
  readonly online: boolean
}

export function createNet(sessions: () => NetSessions | null): NetModule {
  const ready = (): NetSessions => {
    const found = sessions()
    if (!found) throw new Error('net module can only be used after app is ready')
    return found
  }
  return {
    async fetch(input, init) {
      return ready().defaultSession.fetch(input, init)
    },
    request(options) {
      const found = ready()
      if (typeof options === 'string') return new ClientRequest(found.defaultSession, options)
      const { session, partition } = options
      if (session !== undefined && !(session instanceof Session))
        throw new UnsupportedApiError('net.request', 'its session must be one of this application')
      return new ClientRequest(
        session ?? (partition === undefined ? found.defaultSession : found.fromPartition(partition)),
        options,
      )
    },
    isOnline,
    get online() {
      return isOnline()
    },
    resolveHost,
  }
}

/** False when no interface but the loopback one has an address: then nothing can be reached for sure. */
function isOnline(): boolean {
  return Object.values(networkInterfaces())
    .flatMap(addresses => addresses ?? [])
    .some(({ internal }) => !internal)
}
