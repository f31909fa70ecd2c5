import { registerHooks } from 'node:module'

const electronSpecifiers = new Set(['electron', 'electron/main', 'electron/common', 'electron/utility'])

/**
 * From now on `require('electron')` and `import 'electron'` give the module at that file URL. It must be an ES
 * module that also exports `module.exports` under that name, which is what `require` gives.
 */
export function provideElectron(moduleUrl: string): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (!electronSpecifiers.has(specifier)) return nextResolve(specifier, context)
      return { url: moduleUrl, format: 'module-typescript', shortCircuit: true }
    },
  })
}
