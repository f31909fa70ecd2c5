import { buildApplication } from './build-application.ts'
import { runProgram } from './run-program.ts'

/** `npm run nexus -- …`: the command line, built when it is stale. */
await buildApplication()
process.exit(await runProgram(['build', 'cli.js']))
