import { registerHooks } from 'node:module'

/** From here on, whoever imports `electron` in this thread gets the shim beside this file. */
export function installElectronShim(): void {
  const shim = new URL('electron.ts', import.meta.url).href
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron' ? { url: shim, shortCircuit: true } : next(specifier, context),
  })
}
