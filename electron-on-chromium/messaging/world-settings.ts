import { randomBytes } from 'node:crypto'
import { chromiumVersion, electronVersion, standinExecutable } from '../launcher/runtime.ts'
import type { WorldSettings } from './page-wire.ts'

/** The name of the preload's world: Electron's own, number 999. */
export const preloadWorldName = 'Electron Isolated Context'

export interface WorldOptions {
  readonly runsInSubFrames: boolean
  readonly isContextIsolated: boolean
  readonly additionalArguments: readonly string[]
  readonly frameId: string
}

/** Settings with names nobody can guess; made anew for every page. */
export function createWorldSettings(options: WorldOptions): WorldSettings {
  const secret = randomBytes(16).toString('hex')
  return {
    handshake: `standin-${secret}-h`,
    binding: `standin-${secret}-b`,
    receiver: `standin-${secret}-r`,
    runsInSubFrames: options.runsInSubFrames,
    isContextIsolated: options.isContextIsolated,
    frameId: options.frameId,
    process: {
      platform: process.platform,
      arch: process.arch,
      version: process.version,
      versions: { ...process.versions, electron: electronVersion, chrome: chromiumVersion() },
      env: { ...process.env },
      argv: [standinExecutable, '--type=renderer', ...options.additionalArguments],
      execPath: standinExecutable,
      execArgv: [],
      noAsar: false,
      mas: false,
      windowsStore: false,
    },
  }
}
