import { runProgram } from './run-program.ts'

/** `npm run bench:audio [-- --json] [--quick] [--only <text>]`: how fast the audio process is. */
process.exit(await runProgram(['tests', 'bench', 'audio', 'main.ts']))
