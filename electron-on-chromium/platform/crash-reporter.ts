import type { CrashReport, CrashReporterStartOptions } from 'electron'

/** Crashpad's limits: longer values are cut, longer keys are dropped. */
const maximumKeyLength = 39
const maximumValueLength = 20_320

/**
 * The `crashReporter` module. Chromium runs with its reporter off and Node has none: parameters are kept and told, no
 * report is ever written or sent, and the application is told so (`getUploadToServer` stays false).
 */
export class CrashReporter {
  readonly #parameters = new Map<string, string>()
  #isStarted = false

  start(options: CrashReporterStartOptions): void {
    if (typeof options !== 'object' || options === null) throw new TypeError('options must be an object')
    if ((options.uploadToServer ?? true) && !options.submitURL)
      throw new Error('submitURL must be specified when uploadToServer is true')
    if (this.#isStarted) return
    this.#isStarted = true
    for (const [key, value] of Object.entries(options.extra ?? {})) this.addExtraParameter(key, value)
  }

  addExtraParameter(key: string, value: string): void {
    if (typeof key !== 'string' || typeof value !== 'string')
      throw new TypeError('crashReporter.addExtraParameter expects two strings')
    if (key.length <= maximumKeyLength) this.#parameters.set(key, value.slice(0, maximumValueLength))
  }

  removeExtraParameter(key: string): void {
    this.#parameters.delete(key)
  }

  getParameters(): Record<string, string> {
    return Object.fromEntries(this.#parameters)
  }

  getLastCrashReport(): CrashReport | null {
    return null
  }

  getUploadedReports(): CrashReport[] {
    return []
  }

  getUploadToServer(): boolean {
    return false
  }

  setUploadToServer(_uploadToServer: boolean): void {}
}

export const crashReporter = new CrashReporter()
