import { parseArgs } from 'node:util'
import { runProgram } from './run-program.ts'

/**
 * `npm run fuzz [-- --messages 1000000] [--seed 7]`: hostile messages, broken sockets and overwritten rings against the
 * message framework, one after the other.
 */
const { values } = parseArgs({
  options: { messages: { type: 'string', default: '1000000' }, seed: { type: 'string' } },
})
const seed = values.seed === undefined ? [] : ['--seed', values.seed]
const codes = [
  await runProgram(['tests', 'fuzz', 'messages.ts'], ['--messages', values.messages, ...seed]),
  await runProgram(['tests', 'fuzz', 'sockets.ts'], seed),
  await runProgram(['tests', 'fuzz', 'rings.ts'], seed),
]
process.exit(Math.max(...codes))
