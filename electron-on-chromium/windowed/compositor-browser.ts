import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ChromiumBrowser } from '../chromium/browser.ts'
import type { DevToolsSession } from '../chromium/devtools.ts'
import type { LaunchOptions } from '../chromium/launch.ts'
import { prepareUserDataDir } from '../chromium/ordinary-user.ts'
import { shareDisplay } from './x11/access.ts'
import { XConnection } from './x11/connection.ts'

export type LaunchChromium = (options: LaunchOptions) => Promise<ChromiumBrowser>

const windowTimeoutMs = 15_000
const binary = '/usr/lib/chromium/chromium'

/** The window did not come to be. */
export class WindowNotOpenedError extends Error {
  readonly code = 'WINDOW_NOT_OPENED'
  constructor(reason: string) {
    super(`No window could be opened: ${reason}`)
    this.name = 'WindowNotOpenedError'
  }
}

/**
 * The Chromium whose windows are on the screen. It shows nothing but our own compositor pages, one in each
 * window, and keeps nothing: its profile is a temporary one.
 */
export class CompositorBrowser implements AsyncDisposable {
  readonly #browser: ChromiumBrowser
  readonly #profile: string
  readonly #environment: Readonly<Record<string, string>>
  #display: Promise<XConnection> | null = null
  readonly #waiting = new Map<string, (targetId: string) => void>()

  private constructor(
    browser: ChromiumBrowser,
    profile: string,
    environment: Readonly<Record<string, string>>,
  ) {
    this.#browser = browser
    this.#profile = profile
    this.#environment = environment
    const announced = (info: { readonly targetId: string; readonly url: string }): void =>
      this.#waiting.get(info.url)?.(info.targetId)
    browser.root.on('Target.targetCreated', event => announced(event.targetInfo))
    browser.root.on('Target.targetInfoChanged', event => announced(event.targetInfo))
    browser.onExit(() => rmSync(profile, { recursive: true, force: true, maxRetries: 3 }))
  }

  /** Starts it without a window. Rejects with DisplayUnreachableError or ChromiumStartError. */
  static async start(launchChromium: LaunchChromium): Promise<CompositorBrowser> {
    const wanted = mkdtempSync(path.join(tmpdir(), 'electron-on-chromium-window-'))
    try {
      writePreferences(wanted)
      const { identity, userDataDir } = prepareUserDataDir(wanted)
      const environment = identity
        ? await shareDisplay({ environment: process.env, user: identity, directory: userDataDir })
        : {}
      const browser = await launchChromium({
        headless: false,
        userDataDir,
        extraArgs: windowFlags,
        environment,
      })
      const compositor = new CompositorBrowser(browser, userDataDir, environment)
      await browser.root.send('Target.setDiscoverTargets', {
        discover: true,
        filter: [{ type: 'page' }, { exclude: true }],
      })
      await browser.root.send('Browser.grantPermissions', {
        permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite'],
      })
      return compositor
    } catch (error) {
      rmSync(wanted, { recursive: true, force: true, maxRetries: 3 })
      throw error
    }
  }

  get root(): DevToolsSession {
    return this.#browser.root
  }

  /** A connection of our own to the display. Rejects with DisplayUnreachableError. */
  display(): Promise<XConnection> {
    this.#display ??= XConnection.open(process.env)
    return this.#display
  }

  onExit(listener: () => void): Disposable {
    return this.#browser.onExit(listener)
  }

  /**
   * Opens a window without tabs, address field or buttons, and resolves with its page. Chromium opens such
   * windows only for whoever starts it; so it is started once more, which finds the one that runs, asks it,
   * and goes.
   */
  async openWindow(url: string): Promise<DevToolsSession> {
    const targetId = await this.#whenOpened(url)
    return this.#browser.attach(targetId)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const display = await this.#display?.catch(() => null)
    display?.[Symbol.dispose]()
    if (!this.#browser.hasExited) await this.#browser.close()
  }

  #whenOpened(url: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(url)
      }
      const fail = (reason: string): void => {
        settle()
        reject(new WindowNotOpenedError(reason))
      }
      const timer = setTimeout(() => fail(`Chromium took longer than ${windowTimeoutMs} ms`), windowTimeoutMs)
      this.#waiting.set(url, targetId => {
        settle()
        resolve(targetId)
      })
      const { identity } = prepareUserDataDir(this.#profile)
      const messenger = spawn(
        process.env.STANDIN_CHROMIUM ?? binary,
        [`--user-data-dir=${this.#profile}`, '--test-type', `--app=${url}`],
        {
          stdio: 'ignore',
          env: { ...process.env, HOME: this.#profile, ...this.#environment },
          cwd: '/',
          ...(identity ?? {}),
        },
      )
      messenger.once('error', error => fail(error.message))
      this.#browser.onExit(() => fail('Chromium went away'))
    })
  }
}

const windowFlags = [
  // No bar about unusual flags over the page, which is ours alone.
  '--test-type',
  '--no-proxy-server',
  '--hide-crash-restore-bubble',
  '--noerrdialogs',
  // Every window shows the same site: no process is kept ready for another.
  '--disable-features=SpareRendererForSitePerProcess',
]

/** The window manager draws the frame; without one there is none. */
function writePreferences(profile: string): void {
  mkdirSync(path.join(profile, 'Default'), { recursive: true })
  writeFileSync(
    path.join(profile, 'Default', 'Preferences'),
    JSON.stringify({ browser: { custom_chrome_frame: false }, credentials_enable_service: false }),
  )
}
