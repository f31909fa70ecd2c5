import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import type { AuthInfo } from 'electron'
import type { Credentials } from './login.ts'

/** The HTTP proxy of a session, as its requests from the main process need it. */
export interface WebProxy {
  readonly host: string
  readonly port: number
  /** Known from an earlier challenge. */
  credentials: Credentials | null
  /** Asks the application. */
  login(authInfo: AuthInfo): Promise<Credentials | null>
}

export interface ProxiedRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

type ClientRequest = ReturnType<typeof httpRequest>

/** Node's request for `url` by way of the proxy; https goes through a tunnel. */
export async function requestByProxy(
  url: string,
  init: ProxiedRequest,
  proxy: WebProxy,
): Promise<ClientRequest> {
  const target = new URL(url)
  const { method, headers, signal } = init
  if (target.protocol === 'https:') {
    const tunnel = await openTunnel(`${target.hostname}:${target.port || '443'}`, proxy, signal)
    const socket = connectTls({ socket: tunnel, servername: target.hostname, ALPNProtocols: ['http/1.1'] })
    // Node asks `createConnection` only where no agent is named, not even none.
    return httpsRequest(url, { method, headers, signal, createConnection: () => socket })
  }
  return httpRequest({
    host: proxy.host,
    port: proxy.port,
    method,
    path: url,
    headers: { host: target.host, ...headers, ...authorizationOf(proxy) },
    signal,
  })
}

/** Whether a proxy's refusal may be answered with credentials; asks for them. */
export async function answersChallenge(challenge: string | undefined, proxy: WebProxy): Promise<boolean> {
  const [, realm = ''] = /^basic(?:\s+realm="([^"]*)")?/i.exec(challenge ?? '') ?? []
  if (challenge === undefined || !/^basic/i.test(challenge)) return false
  const { host, port } = proxy
  const credentials = await proxy.login({ isProxy: true, scheme: 'basic', host, port, realm })
  if (credentials === null) return false
  proxy.credentials = credentials
  return true
}

function authorizationOf({ credentials }: WebProxy): Record<string, string> {
  if (credentials === null) return {}
  const { username, password } = credentials
  return { 'proxy-authorization': `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` }
}

/** A way through the proxy to `host:port`. Rejects where the proxy refuses it. */
export async function openTunnel(authority: string, proxy: WebProxy, signal: AbortSignal): Promise<Duplex> {
  const answer = await askForTunnel(authority, proxy, signal)
  if (answer.socket !== null) return answer.socket
  if (answer.status === 407 && (await answersChallenge(answer.challenge, proxy))) {
    const { socket } = await askForTunnel(authority, proxy, signal)
    if (socket !== null) return socket
  }
  throw new Error('net::ERR_TUNNEL_CONNECTION_FAILED')
}

interface TunnelAnswer {
  readonly socket: Duplex | null
  readonly status: number
  readonly challenge: string | undefined
}

function askForTunnel(authority: string, proxy: WebProxy, signal: AbortSignal): Promise<TunnelAnswer> {
  return new Promise((resolve, reject) => {
    const { host, port } = proxy
    const request = httpRequest({
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...authorizationOf(proxy) },
      signal,
      agent: false,
      host,
      port,
    })
    request.once('error', reject)
    request.once('connect', (response, socket) => {
      const status = response.statusCode ?? 0
      const challenge = response.headers['proxy-authenticate']
      if (status !== 200) socket.destroy()
      resolve({ socket: status === 200 ? socket : null, status, challenge })
    })
    request.end()
  })
}
