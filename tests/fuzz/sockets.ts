import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { identity } from '../../ipc/identity.ts'
import { connectSocket } from '../../ipc/transports/socket.ts'
import { listenOnSocket } from '../../ipc/transports/socket-server.ts'
import { guardedContract } from './guarded-contract.ts'
import { createGuardedService } from './guarded-service.ts'
import { ClientLink, manners } from './hostile-client.ts'
import { Random, seedOfCase } from './random.ts'
import { leftOver, megabytes, settledReading } from './readings.ts'

/**
 * `node tests/fuzz/sockets.ts [--connections 5000] [--seed N]`: programs that break the handshake and the frames of a
 * socket, beside an honest one that has to be answered all the time. Fails as messages.ts does, and when connections or
 * open files are left over.
 */
const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})
const [wanted, seed] = [Number(values.connections), Number(values.seed)]
/** Fewer than the server takes at a time, so that the honest one finds its place. */
const atOnce = 16
const allowedGrowthBytes = 3_000_000

const problems: string[] = []
process.on('uncaughtException', error => problems.push(`Thrown outside: ${error.stack}`))
process.on('unhandledRejection', reason => problems.push(`Rejected and not handled: ${String(reason)}`))

const folder = await mkdtemp(join(tmpdir(), 'nexus-fuzz-'))
const path = join(folder, 'own', 'fuzz.sock')
const service = createGuardedService(left => Promise.resolve(left))
const endpoint = createEndpoint({ identity: identity('victim', 'controller') })
endpoint.serve(guardedContract, service)
let welcomed = 0
let refusals = 0
const server = await listenOnSocket({
  path,
  onConnection: port => {
    welcomed += 1
    endpoint.connect(port, identity(`guest:${welcomed}`, 'guest'))
  },
  log: () => {
    refusals += 1
  },
})
const honest = createEndpoint({ identity: identity('honest', 'guest') })
honest.connect(await connectSocket(path), endpoint.identity)
const client = honest.client(guardedContract, endpoint.identity.id)

console.log(`fuzz of sockets: ${wanted} connections, seed ${seed}`)
const startedAt = performance.now()
await attack(0, Math.ceil(wanted * 0.1))
const before = await settledReading()
await attack(Math.ceil(wanted * 0.1), wanted)
const after = await settledReading()
const growth = after.heapBytes - before.heapBytes
console.log(`${wanted} connections in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`)
console.log(
  `${welcomed} shook hands, ${refusals} times something was refused, ${service.handled} calls handled`,
)
console.log(`heap ${megabytes(before.heapBytes)} before, ${megabytes(after.heapBytes)} after`)
if (growth > allowedGrowthBytes) problems.push(`The heap grew by ${megabytes(growth)}`)
const more = leftOver(before, after)
if (more.length > 0) problems.push(`Left over: ${more.join(', ')}`)
problems.push(...service.violations)
honest[Symbol.dispose]()
endpoint[Symbol.dispose]()
await server[Symbol.asyncDispose]()
await rm(folder, { recursive: true, force: true })
for (const problem of problems) console.log(`FAILED: ${problem}`)
process.exit(problems.length === 0 ? 0 : 1)

async function attack(from: number, to: number): Promise<void> {
  for (let index = from; index < to; index += atOnce) {
    const ends = Array.from({ length: Math.min(atOnce, to - index) }, (_, offset) => visit(index + offset))
    const sum = await client.add({ left: index, right: 1 }, { deadlineMs: 20_000 })
    if (sum !== index + 1) problems.push('The honest program was answered wrongly')
    await Promise.all(ends)
    await delay(0)
  }
  // Those of hostile programs close as these go; the honest one stays.
  for (let wait = 0; wait < 200 && endpoint.metrics.snapshot().connections.length > 1; wait += 1)
    await delay(20)
  const left = endpoint.metrics.snapshot().connections.length - 1
  if (left > 0) problems.push(`${left} connections were left over`)
}

async function visit(index: number): Promise<void> {
  const random = new Random(seedOfCase(seed, index))
  const link = new ClientLink(path, random)
  const manner = random.pick(Object.keys(manners))
  // A server that breaks off leaves some of these waiting for ever.
  await Promise.race([manners[manner]?.(link, random, path), link.closed, unheldDelay(1_000)]).catch(
    error => {
      problems.push(`${manner} in case ${index}: ${String(error)}`)
    },
  )
  await delay(random.below(5))
  link.leave()
  await Promise.race([link.closed, unheldDelay(500)])
  link.destroy()
}

/** A limit that is forgotten once something else has come first. */
function unheldDelay(ms: number): Promise<void> {
  return delay(ms, undefined, { ref: false })
}
