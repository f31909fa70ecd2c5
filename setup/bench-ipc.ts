import { runProgram } from './run-program.ts'

/** `npm run bench:ipc [-- --json] [--quick] [--only <text>] [--profile <cell>]`: messages beside raw posts and peers. */
process.exit(await runProgram(['tests', 'bench', 'ipc', 'main.ts']))
