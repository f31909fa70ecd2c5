import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { identity } from '../../ipc/identity.ts'
import { createRingChannel, ringPort } from '../../ipc/transports/ring-port.ts'
import { guardedContract } from './guarded-contract.ts'
import { createGuardedService } from './guarded-service.ts'
import { HonestPeer } from './honest-peer.ts'
import { OwnCalls } from './own-calls.ts'
import { Random, seedOfCase } from './random.ts'
import { leftOver, megabytes, settledReading } from './readings.ts'
import { type IntruderManner, type Intrusion, intruderManners } from './ring-intruder.ts'

/**
 * `node tests/fuzz/rings.ts [--rounds 1000] [--seed N]`: a thread that overwrites the rings it shares with an endpoint
 * (positions, lengths, sleepers, payloads) while these are in use. Fails as messages.ts does, and when it keeps the
 * endpoint's thread from its other work. What such a thread does to its own messages nobody can prevent.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})
const [rounds, seed] = [Number(values.rounds), Number(values.seed)]
const usualMs = 5
/** Long enough to tell a thread that is kept busy from one that had to wait for a processor. */
const restlessMs = 1_500
const allowedStallMs = 1_000
const allowedGrowthBytes = 3_000_000

const problems: string[] = []
process.on('uncaughtException', error => problems.push(`Thrown outside: ${error.stack}`))
process.on('unhandledRejection', reason => problems.push(`Rejected and not handled: ${String(reason)}`))

const service = createGuardedService(left => Promise.resolve(left))
const endpoint = createEndpoint({ identity: identity('victim', 'controller') })
endpoint.serve(guardedContract, service)
const honest = new HonestPeer(endpoint)
const intruder = new Worker(new URL('ring-intruder.ts', import.meta.url))
let closed = 0
let slowestStallMs = 0

console.log(`fuzz of rings: ${rounds} rounds, seed ${seed}`)
const startedAt = performance.now()
await attack(0, Math.ceil(rounds * 0.1))
const before = await settledReading()
await attack(Math.ceil(rounds * 0.1), rounds)
// A closed ring waits for a while for a reader that makes no room.
await delay(1_500)
const after = await settledReading()
const growth = after.heapBytes - before.heapBytes
console.log(
  `${rounds} rounds in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s, ${closed} rings closed`,
)
console.log(`honest peer: ${honest.answered} times answered; longest stall ${slowestStallMs.toFixed(0)} ms`)
console.log(`heap ${megabytes(before.heapBytes)} before, ${megabytes(after.heapBytes)} after`)
if (growth > allowedGrowthBytes) problems.push(`The heap grew by ${megabytes(growth)}`)
const more = leftOver(before, after)
if (more.length > 0) problems.push(`Left over: ${more.join(', ')}`)
problems.push(...service.violations)
for (const problem of problems) console.log(`FAILED: ${problem}`)
process.exit(problems.length === 0 ? 0 : 1)

async function attack(from: number, to: number): Promise<void> {
  for (let round = from; round < to; round += 1) {
    const random = new Random(seedOfCase(seed, round))
    await suffer(round, random.pick(intruderManners), random)
  }
}

async function suffer(round: number, manner: IntruderManner, random: Random): Promise<void> {
  // Now and then for so long that it would be noticed if this thread never slept.
  const durationMs = manner === 'restless' && random.oneIn(20) ? restlessMs : usualMs
  const [near, end] = createRingChannel({ capacityBytes: random.pick([64, 4_096, 65_536]) })
  const port = ringPort(near)
  const guest = identity(`thread:${round % 8}`, 'guest')
  const own = new OwnCalls(endpoint, guest.id)
  const connection = endpoint.connect(port, guest)
  intruder.postMessage({ end, seed: random.below(2 ** 31), manner, durationMs } satisfies Intrusion)
  const [answer] = await Promise.all([
    honest.ask(round),
    once(intruder, 'message'),
    watchStalls(durationMs, manner),
  ])
  if (answer !== null) problems.push(`${manner} in round ${round}: ${answer}`)
  if (!connection.isOpen) closed += 1
  connection.close('the round is over')
  port.close()
  own[Symbol.dispose]()
  for (let turn = 0; turn < 100 && own.unsettled > 0; turn += 1)
    await new Promise(resolve => setImmediate(resolve))
  if (own.unsettled > 0) problems.push(`${own.unsettled} calls never ended after ${manner}`)
  problems.push(...own.violations.map(what => `${what} (${manner} in round ${round})`))
}

/** Notices when this thread does not get to anything else. */
async function watchStalls(durationMs: number, manner: IntruderManner): Promise<void> {
  const until = performance.now() + durationMs
  for (let last = performance.now(); last < until; ) {
    await new Promise(resolve => setImmediate(resolve))
    const now = performance.now()
    slowestStallMs = Math.max(slowestStallMs, now - last)
    if (now - last > allowedStallMs) problems.push(`Stalled for ${Math.round(now - last)} ms by ${manner}`)
    last = now
  }
}
