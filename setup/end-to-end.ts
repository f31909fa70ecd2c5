import { spawn } from 'node:child_process'
import { buildApplication } from './build-application.ts'
import { chooseElectron, electronEnvironment, nodeCommand } from './electron.ts'
import { inProject, projectRoot } from './project.ts'

/** `npm run test:e2e [-- <Playwright arguments>]`: the tests that drive the running application. */
const choice = await chooseElectron()
await buildApplication()
const playwright = inProject('node_modules', '@playwright', 'test', 'cli.js')
const [program, args] = nodeCommand(choice, [playwright, 'test', ...process.argv.slice(2)])
const child = spawn(program, args, {
  cwd: projectRoot,
  stdio: 'inherit',
  env: { ...electronEnvironment(choice), NEXUS_ELECTRON: choice.executable },
})
child.on('exit', code => process.exit(code ?? 1))
