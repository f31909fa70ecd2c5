import type { ChromiumBrowser } from '../chromium/browser.ts'
import type { SessionHost } from './host.ts'
import { Session } from './session.ts'
import { SessionEngine } from './session-engine.ts'

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
  Session,
}
