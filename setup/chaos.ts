import { readdirSync } from 'node:fs'
import { buildApplication } from './build-application.ts'
import { chooseElectron, electronEnvironment } from './electron.ts'
import { inProject } from './project.ts'
import { runProgram } from './run-program.ts'

/**
 * `npm run test:chaos [-- --rounds <number>] [--from <number>] [-- <part of a file's name>]`: processes killed at random
 * moments of a fixed seed. In `npm test` each file runs as many rounds as it does by itself. With `--from`, rounds of the
 * running browser begin at that one.
 */
const words = process.argv.slice(2)
takeNumber('--rounds', 'NEXUS_CHAOS_ROUNDS')
takeNumber('--from', 'NEXUS_CHAOS_FROM')
if (
  !readdirSync(inProject('tests', 'chaos'), { recursive: true }).some(file => `${file}`.endsWith('.test.ts'))
) {
  console.error('There is no test in tests/chaos.')
  process.exit(1)
}
const choice = await chooseElectron()
Object.assign(process.env, electronEnvironment(choice), { NEXUS_ELECTRON: choice.executable })
await buildApplication()
process.exit(
  await runProgram(
    ['node_modules', 'vitest', 'vitest.mjs'],
    ['run', '--config', 'vitest.chaos.config.ts', ...words],
  ),
)

/** Takes a flag and its number out of the words, for the tests to find in their environment. */
function takeNumber(flag: string, variable: string): void {
  const at = words.indexOf(flag)
  if (at === -1) return
  const [, number] = words.splice(at, 2)
  if (number === undefined || !/^[1-9]\d{0,5}$/.test(number)) {
    console.error(
      `"${flag}" needs a number from 1 to 999999, for example: npm run test:chaos -- ${flag} 1000`,
    )
    process.exit(2)
  }
  process.env[variable] = number
}
