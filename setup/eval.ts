import { runProgram } from './run-program.ts'

/** `npm run eval [-- --task <task>] [--data <folder>] [--json]`: how good the models are, beside their peers. */
process.exit(await runProgram(['ai-service', 'evaluation', 'main.ts']))
