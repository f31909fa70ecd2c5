import { buildApplication } from './build-application.ts'
import { chooseElectron, electronEnvironment } from './electron.ts'
import { runProgram } from './run-program.ts'

/** `npm run test:leak [-- --tabs 200] [--crashes 50]`: tabs that come and go, and memory back to its start. */
const choice = await chooseElectron()
Object.assign(process.env, electronEnvironment(choice), { NEXUS_ELECTRON: choice.executable })
await buildApplication()
process.exit(await runProgram(['tests', 'leak', 'main.ts'], process.argv.slice(2)))
