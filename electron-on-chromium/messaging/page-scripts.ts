import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { WorldSettings } from './page-wire.ts'

const mainWorldModules = ['../page/bridge-end.ts', '../page/main-world.ts']
const awakenModules = ['../page/paused-page.ts']
const preloadWorldModules = [
  './codec.ts',
  '../page/bridge-end.ts',
  '../page/event-emitter.ts',
  '../page/page-ports.ts',
  '../page/paused-page.ts',
  '../page/ipc-renderer.ts',
  '../page/web-frame.ts',
  '../page/preload-scope.ts',
  '../page/isolated-world.ts',
]

const bundles = new Map<readonly string[], string>()

/**
 * Modules as the body of one function: types and imports removed, in an order in which each comes after what it
 * uses. Strict, so that no function of ours can be reached through the stack.
 */
function bundle(modules: readonly string[]): string {
  const known = bundles.get(modules)
  if (known !== undefined) return known
  const parts = modules.map(name => {
    const source = readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8')
    return stripTypeScriptTypes(source)
      .replace(/^import\b[^']*'[^']*'$/gm, '')
      .replace(/^export /gm, '')
  })
  const text = `'use strict';\n${parts.join('\n')}`
  bundles.set(modules, text)
  return text
}

function callOf(modules: readonly string[], name: string, ...args: readonly unknown[]): string {
  const list = args.map(argument => JSON.stringify(argument)).join(', ')
  return `(() => {\n${bundle(modules)}\n${name}(${list})\n})()`
}

/** The half of the bridge in the page's own world. */
export function mainWorldScript(handshake: string, runsInSubFrames: boolean): string {
  return callOf(mainWorldModules, 'installMainWorld', handshake, runsInSubFrames)
}

/** The half in the preload's world; the preloads follow in scripts of their own. */
export function preloadWorldScript(settings: WorldSettings, preloadPaths: readonly string[]): string {
  return callOf(preloadWorldModules, 'installIsolatedWorld', settings, preloadPaths)
}

/** One preload. A frame that has no bridge does not run it. */
export function preloadScript(settings: WorldSettings, path: string, source: string): string {
  const head = `globalThis[${JSON.stringify(`${settings.receiver}.run`)}]?.(${JSON.stringify(path)}, `
  return `${head}function (require, process, exports, module) { ${source}\n})\n//# sourceURL=${encodeURI(`file://${path}`)}`
}

/** Said after the last preload. */
export function preloadsDoneScript(settings: WorldSettings): string {
  return `globalThis[${JSON.stringify(`${settings.receiver}.run`)}]?.(null, null)`
}

/** The declaration of `awaken`, for the scripts of others. */
export function awakenFunction(): string {
  return bundle(awakenModules)
}

/** A function declaration that gives its `this` as the text of a structured clone; for values DevTools holds. */
export function encodeThisFunction(): string {
  return `function () {\n${bundle(['./codec.ts'])}
  return JSON.stringify(createCodec({ toText: bytes => bytes.toBase64(), fromText: () => new Uint8Array() }).encode(this))\n}`
}
