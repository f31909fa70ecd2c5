import { spawn } from 'node:child_process'
import { chooseElectron } from './electron.ts'
import { inProject } from './project.ts'

/** `npm run test:conformance [-- --electron <path> --chapter <name>]`: by default on whatever Electron there is. */
const args = process.argv.slice(2)
if (!args.includes('--electron')) args.push('--electron', (await chooseElectron()).executable)
const child = spawn(process.execPath, [inProject('electron-on-chromium', 'conformance', 'run.ts'), ...args], {
  stdio: 'inherit',
})
child.on('exit', code => process.exit(code ?? 1))
