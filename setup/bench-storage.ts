import { runProgram } from './run-program.ts'

/** `npm run bench:storage [-- --json] [--quick] [--only <text>]`: how fast storage is with a million pages. */
process.exit(await runProgram(['tests', 'bench', 'storage', 'main.ts']))
