import type { AuthInfo } from 'electron'
import type { Protocol } from '../chromium/devtools.ts'
import type { SessionHost, WebContentsLike } from './host.ts'
import { preventableEvent } from './preventable-event.ts'

export interface Credentials {
  readonly username: string
  readonly password: string
}

/**
 * Asks the application by `login`. null: it does not listen, does not prevent the default (which is to give up), or has
 * no credentials.
 */
export function askForLogin(
  host: SessionHost,
  webContents: WebContentsLike | null,
  url: string,
  authInfo: AuthInfo,
): Promise<Credentials | null> {
  if (!host.isListenedOnApp('login')) return Promise.resolve(null)
  const event = preventableEvent()
  return new Promise(resolve => {
    const answer = (username?: unknown, password?: unknown): void => {
      if (!event.defaultPrevented) return
      const isGiven = typeof username === 'string' || typeof password === 'string'
      resolve(isGiven ? { username: String(username ?? ''), password: String(password ?? '') } : null)
    }
    host.emitOnApp('login', event, webContents, { url, pid: -1 }, authInfo, answer)
    if (!event.defaultPrevented) resolve(null)
  })
}

/** A challenge of DevTools in Electron's words. */
export function authInfoOf(challenge: Protocol.Fetch.AuthChallenge): AuthInfo {
  const { hostname, port, protocol } = new URL(challenge.origin)
  return {
    isProxy: challenge.source === 'Proxy',
    scheme: challenge.scheme,
    host: hostname,
    port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
    realm: challenge.realm,
  }
}

/** DevTools' words for the answer. */
export function authResponseOf(credentials: Credentials | null): Protocol.Fetch.AuthChallengeResponse {
  return credentials === null
    ? { response: 'CancelAuth' }
    : { response: 'ProvideCredentials', ...credentials }
}
