import { fileURLToPath } from 'node:url'
import {
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  type WebContents,
  type WebFrameMain,
  type WebPreferences,
} from 'electron'
import { type CaseContext, patience, within } from '../../registry.ts'
import type { FixtureServer } from './server.ts'

export interface PageCase extends CaseContext {
  readonly server: FixtureServer
}

export interface PageOptions {
  /** A file in fixtures/preload, without its extension. Default `ipc`; null for none. */
  readonly preload?: string | null
  readonly webPreferences?: WebPreferences
  readonly window?: BrowserWindowConstructorOptions
}

export const preloadPath = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/preload/${name}.cjs`, import.meta.url))

export const utilityPath = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/utility/${name}.cjs`, import.meta.url))

/** A hidden, sandboxed window that is destroyed with the case. */
export function openWindow(t: CaseContext, options: PageOptions = {}): BrowserWindow {
  const { preload = 'ipc' } = options
  const window = new BrowserWindow({
    show: false,
    width: 800,
    height: 600,
    ...options.window,
    webPreferences: {
      sandbox: true,
      ...(preload === null ? {} : { preload: preloadPath(preload) }),
      ...options.webPreferences,
    },
  })
  t.defer(() => {
    if (!window.isDestroyed()) window.destroy()
  })
  return window
}

/** A window with this document (or the one at this URL) loaded. */
export async function openPage(
  t: PageCase,
  document = '<!doctype html><title>page</title><p>hello</p>',
  options: PageOptions = {},
): Promise<BrowserWindow> {
  const window = openWindow(t, options)
  await window.loadURL(/^[a-z]+:/.test(document) ? document : t.server.page(document))
  return window
}

/** The value of `code` in the page's own world. */
export const inPage = (target: WebContents | WebFrameMain, code: string): Promise<unknown> =>
  target.executeJavaScript(code)

/**
 * The value of `code` in the world of the preload (999 is documented as the world of Electron's context isolation),
 * where the `ipc` fixture has left `ipcRenderer`, `contextBridge` and `webFrame` as globals.
 */
export const inPreload = (contents: WebContents, code: string): Promise<unknown> =>
  contents.executeJavaScriptInIsolatedWorld(999, [{ code }])

export interface Emitter {
  on(event: string, listener: (...args: unknown[]) => void): unknown
  removeListener(event: string, listener: (...args: unknown[]) => void): unknown
}

/** Electron's emitters declare one overload an event; this is the plain shape that they all have. */
export const emitterOf = (source: object): Emitter => source as Emitter

/** The arguments of the next `event`. Subscribes at once, so call it before what causes the event. */
export function next(source: object, event: string, limitMs = 5_000): Promise<unknown[]> {
  const emitter = emitterOf(source)
  let listener: (...args: unknown[]) => void = () => {}
  const arrived = new Promise<unknown[]>(resolve => {
    listener = (...args) => resolve(args)
    emitter.on(event, listener)
  })
  const result = within(limitMs, `no "${event}" within ${limitMs} ms`, () => arrived).finally(() =>
    emitter.removeListener(event, listener),
  )
  // A case may fail before it awaits this; that failure is the one to report.
  result.catch(() => {})
  return result
}

/** Collects what `event` brings until the case ends; `count(n)` resolves when there are n. */
export function collect<T = unknown>(
  t: CaseContext,
  source: object,
  event: string,
  pick: (...args: unknown[]) => T,
): { readonly items: T[]; count(wanted: number, limitMs?: number): Promise<T[]> } {
  const emitter = emitterOf(source)
  const items: T[] = []
  const listener = (...args: unknown[]): void => void items.push(pick(...args))
  emitter.on(event, listener)
  t.defer(() => emitter.removeListener(event, listener))
  return {
    items,
    async count(wanted, limitMs = 5_000) {
      await until(
        () => items.length >= wanted,
        () => `${wanted} × "${event}" (got ${items.length})`,
        limitMs,
      )
      return items
    },
  }
}

/** Waits for a condition that nothing announces. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string | (() => string),
  limitMs = 5_000,
): Promise<void> {
  const deadline = performance.now() + limitMs * patience
  while (!(await condition())) {
    if (performance.now() > deadline)
      throw new Error(`not within ${limitMs} ms: ${typeof what === 'string' ? what : what()}`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}
