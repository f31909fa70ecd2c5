import { spawn } from 'node:child_process'
import { inProject, projectRoot } from './project.ts'

/** `npm run bench:ipc [-- --json] [--quick] [--only <text>] [--profile <cell>]`: messages beside raw posts and peers. */
const child = spawn(
  process.execPath,
  [inProject('tests', 'bench', 'ipc', 'main.ts'), ...process.argv.slice(2)],
  { cwd: projectRoot, stdio: 'inherit' },
)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.on('exit', code => process.exit(code ?? 1))
