import { EventEmitter } from 'node:events'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEndpoint, type Endpoint } from './endpoint.ts'
import { introductionFromPreload, introductionsFromMain, startRendererEndpoint } from './entry/renderer.ts'
import { PermissionDeniedError } from './errors.ts'
import { hubContract } from './hub-contract.ts'
import { endpointId, identity } from './identity.ts'
import type { Introduction } from './introduction.ts'
import type { LogEntry } from './log.ts'
import { joinHub, type MeetingOptions, type Membership, meet, type RegistrationChange } from './meeting.ts'
import { SimulatedClock } from './simulated-clock.ts'
import { FakeProcess, settled } from './testing/hub-world.ts'
import { createSampleService, sampleContract } from './testing/sample-contract.ts'
import { createMemoryChannel } from './transports/memory.ts'

const main = identity('controller', 'controller')
const self = identity('guest:1', 'guest')
const welcome: Introduction = { kind: 'nexus/introduction', peer: main, channel: 1, self }
const timedOut = { code: 'REGISTRATION_TIMEOUT' }

describe('a membership', () => {
  let clock: SimulatedClock
  let process: FakeProcess
  let controller: Endpoint
  let log: LogEntry[]
  const opened: Disposable[] = []

  beforeEach(() => {
    clock = new SimulatedClock()
    process = new FakeProcess()
    log = []
    controller = createEndpoint({ identity: main })
    controller.serve(sampleContract, createSampleService())
    opened.push(controller)
  })

  afterEach(() => {
    for (const disposable of opened.splice(0)) disposable[Symbol.dispose]()
  })

  function join(options: MeetingOptions = {}, prepare?: (membership: Membership) => void): Membership {
    const membership = joinHub(process, { clock, log: entry => log.push(entry), ...options }, prepare)
    opened.push(membership)
    return membership
  }

  /** Main's welcome, with a port to the controller. */
  function welcomeNow(introduction: Introduction = welcome): void {
    const [near, far] = createMemoryChannel()
    controller.connect(near, self)
    process.deliver(introduction, far)
  }

  const add = ({ endpoint }: Membership, left: number, peer = main.id) =>
    endpoint.client(sampleContract, peer).add({ left, right: 0 }, { deadlineMs: 60_000 })

  it('goes from uninitialized to registered, and tells each step once it is complete', async () => {
    const changes: (RegistrationChange & { now: string })[] = []
    let atFirst = ''
    const membership = join({}, joining => {
      atFirst = joining.state
      joining.onStateChange(change => changes.push({ ...change, now: joining.state }))
    })
    welcomeNow()
    expect(atFirst).toBe('uninitialized')
    expect(changes).toEqual([
      { from: 'uninitialized', to: 'subscribing', error: null, now: 'subscribing' },
      { from: 'subscribing', to: 'registered', error: null, now: 'registered' },
    ])
    expect(await membership.whenRegistered()).toBe(membership.endpoint)
    expect(membership.endpoint.identity).toEqual(self)
    expect(membership.registry.targets).toEqual([{ ...main, processType: 'main' }])
  })

  it('keeps calls until the welcome and then sends them at once, in order', async () => {
    const membership = join()
    const order: number[] = []
    const calls = [1, 2, 3].map(number => add(membership, number).then(sum => order.push(sum)))
    await settled()
    expect(order).toEqual([])
    welcomeNow()
    await Promise.all(calls)
    expect(order).toEqual([1, 2, 3])
  })

  it('keeps no more than a thousand calls, and says so to the next', async () => {
    const membership = join()
    const calls = Array.from({ length: 1_001 }, (_, number) => add(membership, number))
    await expect(calls[1_000]).rejects.toMatchObject({ code: 'QUEUE_FULL' })
    welcomeNow()
    expect(await Promise.all(calls.slice(0, 1_000))).toHaveLength(1_000)
  })

  it('asks main for the peers that were called before the welcome', async () => {
    const asked: string[] = []
    const hub = controller.serve(hubContract, {
      introduce: ({ peer }) => {
        asked.push(peer)
        throw new PermissionDeniedError('Not for guests')
      },
      registry: () => ({ version: 0, targets: [] }),
    })
    opened.push(hub)
    const membership = join()
    const call = add(membership, 1, endpointId('library'))
    welcomeNow()
    await expect(call).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
    expect(asked).toEqual(['library'])
  })

  it('fails after five seconds without a welcome: the queue is rejected and nothing is queued any more', async () => {
    const membership = join()
    const changes: RegistrationChange[] = []
    membership.onStateChange(change => changes.push(change))
    const early = [add(membership, 1, main.id), add(membership, 2, endpointId('library'))]
    clock.advance(4_999)
    expect(membership.state).toBe('subscribing')
    clock.advance(1)
    expect(changes).toMatchObject([{ from: 'subscribing', to: 'failed', error: timedOut }])
    for (const call of early) await expect(call).rejects.toMatchObject(timedOut)
    await expect(membership.whenRegistered()).rejects.toMatchObject(timedOut)
    const late = Array.from({ length: 2_000 }, (_, number) => add(membership, number))
    const codes = await Promise.all(late.map(call => call.catch(error => error.code)))
    expect(new Set(codes)).toEqual(new Set(['REGISTRATION_TIMEOUT']))
    expect(membership.endpoint.metrics.snapshot().waitingCalls).toBe(0)
  })

  it('recovers when the welcome comes late', async () => {
    const membership = join()
    clock.advance(5_000)
    const changes: RegistrationChange[] = []
    membership.onStateChange(change => changes.push(change))
    welcomeNow()
    expect(changes).toEqual([{ from: 'failed', to: 'registered', error: null }])
    expect(await add(membership, 7)).toBe(7)
  })

  it('waits for ever where that is asked for', () => {
    const membership = join({ registrationTimeoutMs: null })
    clock.advance(10_000_000)
    expect(membership.state).toBe('subscribing')
    expect(log).toEqual([])
  })

  it('warns when calls still wait to be sent after five seconds', async () => {
    const membership = join({ registrationTimeoutMs: null })
    const calls = [add(membership, 1), add(membership, 2)]
    clock.advance(5_000)
    expect(log).toEqual([
      {
        level: 'warning',
        message: 'Calls wait to be sent since 5000 ms',
        details: { state: 'subscribing', peers: ['controller'] },
      },
    ])
    membership[Symbol.dispose]()
    await Promise.allSettled(calls)
  })

  it('takes a second welcome of the same name for a new port to main', async () => {
    const membership = join()
    welcomeNow()
    controller.connectionTo(self.id)?.close('main lost it')
    await settled()
    welcomeNow()
    expect(await add(membership, 5)).toBe(5)
  })

  it('keeps its name: a welcome of another one is refused', async () => {
    const membership = join()
    welcomeNow()
    const [near, far] = createMemoryChannel()
    let isClosed = false
    near.onClose(() => {
      isClosed = true
    })
    process.deliver({ ...welcome, self: identity('guest:2', 'guest') }, far)
    await settled()
    expect([membership.endpoint.identity.id, isClosed]).toEqual(['guest:1', true])
    expect(await add(membership, 5)).toBe(5)
  })

  it('refuses whoever is introduced before main', async () => {
    const membership = join()
    const [near, far] = createMemoryChannel()
    let isClosed = false
    near.onClose(() => {
      isClosed = true
    })
    process.deliver({ kind: 'nexus/introduction', peer: identity('ai', 'ai'), channel: 2 }, far)
    await settled()
    expect([membership.state, isClosed]).toEqual(['subscribing', true])
  })

  it('leaves no timer and no call behind when it is disposed', async () => {
    const membership = join()
    const call = add(membership, 1)
    membership[Symbol.dispose]()
    await expect(call).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' })
    await expect(membership.whenRegistered()).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' })
    expect(clock.timers).toBe(0)
  })

  describe('as a promise', () => {
    it('serves before anything arrives, and gives the named endpoint', async () => {
      const meeting = meet(process, { clock }, made => {
        opened.push(made.serve({ ...sampleContract }, createSampleService()))
      })
      welcomeNow()
      using endpoint = await meeting
      expect(endpoint.identity).toEqual(self)
    })

    it('leaves a process alone that is never welcomed, and does not answer later', async () => {
      const meeting = meet(process, { clock }, () => {})
      clock.advance(5_000)
      await expect(meeting).rejects.toMatchObject(timedOut)
      welcomeNow()
      expect(clock.timers).toBe(0)
    })

    it('is not taken in by an introduction that is not well formed', async () => {
      const meeting = meet(process, { clock }, () => {})
      const forged = [
        { ...welcome, self: { id: '../etc', role: 'guest' } },
        { ...welcome, kind: 'hello' },
        { ...welcome, channel: 'one' },
        { ...welcome, peer: null },
        'hello',
      ]
      for (const introduction of forged) {
        const [, far] = createMemoryChannel()
        process.deliver(introduction as Introduction, far)
      }
      clock.advance(5_000)
      await expect(meeting).rejects.toMatchObject(timedOut)
    })
  })
})

