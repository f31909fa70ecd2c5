import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEndpoint } from './endpoint.ts'
import type { Departure } from './hub.ts'
import { endpointId, identity } from './identity.ts'
import { externalTarget, type Target } from './target.ts'
import { HubWorld, renderer, settled, utility } from './testing/hub-world.ts'
import { sampleContract } from './testing/sample-contract.ts'
import { createMemoryChannel } from './transports/memory.ts'

describe('the hub', () => {
  let world: HubWorld

  beforeEach(() => {
    world = new HubWorld({
      authority: [
        { from: 'guest', to: 'library', reason: 'Guests read.' },
        { from: 'library', to: 'guest', reason: 'The library calls back.' },
      ],
    })
  })

  afterEach(() => world[Symbol.dispose]())

  const libraryOf = (caller: { endpoint: ReturnType<typeof createEndpoint> }) =>
    caller.endpoint.client(sampleContract, endpointId('library'))

  it('welcomes a process: tells it who it is and joins it to main', async () => {
    const { endpoint, process } = world.join(utility('ai', 'library'))
    expect(endpoint.identity).toEqual({ id: 'ai', role: 'library' })
    expect(process.introductions).toEqual([
      {
        kind: 'nexus/introduction',
        peer: { id: 'controller', role: 'controller' },
        channel: 1,
        self: { id: 'ai', role: 'library' },
      },
    ])
    expect(
      await world.controller.client(sampleContract, endpoint.identity.id).add({ left: 1, right: 2 }),
    ).toBe(3)
  })

  it('gives a name to one process at a time, whatever its kind', () => {
    const first = world.join(utility('ai', 'library'))
    const conflict = expect.objectContaining({ code: 'IDENTIFIER_CONFLICT' })
    expect(() => world.join(utility('ai', 'library'))).toThrow(conflict)
    expect(() => world.join(renderer('ai', 'guest'))).toThrow(conflict)
    expect(() => world.join(utility('controller', 'controller'))).toThrow(conflict)
    const [port] = createMemoryChannel()
    expect(() => world.hub.registerExternal(externalTarget(identity('ai', 'cli')), port)).toThrow(conflict)
    first.registration.remove('done')
    world.join(renderer('ai', 'guest'))
  })

  it('does not give away the name of somebody whom main connected by itself', () => {
    const [near] = createMemoryChannel()
    world.controller.connect(near, identity('cli:1', 'cli'))
    expect(() => world.join(utility('cli:1', 'library'))).toThrow(
      expect.objectContaining({ code: 'IDENTIFIER_CONFLICT' }),
    )
  })

  it('takes in nobody who breaks the rules of its kind', () => {
    const broken = { ...identity('tab:1', 'guest'), processType: 'renderer' } as Target
    expect(() => world.hub.register(broken, () => {})).toThrow(
      expect.objectContaining({ code: 'VALIDATION_ERROR' }),
    )
    expect(world.hub.members).toEqual([])
  })

  it('keeps no trace of a process that could not be reached', () => {
    const deliver = () => {
      throw new Error('The process is gone')
    }
    expect(() => world.hub.register(utility('ai', 'library'), deliver)).toThrow('The process is gone')
    expect([world.hub.members, world.hub.registry.targets]).toEqual([[], []])
  })

  it('fails calls at once when a process ends, tells its peers, and forgets it within the tick', async () => {
    const guest = world.join(renderer('guest:1', 'guest'))
    const library = world.join(utility('library', 'library'))
    const fromGuest = libraryOf(guest).hang({})
    await library.service.nextHang()
    const fromMain = world.controller.client(sampleContract, endpointId('library')).hang({})
    await library.service.nextHang()

    library.registration.remove('exit code 9')
    expect(world.hub.members.map(member => member.id)).toEqual(['guest:1'])
    expect(world.hub.registry.targets.map(target => target.id)).toEqual(['guest:1'])
    expect(world.hub.channels).toEqual([])
    await expect(fromMain).rejects.toMatchObject({ code: 'PROCESS_TERMINATED' })
    // The far end of the direct port is still open here, as with a port that never notices: main's word is enough.
    await expect(fromGuest).rejects.toMatchObject({ code: 'PROCESS_TERMINATED' })
  })

  it('announces who came and who went, with the reason', () => {
    const facts: (Target | Departure)[] = []
    world.hub.onDidRegister(target => facts.push(target))
    world.hub.onDidTerminate(departure => facts.push(departure))
    world.hub.onDidRegister(() => {
      throw new Error('A listener that fails')
    })
    const target = renderer('guest:1', 'guest', 4)
    world.join(target).registration.remove('render-process-gone: crashed')
    expect(facts).toEqual([target, { target, reason: 'render-process-gone: crashed' }])
  })

  it('tells main of navigations, of each contents its own', () => {
    const one = world.join(renderer('guest:1', 'guest', 11, 'a.test'))
    const two = world.join(renderer('guest:2', 'guest', 12, 'b.test'))
    one.registration.update({ url: 'https://c.test/', site: 'c.test', pid: 40 })
    expect(world.hub.registry.find({ site: 'c.test' }).map(target => target.id)).toEqual(['guest:1'])
    expect(world.hub.registry.find({ site: 'b.test' }).map(target => target.id)).toEqual(['guest:2'])
    one.registration.update({ url: 'about:blank', site: null })
    expect(one.registration.target).toEqual({
      ...renderer('guest:1', 'guest', 11),
      url: 'about:blank',
      pid: 40,
    })
    expect(() => one.registration.update({ site: 'https://a.test/path' })).toThrow(
      expect.objectContaining({ code: 'VALIDATION_ERROR' }),
    )
    two.registration.remove('closed')
    two.registration.update({ site: 'd.test' })
    expect(world.hub.registry.find({ site: 'd.test' })).toEqual([])
  })

  it('takes in the command line by its own socket, and introduces nobody to it', async () => {
    world[Symbol.dispose]()
    world = new HubWorld({
      authority: [
        { from: 'guest', to: 'cli', reason: 'A row that cannot be kept.' },
        { from: 'cli', to: 'guest', reason: 'Nor this one.' },
      ],
    })
    const [near, far] = createMemoryChannel()
    const registration = world.hub.registerExternal(externalTarget(identity('cli:1', 'cli')), near)
    using cli = createEndpoint({ identity: identity('cli:1', 'cli') })
    cli.connect(far, world.controller.identity)
    const guest = world.join(renderer('guest:1', 'guest'))
    expect(world.hub.members.map(member => member.processType)).toEqual(['external', 'renderer'])
    await expect(
      guest.endpoint.client(sampleContract, endpointId('cli:1')).add({ left: 1, right: 1 }),
    ).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' })
    cli[Symbol.dispose]()
    await settled()
    expect(world.hub.members.map(member => member.id)).toEqual(['guest:1'])
    expect(registration.connection.isOpen).toBe(false)
  })

  it('lets go of a process whose connection to main is closed, and of its channels', async () => {
    const guest = world.join(renderer('guest:1', 'guest'))
    const library = world.join(utility('library', 'library'))
    await libraryOf(guest).add({ left: 1, right: 1 })
    const toLibrary = library.endpoint.connectionTo(endpointId('guest:1'))
    // As after too many offences.
    guest.registration.connection.close('too many offences')
    expect(world.hub.members.map(member => member.id)).toEqual(['library'])
    await settled()
    expect(toLibrary?.isOpen).toBe(false)
  })

  it('lets go of a renderer that lies too often, and tells why', async () => {
    const departures: Departure[] = []
    world.hub.onDidTerminate(departure => departures.push(departure))
    world.hub.register(renderer('guest:1', 'guest'), (_introduction, port) => {
      port.start()
      for (let lie = 0; lie < 200; lie += 1) port.post(`["not a message ${lie}"]`)
    })
    await settled()
    expect(departures).toMatchObject([
      { target: { id: 'guest:1' }, reason: expect.stringContaining('too many offences') },
    ])
    expect(world.hub.members).toEqual([])
  })

  it('lets go of everybody when it closes', async () => {
    const guest = world.join(renderer('guest:1', 'guest'))
    world.hub[Symbol.dispose]()
    await settled()
    expect(guest.endpoint.connectionTo(endpointId('controller'))).toBeNull()
    expect(world.hub.members).toEqual([])
  })
})
