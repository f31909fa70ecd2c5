import { runProgram } from './run-program.ts'

/** `npm run bench:ai [-- --json] [--quick] [--only <text>]`: how fast the AI process is, and how much it takes. */
process.exit(await runProgram(['tests', 'bench', 'ai', 'main.ts']))
