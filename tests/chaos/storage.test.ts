import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { identity } from '../../ipc/identity.ts'
import { forkPort } from '../../ipc/transports/process-channel.ts'
import { StorageWorld } from '../../storage-service/testing/storage-world.ts'
import { randomFrom } from '../bench/storage/random.ts'
import { kindsOfWrite } from './storage/kinds-of-write.ts'
import { type Clients, clientsOf } from './storage/storage-clients.ts'

const rounds = Number(process.env.NEXUS_CHAOS_ROUNDS ?? 20)
const seed = 20_261_120
/** Of each kind; so many calls are under way at once. */
const keys = 3
/** A file grows over the rounds; then a new one is begun. */
const roundsOfOneFile = 50
/** Of so many rounds one ends while the process starts and opens the file; the others while it writes. */
const earlyShare = 0.15
const startMs = 600
const writingMs = 120

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-chaos-storage-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What is known of one key: the last number that was acknowledged, and the last that was sent. */
interface Known {
  acknowledged: number
  sent: number
}

it(`has every acknowledged write after ${rounds} kills at random moments`, async () => {
  const random = randomFrom(seed)
  let acknowledged = 0
  let file = ''
  let known = new Map<string, Known>()
  let value = 0
  for (let round = 0; round < rounds; round += 1) {
    if (round % roundsOfOneFile === 0) {
      if (file !== '') rmSync(folder, { recursive: true, force: true })
      file = join(folder, String(round), 'nexus.sqlite')
      known = new Map()
    }
    const child = fork(new URL('./storage/storage-child.ts', import.meta.url), [file], {
      serialization: 'advanced',
    })
    const main = createEndpoint({ identity: identity('controller', 'controller') })
    main.connect(forkPort(child), identity('storage', 'storage'))
    const clients = clientsOf(main)
    const state = { isAlive: true }
    const first = Promise.withResolvers<void>()
    const writers = Object.entries(kindsOfWrite).flatMap(([name, kind]) =>
      Array.from({ length: kind.keys ?? keys }, async (_, key) => {
        const place = `${name} ${key}`
        const one = known.get(place) ?? { acknowledged: -1, sent: -1 }
        known.set(place, one)
        while (state.isAlive) {
          value += 1
          const sent = value
          one.sent = sent
          try {
            await kind.write(clients, key, sent)
          } catch {
            // Killed before the answer: it may be there or not.
            return
          }
          one.acknowledged = sent
          acknowledged += 1
          first.resolve()
        }
      }),
    )
    // From the middle of opening to the middle of writing.
    if (random() < earlyShare) await delay(random() * startMs)
    else {
      await first.promise
      await delay(random() * writingMs)
    }
    state.isAlive = false
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    main[Symbol.dispose]()
    await Promise.all(writers)
    expect([round, child.signalCode]).toEqual([round, 'SIGKILL'])
    expect([round, await losses(file, known)]).toEqual([round, []])
  }
  console.log(`${rounds} rounds, ${acknowledged} acknowledged writes, none lost`)
  expect(acknowledged).toBeGreaterThan(rounds)
}, 3_600_000)

/** Opens the file as the next start does, and compares it with what is known. */
async function losses(file: string, known: ReadonlyMap<string, Known>): Promise<string[]> {
  using world = new StorageWorld(file)
  const clients: Clients = clientsOf(world.calling)
  const lost: string[] = []
  if (world.report.kind !== 'opened' && world.report.kind !== 'created') {
    lost.push(`The file was not opened: ${JSON.stringify(world.report)}`)
  }
  const { faults } = await clients.care.check({})
  lost.push(...faults)
  for (const [place, { acknowledged, sent }] of known) {
    const [name = '', key] = place.split(' ')
    const stored = (await kindsOfWrite[name]?.read(clients, Number(key))) ?? -1
    if (stored < acknowledged || stored > sent) {
      lost.push(`${place}: ${acknowledged} was acknowledged, ${sent} sent, and ${stored} is stored`)
    }
  }
  return lost
}
