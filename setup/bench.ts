import { spawn } from 'node:child_process'
import { buildApplication } from './build-application.ts'
import { chooseElectron, electronEnvironment } from './electron.ts'
import { inProject, projectRoot } from './project.ts'

/** `npm run bench [-- --json]`: Nexus beside bare Chromium, in one run. */
const choice = await chooseElectron()
await buildApplication()
const child = spawn(
  process.execPath,
  [inProject('tests', 'bench', 'first-light.ts'), ...process.argv.slice(2)],
  {
    cwd: projectRoot,
    stdio: 'inherit',
    env: {
      ...electronEnvironment(choice),
      NEXUS_ELECTRON: choice.executable,
      NEXUS_RUNTIME: choice.kind === 'standIn' ? 'stand-in (Chromium driven by Node)' : 'Electron',
    },
  },
)
child.on('exit', code => process.exit(code ?? 1))
