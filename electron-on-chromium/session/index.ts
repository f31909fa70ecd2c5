import type { CustomScheme } from 'electron'
import type { ChromiumBrowser } from '../chromium/browser.ts'
import { UnsupportedApiError } from '../platform/unsupported.ts'
import { customSchemes } from './custom-schemes.ts'
import type { SessionHost } from './host.ts'
import { createNet } from './net.ts'
import type { ProtocolHandler } from './protocol.ts'
import { Session } from './session.ts'
import { SessionEngine } from './session-engine.ts'
import { defineUnmade, unmadeNetMembers, unmadeProtocolMembers } from './unmade-members.ts'

let engine: SessionEngine | null = null

/**
 * Gives the sessions their Chromium. To be called once, at boot, after Chromium answers and before `ready`: from
 * then on `session` works and no scheme can be registered as privileged. Dispose at quit.
 */
export async function installSessions(browser: ChromiumBrowser, host: SessionHost): Promise<SessionEngine> {
  const installed = new SessionEngine(browser, host)
  await installed.start()
  engine = installed
  return installed
}

/** The sessions in force, or null before boot. */
export function currentSessionEngine(): SessionEngine | null {
  return engine
}

function readyEngine(): SessionEngine {
  if (!engine) throw new Error('Session can only be received when app is ready')
  return engine
}

/** The `session` module. */
export const session = {
  get defaultSession(): Session {
    return readyEngine().defaultSession
  },
  fromPartition(partition: string, _options?: { readonly cache: boolean }): Session {
    return readyEngine().fromPartition(partition)
  },
  fromPath(_path: string): never {
    throw new UnsupportedApiError('session.fromPath', 'it would need a Chromium process of its own')
  },
  Session,
}

/** The `net` module. */
export const net = createNet(() => engine)

/** The `protocol` module: that of the default session, and the registration of schemes before `ready`. */
export const protocol = {
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    customSchemes.registerAsPrivileged(schemes)
  },
  handle(scheme: string, handler: ProtocolHandler): void {
    readyEngine().defaultSession.protocol.handle(scheme, handler)
  },
  unhandle(scheme: string): void {
    readyEngine().defaultSession.protocol.unhandle(scheme)
  },
  getSource(_scheme: string): null {
    return null
  },
  isProtocolHandled(scheme: string): boolean {
    return readyEngine().defaultSession.protocol.isProtocolHandled(scheme)
  },
}

defineUnmade(net, 'net', unmadeNetMembers)
defineUnmade(protocol, 'protocol', unmadeProtocolMembers)
