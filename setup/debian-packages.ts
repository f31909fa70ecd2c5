import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** What a step needs of the system: the package that brings it and a file that shows it is there. */
export interface DebianPackage {
  readonly name: string
  readonly provides: string
}

export const chromiumPackage: DebianPackage = { name: 'chromium', provides: '/usr/lib/chromium/chromium' }

/** What the windowed tests drive and look at a window with. */
export const windowTestPackages: readonly DebianPackage[] = [
  { name: 'xvfb', provides: '/usr/bin/Xvfb' },
  { name: 'xauth', provides: '/usr/bin/xauth' },
  { name: 'xdotool', provides: '/usr/bin/xdotool' },
  { name: 'imagemagick', provides: '/usr/bin/import' },
]

/** The packages are not there and could not be installed; the message holds the command that does it. */
export class MissingPackagesError extends Error {
  readonly code = 'MISSING_PACKAGES'
}

/**
 * Makes sure that the packages are installed: does it when root on a Debian system, otherwise throws with the exact
 * command to run. Nothing is started half.
 */
export function ensureDebianPackages(packages: readonly DebianPackage[]): void {
  const missing = packages.filter(one => !existsSync(one.provides))
  if (missing.length === 0) return
  const names = missing.map(one => one.name)
  const command = `apt-get update && apt-get install -y ${names.join(' ')}`
  const hasApt = existsSync('/usr/bin/apt-get')
  if (!hasApt || process.getuid?.() !== 0) {
    throw new MissingPackagesError(
      hasApt
        ? `Nexus needs ${names.join(', ')}. Install it and run the same command again:\n  sudo sh -c '${command}'`
        : `Nexus needs ${names.join(', ')} and found no apt-get. Install the equivalent of your system and run the same command again.`,
    )
  }
  console.error(`Installing Debian packages: ${names.join(', ')}`)
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [
    ['-qq', 'update'],
    ['-qq', '-y', 'install', ...names],
  ]) {
    const result = spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 2], env: environment })
    if (result.status !== 0) {
      throw new MissingPackagesError(
        `apt-get ${args.join(' ')} failed (${result.status}). Run this yourself, then the same command again:\n  ${command}`,
      )
    }
  }
}
