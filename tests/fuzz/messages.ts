import { parseArgs } from 'node:util'
import { grownResources, megabytes, settledReading } from './readings.ts'
import { describePacket, printFailure } from './report.ts'
import { attack, Cases, shrunk } from './run.ts'
import { Victim } from './victim.ts'

/**
 * `node tests/fuzz/messages.ts [--messages 1000000] [--seed N] [--case N]`: hostile peers against an endpoint that
 * serves, calls and streams. Fails when something is thrown outside, when a handler sees what its contract forbids,
 * when an honest peer is not answered, when something is left over or memory grows, and when a packet takes too long.
 * `--case` repeats one case of a run alone.
 */
const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    case: { type: 'string' },
  },
})
const seed = Number(values.seed)
const wanted = Number(values.messages)
/** Caches, compiled code and the meters of peers are there after the first of them. */
const warmUpShare = 0.05
const allowedGrowthBytes = 3_000_000

const thrown: string[] = []
process.on('uncaughtException', error => thrown.push(`Thrown outside: ${error.stack}`))
process.on('unhandledRejection', reason => thrown.push(`Rejected and not handled: ${String(reason)}`))

console.log(`fuzz: ${wanted} hostile messages, seed ${seed}`)
const startedAt = performance.now()
const cases = await Cases.of(seed)
const victim = new Victim()
let next = values.case === undefined ? 0 : Number(values.case)
const problems: string[] = []

if (values.case === undefined) {
  await attackUntil(wanted * warmUpShare)
  const before = await settledReading()
  await attackUntil(wanted)
  const after = await settledReading()
  const growth = after.heapBytes - before.heapBytes
  console.log(`heap ${megabytes(before.heapBytes)} before, ${megabytes(after.heapBytes)} after`)
  if (growth > allowedGrowthBytes) problems.push(`The heap grew by ${megabytes(growth)}`)
  const more = grownResources(before, after)
  if (more.length > 0) problems.push(`Left over: ${more.join(', ')}`)
} else {
  await attackUntil(1)
}
victim[Symbol.dispose]()

const { connections, cutOff, offences, handled, honest, slowest } = victim
const seconds = (performance.now() - startedAt) / 1_000
console.log(`${victim.messages} messages in ${next} cases and ${seconds.toFixed(1)} s`)
console.log(`${connections} connections, ${cutOff} cut off; ${offences} offences; ${handled} calls handled`)
console.log(`honest peer: ${honest.answered} times answered, slowest ${honest.slowestMs.toFixed(0)} ms`)
console.log(`slowest packet: ${slowest.ms.toFixed(1)} ms of processor time (${slowest.temper})`)
console.log(`  ${describePacket(slowest.packet)}`)
problems.push(...thrown)
for (const problem of problems) console.log(`FAILED: ${problem}`)
process.exitCode = problems.length === 0 ? 0 : 1

async function attackUntil(messages: number): Promise<void> {
  const { next: following, failure } = await attack(victim, cases, messages, next)
  next = following
  if (failure === null) return
  printFailure(seed, failure, await shrunk(failure))
  process.exit(1)
}
