import type { CustomScheme, Privileges } from 'electron'

/** Schemes that Chromium serves itself; an application can intercept some of them but never define them. */
const engineSchemes: ReadonlySet<string> = new Set([
  'about',
  'blob',
  'chrome',
  'chrome-error',
  'chrome-extension',
  'chrome-untrusted',
  'data',
  'devtools',
  'file',
  'filesystem',
  'ftp',
  'http',
  'https',
  'javascript',
  'view-source',
  'ws',
  'wss',
])

const schemePattern = /^[a-z][a-z0-9+.-]*$/

/** Which URL schemes belong to the application. One per process, as in Electron. */
export class CustomSchemes {
  readonly #privileged = new Map<string, Privileges>()
  readonly #handledCounts = new Map<string, number>()
  #isRegistrationClosed = false
  #hasRegistered = false

  /** `protocol.registerSchemesAsPrivileged`: once, and before the application is ready. */
  registerAsPrivileged(schemes: readonly CustomScheme[]): void {
    if (this.#isRegistrationClosed)
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    if (this.#hasRegistered) throw new Error('protocol.registerSchemesAsPrivileged may be called only once')
    for (const { scheme } of schemes)
      if (!isDefinable(scheme)) throw new TypeError(`'${scheme}' cannot be registered as a custom scheme`)
    this.#hasRegistered = true
    for (const { scheme, privileges } of schemes) this.#privileged.set(scheme, privileges ?? {})
  }

  /** From now on (the application is ready) nothing can be registered. */
  closeRegistration(): void {
    this.#isRegistrationClosed = true
  }

  /** A session began to handle the scheme. */
  handled(scheme: string): void {
    this.#handledCounts.set(scheme, (this.#handledCounts.get(scheme) ?? 0) + 1)
  }

  /** A session no longer handles the scheme. */
  unhandled(scheme: string): void {
    const count = (this.#handledCounts.get(scheme) ?? 0) - 1
    if (count > 0) this.#handledCounts.set(scheme, count)
    else this.#handledCounts.delete(scheme)
  }

  /** True for a scheme that the application registered or handles: its URLs have to be mapped. */
  isCustom(scheme: string): boolean {
    return this.#privileged.has(scheme) || this.#handledCounts.has(scheme)
  }

  privilegesOf(scheme: string): Privileges | null {
    return this.#privileged.get(scheme) ?? null
  }
}

/** True for a scheme that an application may define. */
export function isDefinable(scheme: string): boolean {
  return schemePattern.test(scheme) && !engineSchemes.has(scheme)
}

export const customSchemes = new CustomSchemes()
