import { spawnSync } from 'node:child_process'
import { lookup } from 'node:dns/promises'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { chromiumPackage, ensureDebianPackages } from './debian-packages.ts'
import { inProject } from './project.ts'

/** Which executable runs the application. The application itself never asks. */
export type ElectronChoice =
  | { readonly kind: 'electron'; readonly executable: string }
  | {
      readonly kind: 'standIn'
      readonly executable: string
      readonly distPath: string
      readonly reason: string
    }

/** Time within which a name server has to answer before we take the release server for unreachable. */
const lookupDeadlineMs = 3_000

/**
 * Electron's own binary where it is installed or can be downloaded, else the stand-in, with the Debian packages that it
 * needs. `ELECTRON_OVERRIDE_DIST_PATH` decides before all else.
 */
export async function chooseElectron(): Promise<ElectronChoice> {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const standInDist = inProject('electron-on-chromium', 'dist')
  if (override !== undefined && path.resolve(override) !== standInDist) {
    return { kind: 'electron', executable: path.join(override, executableName()) }
  }
  if (override === undefined) {
    const installed = installedElectron()
    if (installed !== null) return { kind: 'electron', executable: installed }
    if (await canDownload()) {
      console.error('Downloading Electron (once).')
      spawnSync(process.execPath, [inProject('node_modules', 'electron', 'install.js')], {
        stdio: ['ignore', 2, 2],
      })
      const downloaded = installedElectron()
      if (downloaded !== null) return { kind: 'electron', executable: downloaded }
    }
  }
  ensureDebianPackages([chromiumPackage])
  return {
    kind: 'standIn',
    executable: path.join(standInDist, 'electron'),
    distPath: standInDist,
    reason:
      override === undefined ? "Electron's binary is not installed and cannot be downloaded" : 'asked for',
  }
}

/** Environment for anything that starts Electron by its npm package: Forge and Playwright alike. */
export function electronEnvironment(choice: ElectronChoice): NodeJS.ProcessEnv {
  return choice.kind === 'standIn'
    ? { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: choice.distPath }
    : { ...process.env }
}

/** One line for the terminal; empty when the real thing runs. */
export function describeChoice(choice: ElectronChoice): string {
  return choice.kind === 'standIn'
    ? `Running on the Chromium stand-in for Electron (electron-on-chromium): ${choice.reason}.`
    : ''
}

/**
 * How to start a Node script that drives Electron: Electron itself needs a display on Linux, so that one is made where
 * there is none. The stand-in does without.
 */
export function nodeCommand(choice: ElectronChoice, args: readonly string[]): [string, string[]] {
  const isDisplayMissing =
    process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY
  return choice.kind === 'electron' && isDisplayMissing
    ? ['xvfb-run', ['-a', process.execPath, ...args]]
    : [process.execPath, [...args]]
}

function installedElectron(): string | null {
  const folder = inProject('node_modules', 'electron')
  const pathFile = path.join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const executable = path.join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(executable) ? executable : null
}

function executableName(): string {
  switch (process.platform) {
    case 'darwin':
      return 'Electron.app/Contents/MacOS/Electron'
    case 'win32':
      return 'electron.exe'
    default:
      return 'electron'
  }
}

/** Whether the release server's name resolves; a machine without internet answers no within moments. */
async function canDownload(): Promise<boolean> {
  if (process.env.NEXUS_OFFLINE === '1') return false
  const timeout = new Promise<false>(resolve => setTimeout(() => resolve(false), lookupDeadlineMs).unref())
  return Promise.race([
    lookup('github.com').then(
      () => true,
      () => false,
    ),
    timeout,
  ])
}
