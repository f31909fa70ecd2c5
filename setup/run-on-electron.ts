import { buildApplication } from './build-application.ts'
import { chooseElectron, electronEnvironment } from './electron.ts'
import { runProgram } from './run-program.ts'

/** Builds the application and runs a program that starts it, with the words of this one. Gives its exit code. */
export async function runOnElectron(path: readonly string[]): Promise<number> {
  const choice = await chooseElectron()
  await buildApplication()
  return runProgram(path, process.argv.slice(2), {
    ...electronEnvironment(choice),
    NEXUS_ELECTRON: choice.executable,
    NEXUS_RUNTIME: choice.kind === 'standIn' ? 'stand-in (Chromium driven by Node)' : 'Electron',
  })
}
