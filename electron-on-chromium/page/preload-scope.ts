import type { WorldSettings } from '../messaging/page-wire.ts'
import { EventEmitter } from './event-emitter.ts'

/** The `process` of a sandboxed preload. */
export function createProcess(settings: WorldSettings): EventEmitter {
  const startMs = performance.now()
  const values = {
    ...settings.process,
    type: 'renderer',
    contextId: settings.frameId,
    contextIsolated: settings.isContextIsolated,
    sandboxed: true,
    isMainFrame: window.top === window,
    nextTick: (action: (...args: unknown[]) => void, ...args: unknown[]) =>
      queueMicrotask(() => action(...args)),
    uptime: () => (performance.now() - startMs) / 1000,
    hrtime: () => [Math.floor(performance.now() / 1000), Math.floor((performance.now() % 1000) * 1e6)],
    cwd: () => {
      throw new Error('process.cwd is not available in a sandboxed preload')
    },
    hang: () => {
      for (;;);
    },
  }
  return Object.assign(new EventEmitter(), values)
}

type Timer = (action: (...args: unknown[]) => void, ...args: unknown[]) => unknown

const immediates = new Map<number, MessagePort>()
let lastImmediate = 0

/** Before timers, after what is running. */
export const setImmediateInPage: Timer = (action, ...args) => {
  const id = ++lastImmediate
  const { port1, port2 } = new MessageChannel()
  immediates.set(id, port1)
  port1.onmessage = () => {
    port1.close()
    if (immediates.delete(id)) action(...args)
  }
  port2.postMessage(null)
  return id
}

export function clearImmediateInPage(id: unknown): void {
  immediates.delete(Number(id))
}

/** What a sandboxed preload may require beside `electron`. */
export function createBuiltins(): Readonly<Record<string, unknown>> {
  const timers = {
    setTimeout: (...args: Parameters<typeof setTimeout>) => setTimeout(...args),
    clearTimeout: (id: number) => clearTimeout(id),
    setInterval: (...args: Parameters<typeof setInterval>) => setInterval(...args),
    clearInterval: (id: number) => clearInterval(id),
    setImmediate: setImmediateInPage,
    clearImmediate: clearImmediateInPage,
  }
  const url = {
    URL,
    URLSearchParams,
    fileURLToPath: (location: string | URL) => decodeURIComponent(new URL(location).pathname),
    pathToFileURL: (path: string) => new URL(`file://${encodeURI(path)}`),
  }
  return { events: EventEmitter, timers, url }
}
