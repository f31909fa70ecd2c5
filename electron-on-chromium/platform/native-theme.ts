import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import type { DevToolsSession } from '../chromium/devtools.ts'

type ThemeSource = 'system' | 'light' | 'dark'

/** `nativeTheme`, and the colour scheme of every page. */
export class NativeTheme extends EventEmitter {
  readonly inForcedColorsMode = false
  readonly prefersReducedTransparency = false
  readonly shouldDifferentiateWithoutColor = false
  readonly shouldUseHighContrastColors = false
  readonly shouldUseInvertedColorScheme = false
  readonly #isSystemDark: boolean
  readonly #pages = new Set<DevToolsSession>()
  #themeSource: ThemeSource = 'system'

  /** @internal */
  constructor(isSystemDark: boolean) {
    super()
    this.#isSystemDark = isSystemDark
  }

  get themeSource(): ThemeSource {
    return this.#themeSource
  }
  set themeSource(source: ThemeSource) {
    if (source !== 'system' && source !== 'light' && source !== 'dark')
      throw new TypeError(`Error processing argument at index 0, conversion failure from ${String(source)}`)
    if (source === this.#themeSource) return
    this.#themeSource = source
    for (const page of this.#pages) this.#apply(page)
    this.emit('updated')
  }

  get shouldUseDarkColors(): boolean {
    return this.#themeSource === 'system' ? this.#isSystemDark : this.#themeSource === 'dark'
  }

  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return this.#isSystemDark
  }

  /** @internal Makes `prefers-color-scheme` of a page follow, from its first style on. Sends without waiting. */
  attach(page: DevToolsSession): void {
    this.#pages.add(page)
    page.onDetached(() => this.#pages.delete(page))
    // Chromium without a screen is light by itself: most pages need no command.
    if (this.shouldUseDarkColors) this.#apply(page)
  }

  #apply(page: DevToolsSession): void {
    const value = this.shouldUseDarkColors ? 'dark' : 'light'
    page
      .send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] })
      .catch(() => {})
  }
}

/** What GTK was told: Chromium asks the same places when there is no desktop portal. */
export function isSystemDark(environment: NodeJS.ProcessEnv): boolean {
  if (environment.GTK_THEME) return /[:-]dark$/i.test(environment.GTK_THEME)
  const configuration = environment.XDG_CONFIG_HOME || path.join(homedir(), '.config')
  for (const version of ['gtk-4.0', 'gtk-3.0']) {
    try {
      const settings = readFileSync(path.join(configuration, version, 'settings.ini'), 'utf8')
      if (/^\s*gtk-application-prefer-dark-theme\s*=\s*(1|true)\s*$/im.test(settings)) return true
      if (/^\s*gtk-theme-name\s*=.*dark\s*$/im.test(settings)) return true
    } catch {
      // No such settings: the next place.
    }
  }
  return false
}

export const nativeTheme = new NativeTheme(isSystemDark(process.env))
