import { spawn } from 'node:child_process'
import { chooseElectron, nodeCommand } from './electron.ts'
import { inProject } from './project.ts'

/** `npm run test:conformance [-- --electron <path> --chapter <name>]`: by default on whatever Electron there is. */
const args = process.argv.slice(2)
const chosen = await chooseElectron()
if (!args.includes('--electron')) args.push('--electron', chosen.executable)
const [program, words] = nodeCommand(chosen, [
  inProject('electron-on-chromium', 'conformance', 'run.ts'),
  ...args,
])
const child = spawn(program, words, { stdio: 'inherit' })
child.on('exit', code => process.exit(code ?? 1))
