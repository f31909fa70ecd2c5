import { runProgram } from './run-program.ts'

/** `npm run bench:network [-- --json] [--quick]`: what the way through the network process costs a page. */
process.exit(await runProgram(['tests', 'bench', 'network', 'main.ts']))
