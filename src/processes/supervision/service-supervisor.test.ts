import { EventEmitter } from 'node:events'
import type { UtilityProcess } from 'electron'
import { expect, it } from 'vitest'
import { serviceContract } from '../../../contracts/service.ts'
import { createEndpoint, type Endpoint } from '../../../ipc/endpoint.ts'
import { identity } from '../../../ipc/identity.ts'
import { SimulatedClock } from '../../../ipc/simulated-clock.ts'
import { createMemoryChannel } from '../../../ipc/transports/memory.ts'
import { lifecycleState } from '../../controller/lifecycle-state.ts'
import type { EndCause } from '../book/known-process.ts'
import { serviceDefinitions } from '../service-definitions.ts'
import { ServiceSupervisor } from './service-supervisor.ts'

const paths = { buildFolder: '/b', modelsFolder: '/m', databaseFile: '/d', cacheFile: '/c' }
const turn = () => new Promise(resolve => setImmediate(resolve))
const settle = async () => {
  for (let count = 0; count < 6; count += 1) await turn()
}

/** A process that is made up: it spawns when told, answers while it may, and ends when it is killed. */
class FakeChild extends EventEmitter {
  pid: number | undefined
  service: Endpoint | null = null
  postMessage(): void {}
  kill(): boolean {
    this.exit(15)
    return true
  }
  exit(code: number): void {
    if (this.pid === undefined) return
    this.pid = undefined
    this.service?.[Symbol.dispose]()
    this.emit('exit', code)
  }
}

function start(name: 'storage' | 'ai' | 'audio' | 'audio', answers = () => true) {
  const clock = new SimulatedClock()
  const endpoint = createEndpoint({ identity: identity('controller', 'controller'), clock })
  const children: FakeChild[] = []
  const signals: string[] = []
  const crashes: boolean[] = []
  const causes: EndCause[] = []
  const steps: string[] = []
  const definition = serviceDefinitions(paths).find(one => one.name === name)
  if (definition === undefined) throw new Error('no such service')
  const supervisor = new ServiceSupervisor({
    definition,
    clock,
    log: () => {},
    switchboard: {
      endpoint,
      admit: () => {
        const child = children.at(-1)
        const service = createEndpoint({ identity: identity(name, name), clock })
        service.serve(serviceContract, {
          ping: () => (answers() ? {} : new Promise<never>(() => {})),
          report: () => Promise.reject(new Error('not asked')),
          spans: () => Promise.reject(new Error('not asked')),
          traffic: () => Promise.reject(new Error('not asked')),
          trim: () => Promise.reject(new Error('not asked')),
          prepareToStop: () => ({}),
        })
        const [mine, its] = createMemoryChannel()
        endpoint.connect(mine, identity(name, name))
        service.connect(its, identity('controller', 'controller'))
        if (child !== undefined) child.service = service
        return { [Symbol.dispose]: () => mine.close() }
      },
    },
    fork: () => {
      const child = new FakeChild()
      children.push(child)
      return child as unknown as UtilityProcess
    },
    signal: (pid, signal) => {
      signals.push(`${signal} ${pid}`)
      if (signal === 'SIGKILL') children.find(one => one.pid === pid)?.exit(9)
    },
    onCrash: (_definition, isGivenUp) => crashes.push(isGivenUp),
    noteEnd: (_pid, cause) => causes.push(cause),
    noteStep: step => steps.push(step),
  })
  const spawn = async () => {
    const child = children.at(-1)
    if (child === undefined) throw new Error('nothing was forked')
    child.pid = 100 + children.length
    child.emit('spawn')
    await settle()
  }
  const state = () => lifecycleState(supervisor.actor.getSnapshot())
  return { clock, supervisor, children, signals, crashes, causes, steps, spawn, state }
}

it('is launched step by step, and is ready with its first answer', async () => {
  const { supervisor, steps, spawn, state } = start('storage')
  supervisor.ensureRunning()
  supervisor.ensureRunning()
  expect(steps).toEqual(['identity', 'sandbox'])
  await spawn()
  expect([state(), steps]).toEqual(['idle', ['identity', 'sandbox', 'launch', 'channels', 'registration']])
})

it('is launched again at once when it was killed', async () => {
  const { supervisor, children, crashes, clock, spawn, state } = start('storage')
  supervisor.ensureRunning()
  await spawn()
  children[0]?.exit(9)
  expect(crashes).toEqual([false])
  clock.advance(0)
  expect(children).toHaveLength(2)
  await spawn()
  expect(state()).toBe('idle')
})

