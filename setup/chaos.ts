import { readdirSync } from 'node:fs'
import { buildApplication } from './build-application.ts'
import { inProject } from './project.ts'
import { runProgram } from './run-program.ts'

/**
 * `npm run test:chaos [-- --rounds <number>] [-- <part of a file's name>]`: services killed at random moments of a fixed
 * seed. In `npm test` each file runs as many rounds as it does by itself.
 */
const words = process.argv.slice(2)
const at = words.indexOf('--rounds')
if (at !== -1) {
  const [, rounds] = words.splice(at, 2)
  if (!/^[1-9]\d{0,5}$/.test(rounds ?? '')) {
    console.error(
      '"--rounds" needs a number from 1 to 999999, for example: npm run test:chaos -- --rounds 1000',
    )
    process.exit(2)
  }
  process.env.NEXUS_CHAOS_ROUNDS = rounds
}
if (
  !readdirSync(inProject('tests', 'chaos'), { recursive: true }).some(file => `${file}`.endsWith('.test.ts'))
) {
  console.error('There is no test in tests/chaos.')
  process.exit(1)
}
await buildApplication()
process.exit(
  await runProgram(
    ['node_modules', 'vitest', 'vitest.mjs'],
    ['run', '--config', 'vitest.chaos.config.ts', ...words],
  ),
)
