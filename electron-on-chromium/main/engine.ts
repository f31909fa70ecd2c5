import type { ChromiumBrowser } from '../chromium/browser.ts'

let running: ChromiumBrowser | null = null

/** The Chromium that holds the application's pages, or null before `ready`. */
export function engineOrNull(): ChromiumBrowser | null {
  return running
}

/** The Chromium that holds the application's pages. Throws before `ready`, as Electron does. */
export function engine(): ChromiumBrowser {
  if (!running) throw new Error('This can only be used after app is ready')
  return running
}

/** @internal Called once, by the start. */
export function setEngine(browser: ChromiumBrowser): void {
  running = browser
}

let isClosing = false

/** True once the application has ended and Chromium is being closed: nothing that happens now is told. */
export function isEngineClosing(): boolean {
  return isClosing
}

/** @internal Called once, at the end. */
export function setEngineClosing(): void {
  isClosing = true
}
