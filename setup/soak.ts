import { runProgram } from './run-program.ts'

/** `npm run soak [-- --minutes 10]`: connections opened and dropped at random, and memory back to its start. */
process.exit(await runProgram(['tests', 'soak', 'connections.ts']))
