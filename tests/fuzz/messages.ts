import { parseArgs } from 'node:util'
import { leftOver, megabytes, settledReading } from './readings.ts'
import { printFailure } from './report.ts'
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
/** Compiled code and caches are there after so many, which have a victim of their own. */
const warmUpMessages = 150_000
/** Of a victim that lives on: its meters keep four quarters of a minute of every peer and method. */
const allowedGrowthBytes = 6_000_000
const allowedRestBytes = 2_000_000

const thrown: string[] = []
process.on('uncaughtException', error => thrown.push(`Thrown outside: ${error.stack}`))
process.on('unhandledRejection', reason => thrown.push(`Rejected and not handled: ${String(reason)}`))

console.log(`fuzz: ${wanted} hostile messages, seed ${seed}`)
const startedAt = performance.now()
const cases = await Cases.of(seed)
const problems: string[] = []
let slowest = { ms: 0, words: '' }

if (values.case === undefined) {
  const next = await live(warmUpMessages, 0, false)
  const before = await settledReading()
  const alive = await live(wanted, next, true)
  const after = await settledReading()
  grew('The heap of a victim that lives on', alive - before.heapBytes, allowedGrowthBytes)
  grew('The heap after it', after.heapBytes - before.heapBytes, allowedRestBytes)
  const more = leftOver(before, after)
  if (more.length > 0) problems.push(`Left over: ${more.join(', ')}`)
} else {
  await live(1, Number(values.case), true)
}
problems.push(...thrown)
for (const problem of problems) console.log(`FAILED: ${problem}`)
process.exitCode = problems.length === 0 ? 0 : 1

/** A victim's life, from one case to the one that it gives; or, at the end of a run, its heap then. */
async function live(messages: number, from: number, isLast: boolean): Promise<number> {
  using victim = new Victim()
  const { next, failure } = await attack(victim, cases, messages, from)
  if (failure !== null) {
    printFailure(seed, failure, await shrunk(failure))
    process.exit(1)
  }
  if (victim.slowest.ms > slowest.ms) slowest = victim.slowest
  if (!isLast) return next
  const { heapBytes } = await settledReading()
  const { connections, cutOff, offences, handled, honest } = victim
  const seconds = (performance.now() - startedAt) / 1_000
  console.log(`${victim.messages} messages in ${next - from} cases; ${seconds.toFixed(1)} s`)
  console.log(`${connections} connections, ${cutOff} cut off; ${offences} offences; ${handled} calls handled`)
  console.log(`honest peer: ${honest.answered} times answered, slowest ${honest.slowestMs.toFixed(0)} ms`)
  console.log(`slowest packet: ${slowest.ms.toFixed(1)} ms of processor time (${slowest.words})`)
  return heapBytes
}

function grew(what: string, bytes: number, allowed: number): void {
  console.log(`${what}: ${bytes >= 0 ? '+' : ''}${megabytes(bytes)} (allowed ${megabytes(allowed)})`)
  if (bytes > allowed) problems.push(`${what} grew by ${megabytes(bytes)}`)
}
