import type { FrameMethod, WorldSettings } from '../messaging/page-wire.ts'
import { EventEmitter } from './event-emitter.ts'
import type { HostChannel } from './ipc-renderer.ts'

/** Electron's webFrame, for the frame the preload runs in. What is missing throws an error that names it. */
export function createWebFrame(host: HostChannel, settings: WorldSettings): EventEmitter {
  const ask = (method: FrameMethod, ...args: unknown[]): Promise<unknown> =>
    host.ask(id => ({ kind: 'frame', id, method, tree: host.codec.encode(args) }))
  const sheets = new Map<string, CSSStyleSheet>()
  let zoomLevel = 0
  const withCallback = async (result: Promise<unknown>, callback: unknown): Promise<unknown> => {
    const report =
      typeof callback === 'function' ? (callback as (value: unknown, error: unknown) => void) : null
    try {
      const value = await result
      report?.(value, undefined)
      return value
    } catch (error) {
      report?.(undefined, error)
      throw error
    }
  }
  const members = {
    executeJavaScript: (code: unknown, hasUserGesture?: boolean, callback?: unknown) =>
      withCallback(ask('executeJavaScript', String(code), hasUserGesture === true), callback),
    executeJavaScriptInIsolatedWorld: (
      worldId: number,
      scripts: readonly { code: string }[],
      hasUserGesture?: boolean,
      callback?: unknown,
    ) =>
      withCallback(
        ask(
          'executeJavaScriptInIsolatedWorld',
          worldId,
          scripts.map(script => script.code),
          hasUserGesture === true,
        ),
        callback,
      ),
    insertCSS(text: string): string {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(text)
      document.adoptedStyleSheets.push(sheet)
      const key = String(sheets.size + 1)
      sheets.set(key, sheet)
      return key
    },
    removeInsertedCSS(key: string): void {
      const sheet = sheets.get(key)
      sheets.delete(key)
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter(each => each !== sheet)
    },
    getZoomLevel: () => zoomLevel,
    getZoomFactor: () => 1.2 ** zoomLevel,
    setZoomLevel(level: number): void {
      zoomLevel = level
      void ask('setZoomLevel', level)
    },
    setZoomFactor(factor: number): void {
      if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0")
      zoomLevel = Math.log(factor) / Math.log(1.2)
      void ask('setZoomFactor', factor)
    },
    setIsolatedWorldInfo(worldId: number, info: { readonly name?: string }): void {
      void ask('setIsolatedWorldInfo', worldId, { name: info.name })
    },
    clearCache(): void {
      void ask('clearCache')
    },
    isWordMisspelled: () => false,
    getWordSuggestions: () => [],
    frameToken: settings.frameId,
    parent: null,
    opener: null,
    top: null as unknown,
  }
  const webFrame = Object.assign(new EventEmitter(), members)
  if (window.top === window) webFrame.top = webFrame
  return refuseUnknown('webFrame', webFrame)
}

/** An object whose unknown members throw an error that names them. */
export function refuseUnknown<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key) {
      // Private fields do not pass through a proxy: methods get the object itself.
      const value: unknown = Reflect.get(object, key, object)
      if (typeof value === 'function') return value.bind(object)
      if (value !== undefined || typeof key === 'symbol' || key in object || key === 'then') return value
      throw new Error(`${name}.${key} is not supported by electron-on-chromium`)
    },
  })
}
