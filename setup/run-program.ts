import { spawn } from 'node:child_process'
import { inProject, projectRoot } from './project.ts'

/** Runs one of the project's own programs with these words, and gives its exit code. Signals are passed on to it. */
export async function runProgram(
  path: readonly string[],
  words = process.argv.slice(2),
  environment = process.env,
): Promise<number> {
  const child = spawn(process.execPath, [inProject(...path), ...words], {
    cwd: projectRoot,
    stdio: 'inherit',
    env: environment,
  })
  const passOn = (signal: NodeJS.Signals): void => void child.kill(signal)
  process.on('SIGINT', passOn).on('SIGTERM', passOn)
  const code = await new Promise<number>(resolve => child.on('exit', exitCode => resolve(exitCode ?? 1)))
  process.off('SIGINT', passOn).off('SIGTERM', passOn)
  return code
}
