import { createRequire, enableCompileCache } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { readCommandLine } from './command-line.ts'
import { provideElectron } from './module-hooks.ts'
import { shapeProcess } from './process-shape.ts'
import { electronVersion } from './runtime.ts'

// What main consists of is kept compiled beside us: it takes a third of the time then. Utility processes get none of it,
// for they may be kept from writing files. A folder that cannot be written to changes nothing.
enableCompileCache(fileURLToPath(new URL('../.compile-cache', import.meta.url)))

const args = process.argv.slice(2)
const request = readCommandLine(args, {
  electronVersion,
  modulesVersion: process.versions.modules,
  workingDirectory: process.cwd(),
})

switch (request.kind) {
  case 'print':
    process.stdout.write(`${request.text}\n`)
    break
  case 'run': {
    shapeProcess('browser')
    // Modules of -r may rewrite it (Playwright's does), so it must have its shape before them.
    process.argv = [process.execPath, ...args]
    provideElectron(new URL('../main/api.ts', import.meta.url).href)
    const requireHere = createRequire(path.join(process.cwd(), 'electron'))
    for (const required of request.requires) requireHere(required)
    const { startApplication } = await import('../main/start-application.ts')
    await startApplication(request.appPath)
    break
  }
}