it('is given up when it dies again and again, and tried again when somebody asks', async () => {
  const { supervisor, children, crashes, clock, spawn, state } = start('storage')
  supervisor.ensureRunning()
  for (let round = 0; round < 10; round += 1) {
    await spawn()
    children.at(-1)?.exit(1)
    clock.advance(5_000)
  }
  expect([state(), crashes.at(-1), children.length]).toEqual(['failed', true, 10])
  // Calls that come meanwhile do not begin all of it again.
  supervisor.ensureRunning()
  expect(children).toHaveLength(10)
  supervisor.restart()
  expect(children).toHaveLength(11)
  for (let round = 0; round < 10; round += 1) {
    await spawn()
    children.at(-1)?.exit(1)
    clock.advance(5_000)
  }
  clock.advance(30_000)
  supervisor.ensureRunning()
  expect([state(), children.length]).toEqual(['created', 21])
})

it('is ended and brought back when it answers no heartbeat, and that is what it died of', async () => {
  let answers = true
  const { supervisor, children, causes, signals, clock, spawn } = start('storage', () => answers)
  supervisor.ensureRunning()
  await spawn()
  answers = false
  for (let beat = 0; beat < 3; beat += 1) {
    expect(signals).toEqual([])
    clock.advance(5_000)
    await settle()
    clock.advance(5_000)
    await settle()
  }
  expect([causes, signals]).toEqual([[{ kind: 'hung' }], ['SIGKILL 101']])
  clock.advance(0)
  expect(children).toHaveLength(2)
})

it('is ended when it never gives its first answer', async () => {
  const { supervisor, causes, clock, spawn } = start('storage', () => false)
  supervisor.ensureRunning()
  await spawn()
  clock.advance(20_000)
  await settle()
  expect(causes).toEqual([{ kind: 'hung' }])
})

it('stands still when it is suspended, without being taken for hung, and goes on with its next call', async () => {
  const { supervisor, signals, causes, clock, spawn, state } = start('ai')
  supervisor.ensureRunning()
  await spawn()
  supervisor.suspend()
  expect([state(), signals]).toEqual(['suspended', ['SIGSTOP 101']])
  clock.advance(120_000)
  await settle()
  expect(causes).toEqual([])
  const work = Promise.withResolvers<void>()
  const done = supervisor.during(() => work.promise)
  expect([state(), signals.at(-1)]).toEqual(['active', 'SIGCONT 101'])
  work.resolve()
  await done
  expect(state()).toBe('idle')
})

it('ends in good order when a person ends it: what others need comes back at once, the rest with its next call', async () => {
  const storage = start('storage')
  storage.supervisor.ensureRunning()
  await storage.spawn()
  storage.supervisor.endInOrder(false)
  await settle()
  expect([storage.children.length, storage.crashes, storage.causes]).toEqual([2, [], [{ kind: 'person' }]])
  const ai = start('ai')
  ai.supervisor.ensureRunning()
  await ai.spawn()
  ai.supervisor.endInOrder(false)
  await settle()
  expect([ai.children.length, ai.state()]).toEqual([1, 'created'])
  ai.supervisor.ensureRunning()
  expect(ai.children).toHaveLength(2)
})

it('is ended in good order when it had no work for ten minutes', async () => {
  const { supervisor, children, crashes, clock, spawn, state } = start('ai')
  supervisor.ensureRunning()
  await spawn()
  // Its heart is heard all the while.
  for (let passed = 0; passed < 600_000; passed += 5_000) {
    expect(children[0]?.pid).toBe(101)
    clock.advance(5_000)
    await settle()
  }
  expect([state(), children[0]?.pid, crashes]).toEqual(['created', undefined, []])
})

it.each(['ai', 'audio'] as const)(
  'rests when nobody calls it for long, and is there again with the next call: %s',
  async name => {
    const { supervisor, children, crashes, clock, spawn, state } = start(name)
    supervisor.ensureRunning()
    await spawn()
    const work = Promise.withResolvers<void>()
    const done = supervisor.during(() => work.promise)
    clock.advance(24 * 3_600_000)
    await settle()
    expect(children).toHaveLength(1)
    work.resolve()
    await done
    clock.advance(24 * 3_600_000)
    await settle()
    expect([state(), crashes, children.length]).toEqual(['created', [], 1])
    supervisor.ensureRunning()
    await spawn()
    await supervisor.during(() => Promise.resolve())
    expect([state(), children.length]).toEqual(['idle', 2])
  },
)
