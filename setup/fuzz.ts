import { runProgram } from './run-program.ts'

/** `npm run fuzz [-- --messages 1000000 --seed 7]`: hostile messages against the message framework. */
runProgram('tests', 'fuzz', 'messages.ts')
