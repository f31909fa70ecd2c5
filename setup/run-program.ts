import { spawn } from 'node:child_process'
import { inProject, projectRoot } from './project.ts'

/** Runs one of the project's own programs with the words of the command line, and ends as it ends. */
export function runProgram(...path: readonly string[]): void {
  const child = spawn(process.execPath, [inProject(...path), ...process.argv.slice(2)], {
    cwd: projectRoot,
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  child.on('exit', code => process.exit(code ?? 1))
}
