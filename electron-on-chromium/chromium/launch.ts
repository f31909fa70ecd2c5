import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromiumExecutable } from '../launcher/runtime.ts'
import { type ChromiumBrowser, connectBrowser } from './browser.ts'
import { chromiumFlags } from './flags.ts'
import { prepareUserDataDir } from './ordinary-user.ts'

export interface LaunchOptions {
  readonly headless: boolean
  /**
   * The directory of the profile: made when missing, given to Chromium's user when we are root, who must own
   * nothing else in it. null: a temporary one that goes when Chromium has gone.
   */
  readonly userDataDir: string | null
  /** Further command-line switches, e.g. `--remote-debugging-port=0`. */
  readonly extraArgs?: readonly string[]
  /** Further environment, e.g. XAUTHORITY. */
  readonly environment?: Readonly<Record<string, string>>
}

/**
 * Starts Chromium without a window and resolves when it answers. Its sandbox stays on unless `--no-sandbox`
 * is among the switches. Rejects with ChromiumStartError.
 */
export async function launchChromium(options: LaunchOptions): Promise<ChromiumBrowser> {
  const isTemporary = options.userDataDir === null
  const wanted = options.userDataDir ?? mkdtempSync(path.join(tmpdir(), 'electron-on-chromium-'))
  const { identity, userDataDir } = prepareUserDataDir(wanted)
  forgetProxyOf(userDataDir)
  const flags = chromiumFlags({ headless: options.headless, userDataDir, extraArgs: options.extraArgs ?? [] })
  const child = spawn(chromiumExecutable, flags, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...unicodeLocale(), HOME: userDataDir, ...options.environment },
    cwd: '/',
    ...(identity ?? {}),
  })
  if (isTemporary) child.once('exit', () => rmSync(wanted, { recursive: true, force: true, maxRetries: 3 }))
  if (process.env.STANDIN_VERBOSE === '1')
    child.stderr?.on('data', (text: Buffer) => process.stderr.write(text))
  const browser = await connectBrowser(child, userDataDir)
  return browser
}

/** Without a locale of Unicode Chromium takes no letter beyond ASCII into the name of a file. */
function unicodeLocale(): NodeJS.ProcessEnv {
  const { LC_ALL, LC_CTYPE, LANG } = process.env
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '') ? {} : { LC_ALL: 'C.UTF-8' }
}

/** A proxy holds for one run of an application; Chromium would keep the last one in its profile. */
function forgetProxyOf(userDataDir: string): void {
  const file = path.join(userDataDir, 'Default', 'Preferences')
  try {
    const preferences: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof preferences !== 'object' || preferences === null || !('proxy' in preferences)) return
    const { proxy: _, ...others } = preferences
    writeFileSync(file, JSON.stringify(others))
  } catch {
    // A new profile, or one that Chromium will make anew.
  }
}
