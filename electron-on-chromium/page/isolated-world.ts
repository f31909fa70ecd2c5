import { createCodec } from '../messaging/codec.ts'
import type { ToPage, WorldSettings } from '../messaging/page-wire.ts'
import { type BridgeEnd, prepareBridgeEnd } from './bridge-end.ts'
import { deliver, HostChannel, IpcRenderer } from './ipc-renderer.ts'
import { randomId } from './page-ports.ts'
import { awaken } from './paused-page.ts'
import { clearImmediateInPage, createBuiltins, createProcess, setImmediateInPage } from './preload-scope.ts'
import { createWebFrame, refuseUnknown } from './web-frame.ts'

type PreloadFunction = (
  require: (name: string) => unknown,
  process: unknown,
  exports: object,
  module: object,
) => void

/** Runs one preload; called without one at the end, when all had their turn. */
type RunPreload = (path: string, preload: PreloadFunction | null) => void

/** Bytes as text, by the engine's own means. */
interface Base64Bytes extends Uint8Array {
  toBase64(): string
}

/**
 * The preload world's half, run at document start right after the main world's. Everything here is out of the
 * page's reach: the world has globals and prototypes of its own. In a page that stands still the preloads have
 * their turn when it goes on.
 */
export function installIsolatedWorld(settings: WorldSettings, preloadPaths: readonly string[]): void {
  const scope = globalThis as unknown as Record<string, unknown>
  const binding = scope[settings.binding] as ((payload: string) => void) | undefined
  delete scope[settings.binding]
  if (!binding || (!settings.runsInSubFrames && window.top !== window)) return

  const host = new HostChannel(binding, createCodec({ toText, fromText }), settings.receiver)
  const ipcRenderer = new IpcRenderer(host)
  let bridge: BridgeEnd | null = null
  const process = createProcess(settings)
  const require = createRequire({
    ipcRenderer,
    contextBridge: createContextBridge({
      isContextIsolated: settings.isContextIsolated,
      bridge: () => bridge,
      host,
    }),
    webFrame: createWebFrame(host, settings),
    webUtils: refuseUnknown('webUtils', {}),
    crashReporter: refuseUnknown('crashReporter', {}),
    nativeImage: refuseUnknown('nativeImage', {}),
  })
  Object.assign(scope, { process, setImmediate: setImmediateInPage, clearImmediate: clearImmediateInPage })
  scope.global = scope

  const hide = (name: string, value: unknown): void => {
    Object.defineProperty(scope, name, { value, configurable: true })
  }
  hide(settings.receiver, (text: string) => {
    try {
      deliver(JSON.parse(text) as ToPage, host, ipcRenderer)
    } catch (error) {
      // A listener of the preload threw; DevTools must not swallow it.
      console.error(error)
    }
  })
  const waiting = new Set(preloadPaths)
  const fail = (path: string, error: unknown): void => {
    const known = error instanceof Error ? error : new Error(String(error))
    console.error(`Unable to load preload script: ${path}`)
    console.error(error)
    host.tell({ kind: 'preloadError', path, tree: host.codec.encode(known) })
  }
  /** What waits for the page to go on; null when it does not stand still. */
  let turns: (() => void)[] | null = []
  const run: RunPreload = (path, preload) => {
    if (turns) {
      turns.push(() => run(path, preload))
      return
    }
    if (!preload) {
      delete scope[`${settings.receiver}.run`]
      // A script with a mistake in its syntax never calls.
      for (const missing of waiting) fail(missing, new SyntaxError('The preload script could not be parsed'))
      process.emit('loaded')
      return
    }
    waiting.delete(path)
    const module = { exports: {} }
    try {
      preload(require, process, module.exports, module)
    } catch (error) {
      fail(path, error)
    }
  }
  hide(`${settings.receiver}.run`, run)
  awaken({
    onHearing: () => {
      if (settings.isContextIsolated) bridge = connect(settings.handshake)
    },
    onGoingOn: () => {
      host.tell({ kind: 'hello' })
      const due = turns ?? []
      turns = null
      for (const turn of due) turn()
    },
  })
}

/** Finds the other half, which was there before any script of the page and knows nothing of this one yet. */
function connect(handshake: string): BridgeEnd {
  const host = document.createElement('div')
  host.attachShadow({ mode: 'open' }).append(document.createElement('div'))
  const bridge = prepareBridgeEnd('preload')(host)
  window.dispatchEvent(new MouseEvent(handshake, { relatedTarget: host }))
  return bridge
}

interface ContextBridgeOptions {
  readonly isContextIsolated: boolean
  /** The bridge into the page's own world; null before there is one. */
  readonly bridge: () => BridgeEnd | null
  readonly host: HostChannel
}

/**
 * Bridges into further worlds are built when they are first wanted. Unlike the page's own, such a world is made by
 * the main process a moment later; whatever runs in it by way of the main process comes after.
 */
function createWorldBridges(host: HostChannel): (worldId: number) => Promise<BridgeEnd> {
  const bridges = new Map<number, Promise<BridgeEnd>>()
  const open = async (worldId: number): Promise<BridgeEnd> => {
    const handshake = randomId()
    const tree = host.codec.encode([worldId, handshake])
    await host.ask(id => ({ kind: 'frame', id, method: 'openWorld', tree }))
    return connect(handshake)
  }
  return worldId => {
    const bridge = bridges.get(worldId) ?? open(worldId)
    bridges.set(worldId, bridge)
    return bridge
  }
}

function createContextBridge({ isContextIsolated, bridge, host }: ContextBridgeOptions): object {
  if (!isContextIsolated) {
    const refuse = (): never => {
      throw new Error('contextBridge API can only be used when contextIsolation is enabled')
    }
    return { exposeInMainWorld: refuse, exposeInIsolatedWorld: refuse, executeInMainWorld: refuse }
  }
  const bridgeTo = createWorldBridges(host)
  return {
    exposeInMainWorld(name: string, api: unknown): void {
      bridge()?.expose(name, api)
    },
    exposeInIsolatedWorld(worldId: number, name: string, api: unknown): void {
      if (worldId === 0) bridge()?.expose(name, api)
      else
        bridgeTo(worldId)
          .then(end => end.expose(name, api))
          .catch((error: unknown) => console.error(error))
    },
    executeInMainWorld(script: {
      readonly func: (...args: never[]) => unknown
      readonly args?: unknown[]
    }): unknown {
      return bridge()?.execute(String(script.func), script.args ?? [])
    },
  }
}

function createRequire(electron: object): (name: string) => unknown {
  const builtins = createBuiltins()
  const modules = new Map<string, unknown>(Object.entries(builtins))
  for (const name of ['electron', 'electron/renderer', 'electron/common'])
    modules.set(name, refuseUnknown('electron', { ...electron }))
  return name => {
    const known = modules.get(name.replace(/^node:/, ''))
    if (known === undefined) throw new Error(`module not found: ${name}`)
    return known
  }
}

function toText(bytes: Uint8Array): string {
  return (bytes as Base64Bytes).toBase64()
}

function fromText(text: string): Uint8Array {
  return (Uint8Array as typeof Uint8Array & { fromBase64(text: string): Uint8Array }).fromBase64(text)
}