describe('the entry of a renderer', () => {
  const chrome = identity('chrome:1', 'guest')
  const introduction: Introduction = {
    kind: 'nexus/introduction',
    peer: main,
    channel: 1,
    self: chrome,
  }

  it('takes the port that main sends to a preload', async () => {
    const ipc = new EventEmitter()
    const meeting = startRendererEndpoint(introductionsFromMain(ipc))
    const { port1, port2 } = new MessageChannel()
    ipc.emit('nexus/introduction', { ports: [port1] }, introduction)
    using endpoint = await meeting
    expect(endpoint.identity).toEqual(chrome)
    port2.close()
  })

  it('takes only the first introduction that this very window passes in', async () => {
    const target = new EventTarget()
    const window = Object.assign(target, { origin: 'nexus://chrome' }) as never
    const meeting = startRendererEndpoint(introductionFromPreload(window))
    const tell = (source: unknown, origin: string, data: unknown) => {
      const channel = new MessageChannel()
      channels.push(channel)
      const event = Object.assign(new Event('message'), { source, origin, data, ports: [channel.port1] })
      target.dispatchEvent(event)
    }
    const channels: MessageChannel[] = []
    const forged = { ...introduction, self: identity('chrome:666', 'guest') }
    tell(null, 'nexus://chrome', forged)
    tell(window, 'https://evil.example', forged)
    tell(window, 'nexus://chrome', 'hello')
    tell(window, 'nexus://chrome', introduction)
    tell(window, 'nexus://chrome', forged)
    using endpoint = await meeting
    expect(endpoint.identity.id).toBe('chrome:1')
    for (const { port1, port2 } of channels) {
      port1.close()
      port2.close()
    }
  })
})
