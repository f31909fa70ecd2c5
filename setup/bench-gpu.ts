import { runProgram } from './run-program.ts'

/** `npm run bench:gpu [-- --json] [--quick]`: how quickly the overview is drawn, beside the same cards as elements. */
process.exit(await runProgram(['tests', 'bench', 'gpu', 'main.ts']))
