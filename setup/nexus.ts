import { spawn } from 'node:child_process'
import { buildApplication } from './build-application.ts'
import { inProject } from './project.ts'

/** `npm run nexus -- …`: the command line, built when it is stale. */
await buildApplication()
const child = spawn(process.execPath, [inProject('build', 'cli.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.on('exit', code => process.exit(code ?? 1))
