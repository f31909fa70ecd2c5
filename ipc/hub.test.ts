import { EventEmitter } from 'node:events'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEndpoint, type Endpoint } from './endpoint.ts'
import { introductionFromPreload, introductionsFromMain, startRendererEndpoint } from './entry/renderer.ts'
import { IdentifierConflictError } from './errors.ts'
import { createHub, type Hub, type Registration } from './hub.ts'
import { endpointId, type Identity, identity } from './identity.ts'
import type { Introduction } from './introduction.ts'
import { type IntroductionSource, meet } from './meeting.ts'
import type { Port } from './port.ts'
import { SimulatedClock } from './simulated-clock.ts'
import { createSampleService, type SampleService, sampleContract } from './testing/sample-contract.ts'
import { createMemoryChannel } from './transports/memory.ts'

/** A process as main sees one: a way to hand over introductions. */
class FakeProcess implements IntroductionSource {
  readonly introductions: Introduction[] = []
  #listener: ((introduction: unknown, port: Port | null) => void) | null = null
  #early: [unknown, Port][] = []

  readonly deliver = (introduction: Introduction, port: Port): void => {
    this.introductions.push(introduction)
    // Introductions are copied between processes too.
    const copy: unknown = structuredClone(introduction)
    if (this.#listener === null) this.#early.push([copy, port])
    else this.#listener(copy, port)
  }

  onIntroduction(listener: (introduction: unknown, port: Port | null) => void): Disposable {
    this.#listener = listener
    for (const [introduction, port] of this.#early.splice(0)) listener(introduction, port)
    return {
      [Symbol.dispose]: () => {
        this.#listener = null
      },
    }
  }
}

interface Started {
  readonly process: FakeProcess
  readonly endpoint: Endpoint
  readonly registration: Registration
  readonly service: SampleService
}

describe('the hub', () => {
  let controller: Endpoint
  let hub: Hub<Port>
  let channelsMade: number
  const opened: Disposable[] = []

  beforeEach(() => {
    channelsMade = 0
    controller = createEndpoint({ identity: identity('controller', 'controller') })
    hub = createHub<Port>({
      endpoint: controller,
      createChannel: () => {
        channelsMade += 1
        return createMemoryChannel()
      },
      adopt: port => port,
      authority: [
        { from: 'guest', to: 'library', reason: 'Guests read.' },
        { from: 'library', to: 'guest', reason: 'The library calls back.' },
      ],
    })
    opened.push(hub, controller)
  })

  afterEach(() => {
    for (const disposable of opened.splice(0)) disposable[Symbol.dispose]()
  })

  async function start(self: Identity): Promise<Started> {
    const process = new FakeProcess()
    const service = createSampleService()
    const registration = hub.register(self, process.deliver)
    const endpoint = await meet(process, {}, made => {
      made.serve({ ...sampleContract }, service)
    })
    opened.push(endpoint)
    return { process, endpoint, registration, service }
  }

  it('welcomes a process: tells it who it is and joins it to main', async () => {
    const { endpoint, process } = await start(identity('ai', 'library'))
    expect(endpoint.identity).toEqual({ id: 'ai', role: 'library' })
    expect(process.introductions).toMatchObject([{ peer: { id: 'controller' }, self: { id: 'ai' } }])
    expect(await controller.client(sampleContract, endpoint.identity.id).add({ left: 1, right: 2 })).toBe(3)
  })

  it('brings two together on the first call, and carries nothing itself afterwards', async () => {
    const guest = await start(identity('guest:1', 'guest'))
    await start(identity('library', 'library'))
    const sample = guest.endpoint.client(sampleContract, endpointId('library'))
    expect(await Promise.all([sample.add({ left: 1, right: 2 }), sample.add({ left: 3, right: 4 })])).toEqual(
      [3, 7],
    )
    const carriedBefore = controller.metrics.messagesIn
    await sample.add({ left: 1, right: 2 })
    expect({ carried: controller.metrics.messagesIn - carriedBefore, channelsMade }).toEqual({
      carried: 0,
      channelsMade: 3,
    })
    expect(hub.channels).toEqual([['guest:1', 'library']])
  })

  it('makes one channel when both sides ask at once', async () => {
    const guest = await start(identity('guest:1', 'guest'))
    const library = await start(identity('library', 'library'))
    const results = await Promise.all([
      guest.endpoint.client(sampleContract, endpointId('library')).add({ left: 1, right: 2 }),
      library.endpoint
        .client(sampleContract, endpointId('guest:1'))
        .echo({ text: 'back' })
        .catch(error => error.code),
    ])
    // The sample contract lets only guests and main call, so the library is refused, over the same channel.
    expect(results).toEqual([3, 'PERMISSION_DENIED'])
    expect(channelsMade).toBe(3)
  })

  it('refuses pairs without a row of authority, and peers that do not exist', async () => {
    const guest = await start(identity('guest:1', 'guest'))
    await start(identity('guest:2', 'guest'))
    const call = (peer: string) =>
      guest.endpoint.client(sampleContract, endpointId(peer)).add({ left: 1, right: 1 })
    await expect(call('guest:2')).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
    await expect(call('nobody')).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' })
    await expect(call('guest:1')).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' })
    expect(hub.channels).toEqual([])
  })

  it('fails calls at once when a process ends, tells its peers, and forgets it within the tick', async () => {
    const guest = await start(identity('guest:1', 'guest'))
    const library = await start(identity('library', 'library'))
    const fromGuest = guest.endpoint.client(sampleContract, endpointId('library')).hang({})
    await library.service.nextHang()
    const fromMain = controller.client(sampleContract, endpointId('library')).hang({})
    await library.service.nextHang()

    library.registration.remove('exit code 9')
    expect(hub.members.map(member => member.id)).toEqual(['guest:1'])
    expect(hub.channels).toEqual([])
    await expect(fromMain).rejects.toMatchObject({ code: 'PROCESS_TERMINATED' })
    // The far end of the direct port is still open here, as with a port that never notices: main's word is enough.
    await expect(fromGuest).rejects.toMatchObject({ code: 'PROCESS_TERMINATED' })
  })

  it('remakes the channel after a process came back', async () => {
    const guest = await start(identity('guest:1', 'guest'))
    const first = await start(identity('library', 'library'))
    const sample = guest.endpoint.client(sampleContract, endpointId('library'))
    await sample.add({ left: 1, right: 1 })
    first.registration.remove('crashed')
    first.endpoint[Symbol.dispose]()
    await expect(sample.add({ left: 1, right: 1 })).rejects.toMatchObject({ code: 'PROCESS_TERMINATED' })
    await expect(sample.add({ left: 1, right: 1 })).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' })
    await start(identity('library', 'library'))
    expect(await sample.add({ left: 2, right: 2 })).toBe(4)
  })

  it('remakes a channel whose port was lost while both processes live', async () => {
    const guest = await start(identity('guest:1', 'guest'))
    const library = await start(identity('library', 'library'))
    const sample = guest.endpoint.client(sampleContract, endpointId('library'))
    await sample.add({ left: 1, right: 1 })
    library.endpoint.connectionTo(guest.endpoint.identity.id)?.close('lost')
    await expect(sample.add({ left: 1, right: 1 })).rejects.toMatchObject({ code: 'PROCESS_TERMINATED' })
    expect(await sample.add({ left: 2, right: 2 })).toBe(4)
  })

  it('gives a name to one process at a time', async () => {
    const first = await start(identity('ai', 'library'))
    const again = () => hub.register(identity('ai', 'library'), () => {})
    expect(again).toThrow(IdentifierConflictError)
    expect(() => hub.register(identity('controller', 'controller'), () => {})).toThrow(
      IdentifierConflictError,
    )
    first.registration.remove('done')
    again()
  })

  it('keeps no trace of a process that could not be reached', () => {
    const deliver = () => {
      throw new Error('The process is gone')
    }
    expect(() => hub.register(identity('ai', 'library'), deliver)).toThrow('The process is gone')
    expect(hub.members).toEqual([])
  })

  it('leaves a process alone that is never welcomed, after ten seconds', async () => {
    const clock = new SimulatedClock()
    const meeting = meet(new FakeProcess(), { clock }, () => {})
    clock.advance(10_000)
    await expect(meeting).rejects.toMatchObject({ code: 'REGISTRATION_TIMEOUT' })
  })

  it('is not taken in by an introduction that is not well formed', async () => {
    const process = new FakeProcess()
    const clock = new SimulatedClock()
    const meeting = meet(process, { clock }, () => {})
    const [port] = createMemoryChannel()
    const good = {
      kind: 'nexus/introduction',
      peer: identity('controller', 'controller'),
      channel: 1,
    } as const
    process.deliver(good, port)
    process.deliver({ ...good, self: { id: '../etc' as never, role: 'ai' } }, port)
    process.deliver({ ...good, kind: 'hello' as never, self: identity('ai', 'ai') }, port)
    clock.advance(10_000)
    await expect(meeting).rejects.toMatchObject({ code: 'REGISTRATION_TIMEOUT' })
  })
})

describe('the entry of a renderer', () => {
  const controllerIdentity = identity('controller', 'controller')
  const self = identity('chrome:1', 'guest')
  const introduction: Introduction = {
    kind: 'nexus/introduction',
    peer: controllerIdentity,
    channel: 1,
    self,
  }

  it('takes the port that main sends to a preload', async () => {
    const ipc = new EventEmitter()
    const meeting = startRendererEndpoint(introductionsFromMain(ipc))
    const { port1, port2 } = new MessageChannel()
    ipc.emit('nexus/introduction', { ports: [port1] }, introduction)
    using endpoint = await meeting
    expect(endpoint.identity).toEqual(self)
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
