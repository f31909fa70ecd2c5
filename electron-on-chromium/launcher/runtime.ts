import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The Node binary we run on; `process.execPath` is the stand-in's executable, as an application expects. */
export const nodeExecutable: string = process.execPath

/** electron-on-chromium/ itself. */
export const standinRoot: string = realpathSync(fileURLToPath(new URL('..', import.meta.url)))

/** What applications see as `process.execPath`. */
export const standinExecutable: string = path.join(standinRoot, 'dist', 'electron')

/** The version of the electron package beside us, whose typings we follow. */
export const electronVersion: string = installedElectronVersion()

function installedElectronVersion(): string {
  const manifest = path.join(standinRoot, '..', 'node_modules', 'electron', 'package.json')
  if (!existsSync(manifest)) return '0.0.0'
  const content: unknown = JSON.parse(readFileSync(manifest, 'utf8'))
  if (typeof content !== 'object' || content === null || !('version' in content)) return '0.0.0'
  return String(content.version)
}

/** The real binary: Debian's /usr/bin/chromium is a script that adds flags and keys of its own. */
export const chromiumExecutable: string = process.env.STANDIN_CHROMIUM ?? '/usr/lib/chromium/chromium'

let knownChromiumVersion: string | null = null

/** Chromium's version, e.g. `156.0.8078.79`; asked of the package database, else of the binary, at the first call. */
export function chromiumVersion(): string {
  knownChromiumVersion ??= packagedVersion() ?? askedVersion()
  return knownChromiumVersion
}

/** Debian's own list of what is installed: reading it is far quicker than starting Chromium. */
function packagedVersion(): string | null {
  const list = '/var/lib/dpkg/status'
  if (process.env.STANDIN_CHROMIUM || !existsSync(list)) return null
  const section = /^Package: chromium\n(?:.+\n)*?Version: (\d+(?:\.\d+)+)/m.exec(readFileSync(list, 'utf8'))
  return section?.[1] ?? null
}

function askedVersion(): string {
  const { stdout } = spawnSync(chromiumExecutable, ['--version'], { encoding: 'utf8' })
  return /\d+(\.\d+)+/.exec(stdout ?? '')?.[0] ?? '0.0.0.0'
}
