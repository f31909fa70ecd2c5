import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { MessageChannel } from 'node:worker_threads'
import * as Type from 'typebox'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defineContract, event, method } from './contract.ts'
import { createEndpoint } from './endpoint.ts'
import { TimeoutError } from './errors.ts'
import { hubContract } from './hub-contract.ts'
import { endpointId, identity } from './identity.ts'
import { joinHub } from './meeting.ts'
import { createMessenger } from './messenger.ts'
import type { Packet, Port } from './port.ts'
import { serviceContract } from './service-contract.ts'
import { SimulatedClock } from './simulated-clock.ts'
import { rendererTarget } from './target.ts'
import { FakeProcess, HubWorld, type Inhabitant, renderer, settled, utility } from './testing/hub-world.ts'
import { createSampleService, sampleContract } from './testing/sample-contract.ts'
import { domPort } from './transports/dom-port.ts'
import { createMemoryChannel } from './transports/memory.ts'

// The nearest peer (electron-direct-ipc 2.4.0) was read and run. Each thing that was wrong there is a test here.

const options = defineContract('options', {
  methods: {
    keep: method({
      args: Type.Object({ timeout: Type.Number(), transfer: Type.Array(Type.String()) }),
      result: Type.Object({ timeout: Type.Number(), transfer: Type.Array(Type.String()) }),
      callers: ['guest'],
      deadlineMs: 5_000,
      idempotent: true,
    }),
  },
  events: { moved: event({ payload: Type.Object({ to: Type.Integer() }), listeners: ['guest'] }) },
})

const library = endpointId('library')
const guest1 = endpointId('guest:1')

describe('what was wrong with the nearest peer', () => {
  let world: HubWorld

  beforeEach(() => {
    world = new HubWorld({
      authority: [
        { from: 'guest', to: 'library', reason: 'Guests read.' },
        { from: 'library', to: 'guest', reason: 'The library calls back.', sees: 'name' },
      ],
    })
  })

  afterEach(() => world[Symbol.dispose]())

  const startGuest = (number = 1): Inhabitant =>
    world.join(renderer(`guest:${number}`, 'guest', number, 'a.test'))
  const startLibrary = (): Inhabitant => world.join(utility('library', 'library'))
  const sampleOf = ({ endpoint }: Inhabitant) => endpoint.client(sampleContract, library)

  it('1. delivers each message once, whichever side asked for the channel', async () => {
    const guest = startGuest()
    const other = startLibrary()
    const heard: number[] = []
    guest.endpoint.client(options, library).on('moved', ({ to }) => heard.push(to))
    let answered = 0
    guest.endpoint.serve(options, {
      keep: args => {
        answered += 1
        return args
      },
    })
    // The utility process asks.
    await other.endpoint
      .client(options, guest1)
      .keep({ timeout: 1, transfer: [] })
      .catch(() => {})
    for (let to = 1; to <= 3; to += 1) other.endpoint.announce(options, 'moved', { to })
    expect(await sampleOf(guest).add({ left: 1, right: 2 })).toBe(3)
    expect([heard, answered, other.process.introductions.length]).toEqual([[1, 2, 3], 0, 2])
  })

  it('2. takes a navigation for that of the contents that navigated, whatever numbers others have', () => {
    const first = world.hub.register(rendererTarget(identity('guest:1', 'guest'), 2, { pid: 1 }), () => {})
    const second = world.hub.register(rendererTarget(identity('guest:2', 'guest'), 1, { pid: 2 }), () => {})
    first.update({ url: 'https://a.test/', site: 'a.test' })
    second.update({ url: 'https://b.test/', site: 'b.test' })
    first.update({ url: 'https://c.test/', site: 'c.test' })
    expect(world.hub.members.map(({ id, url }) => [id, url])).toEqual([
      ['guest:1', 'https://c.test/'],
      ['guest:2', 'https://b.test/'],
    ])
    expect(world.hub.registry.find({ site: 'c.test' }).map(({ id }) => id)).toEqual(['guest:1'])
  })

  it('3. forgets a renderer that crashed, answers at once that it is gone, and makes its channel anew', async () => {
    const first = startGuest()
    const other = startLibrary()
    await sampleOf(first).add({ left: 1, right: 1 })
    first.crash()
    await settled()
    expect(other.membership.registry.get(guest1)).toBeUndefined()
    const toGuest = other.endpoint.client(sampleContract, guest1)
    await expect(toGuest.echo({ text: '' })).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' })
    const second = startGuest()
    expect(await sampleOf(second).add({ left: 1, right: 1 })).toBe(2)
    await expect(toGuest.echo({ text: '' })).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
  })

  it('4. bounds the queue before registration, keeps nothing after it failed, and recovers when main comes late', async () => {
    const clock = new SimulatedClock()
    const process = new FakeProcess()
    using membership = joinHub(process, { clock })
    const add = () =>
      membership.endpoint
        .client(sampleContract, endpointId('controller'))
        .add({ left: 1, right: 1 }, { deadlineMs: 60_000 })
        .catch(error => error.code)
    const early = Array.from({ length: 1_500 }, add)
    clock.advance(5_000)
    const codes = await Promise.all(early)
    expect(codes.filter(code => code === 'QUEUE_FULL')).toHaveLength(500)
    expect(codes.filter(code => code === 'REGISTRATION_TIMEOUT')).toHaveLength(1_000)
    expect([membership.state, await add()]).toEqual(['failed', 'REGISTRATION_TIMEOUT'])
    world.controller.serve(sampleContract, createSampleService())
    world.hub.register(renderer('guest:9', 'guest'), process.deliver)
    expect([membership.state, await add()]).toEqual(['registered', 2])
  })

  it('5. rejects calls in flight when their target goes, without waiting for the deadline', async () => {
    const guest = startGuest()
    const other = startLibrary()
    // Longer than any test may take.
    const hanging = sampleOf(guest).hang({}, { deadlineMs: 3_600_000 })
    await other.service.nextHang()
    other.crash()
    await expect(hanging).rejects.toMatchObject({ code: 'PROCESS_TERMINATED' })
  })

  it('6. gives no name and no port to a page that asks for them', async () => {
    const page = startGuest(6)
    startLibrary()
    world.join(utility('settings', 'settings'))
    const hub = page.endpoint.client(hubContract, endpointId('controller'))
    const ask = (peer: string) => hub.introduce({ peer, lostChannel: null }).catch(error => error.code)
    expect(await Promise.all(['settings', 'controller', 'guest:6', '*', ''].map(ask))).toEqual([
      'PERMISSION_DENIED',
      'TARGET_UNAVAILABLE',
      'TARGET_UNAVAILABLE',
      'TARGET_UNAVAILABLE',
      'TARGET_UNAVAILABLE',
    ])
    // A page that renames itself is a liar to itself only.
    page.endpoint.become(identity('settings', 'settings'))
    const callers: string[] = []
    world.controller.serve(sampleContract, {
      ...createSampleService(),
      echo: (_args, call) => {
        callers.push(`${call.peer.role} ${call.peer.id}`)
        return ''
      },
    })
    await page.endpoint.client(sampleContract, endpointId('controller')).echo({ text: '' })
    expect(callers).toEqual(['guest guest:6'])
    expect(world.hub.members.filter(({ id }) => id === 'settings')).toHaveLength(1)
  })

  it('7. tells of who joins those that may see it, and never an address', async () => {
    const watcher = startLibrary()
    const tab = startGuest(0)
    await settled()
    const inboxes = [watcher, tab].map(({ endpoint }) => endpoint.metrics.messagesIn)
    const others = Array.from({ length: 103 }, (_, index) => startGuest(index + 1))
    for (const other of others) other.registration.update({ url: 'https://b.test/secret', site: 'b.test' })
    await settled()
    const told = [watcher, tab].map(
      ({ endpoint }, index) => endpoint.metrics.messagesIn - (inboxes[index] ?? 0),
    )
    // The peer sent 5,358 messages for this.
    expect(told).toEqual([1, 0])
    expect(watcher.membership.registry.find({ role: 'guest' })).toHaveLength(104)
    const known = [watcher, tab].map(({ membership, process }) => [
      membership.registry.targets,
      process.introductions,
    ])
    expect(JSON.stringify(known)).not.toMatch(/https|secret|[ab]\.test/)
  })

  it('8. is imported by plain Node, file by file, without a bundler', async () => {
    const folder = fileURLToPath(new URL('.', import.meta.url))
    const names = await readdir(folder, { recursive: true })
    const files = names.filter(
      name => name.endsWith('.ts') && !name.endsWith('.test.ts') && !/[\\/]?testing[\\/]/.test(name),
    )
    expect(files).toContain('endpoint.ts')
    const script = `
      let imported = 0
      for (const file of ${JSON.stringify(files)}) {
        await import(new URL(file, ${JSON.stringify(new URL('.', import.meta.url).href)}))
        imported += 1
      }
      console.log(imported)`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
    expect(stdout.trim()).toBe(String(files.length))
  })

  it('9. closes the port of a connection that is given up, and does not only forget it', async () => {
    const closed: string[] = []
    const channel = (name: string) => {
      const { port1, port2 } = new MessageChannel()
      port2.on('close', () => closed.push(name)).start()
      return domPort(port1)
    }
    const endpoint = createEndpoint({ identity: identity('ai', 'library') })
    const guest = identity('guest:1', 'guest')
    endpoint.connect(channel('first'), guest)
    endpoint.connect(channel('second'), guest)
    const third = endpoint.connect(channel('third'), identity('guest:3', 'guest'))
    third.close('no longer needed')
    await expect.poll(() => closed.toSorted()).toEqual(['first', 'third'])
    endpoint[Symbol.dispose]()
    await expect.poll(() => closed.toSorted()).toEqual(['first', 'second', 'third'])
  })

  it('10. never takes what is sent for options, and takes a deadline of nothing as nothing', async () => {
    const guest = startGuest()
    const other = startLibrary()
    other.endpoint.serve(options, { keep: args => args })
    const args = { timeout: 5, transfer: ['a'] }
    expect(await guest.endpoint.client(options, library).keep(args)).toEqual(args)
    await expect(sampleOf(guest).hang({}, { deadlineMs: 0 })).rejects.toBeInstanceOf(TimeoutError)
  })

  it('11. carries errors by code, with their stack where that is asked for, and names only what exists', async () => {
    const guest = startGuest()
    startGuest(2)
    startLibrary()
    await expect(sampleOf(guest).fail({ how: 'ownCode' })).rejects.toMatchObject({
      code: 'NOTHING_TO_READ',
      message: 'The page holds no text',
      retryable: true,
      remoteStack: null,
    })
    using debugging = createEndpoint({ identity: identity('shelf', 'library'), isDebugging: true })
    using reader = createEndpoint({ identity: identity('guest:3', 'guest') })
    debugging.serve(sampleContract, createSampleService())
    const [near, far] = createMemoryChannel()
    debugging.connect(near, reader.identity)
    reader.connect(far, debugging.identity)
    const failing = reader.client(sampleContract, debugging.identity.id).fail({ how: 'ownCode' })
    await expect(failing).rejects.toMatchObject({ remoteStack: expect.stringContaining('sample-contract') })
    const messenger = createMessenger({ endpoint: world.controller, registry: world.hub.registry })
    expect(() => messenger.resolve({ role: 'guest' })).toThrow(/2 targets match .* say \{ every: … \}/)
    expect(messenger.send({ every: { role: 'nobody' } }, oneWay, 'poke', {})).toEqual([])
    messenger[Symbol.dispose]()
  })

  describe('and also', () => {
    it('says so when there is nobody to send to', () => {
      using messenger = createMessenger({ endpoint: world.controller, registry: world.hub.registry })
      expect(() => messenger.send({ role: 'guest' }, oneWay, 'poke', {})).toThrow(
        expect.objectContaining({ code: 'TARGET_UNAVAILABLE' }),
      )
    })

    it('keeps what a utility process calls before it is registered', async () => {
      const process = new FakeProcess()
      using membership = joinHub(process)
      const sum = membership.endpoint.client(sampleContract, library).add({ left: 1, right: 2 })
      startLibrary()
      world.hub.register(utility('guest:7', 'guest'), process.deliver)
      expect(await sum).toBe(3)
    })

    it('cancels', async () => {
      const guest = startGuest()
      const other = startLibrary()
      const controller = new AbortController()
      const hanging = sampleOf(guest).hang({}, { signal: controller.signal })
      const signal = await other.service.nextHang()
      controller.abort()
      await expect(hanging).rejects.toMatchObject({ code: 'CANCELLED' })
      await settled()
      expect(signal.aborted).toBe(true)
    })

    it('posts the messages of a tick together', async () => {
      using guest = createEndpoint({ identity: identity('guest:1', 'guest') })
      using other = createEndpoint({ identity: identity('library', 'library') })
      other.serve(sampleContract, createSampleService())
      const posts: Packet[] = []
      const [near, far] = createMemoryChannel()
      other.connect(far, guest.identity)
      guest.connect(counting(near, posts), other.identity)
      await settled()
      posts.length = 0
      const sample = guest.client(sampleContract, library)
      await Promise.all(Array.from({ length: 64 }, (_, left) => sample.add({ left, right: 0 })))
      expect(posts.length).toBeLessThan(32)
    })

    it('holds back a sender that is faster than its receiver, and refuses what does not fit', async () => {
      const guest = startGuest()
      startLibrary()
      const sample = sampleOf(guest)
      await sample.add({ left: 1, right: 1 })
      const calls = Array.from({ length: 10_000 }, () => sample.hang({}).catch(error => error.code))
      await settled()
      guest.endpoint.connectionTo(library)?.close('enough')
      const codes = new Set(await Promise.all(calls))
      expect(codes).toEqual(new Set(['PROCESS_TERMINATED', 'QUEUE_FULL']))
    })

    it('measures, and hears when a heart stops', async () => {
      const clock = new SimulatedClock()
      using beating = new HubWorld({ authority: [], clock })
      const other = beating.join(utility('library', 'library'))
      using inside = createMessenger({ endpoint: other.endpoint, registry: other.membership.registry })
      inside.handle(serviceContract, 'ping', () => new Promise(() => {}))
      const heart = beating.controller.client(serviceContract, library).ping({}, { deadlineMs: 2_000 })
      await settled()
      clock.advance(3_000)
      await expect(heart).rejects.toMatchObject({ code: 'TIMEOUT' })
      expect(beating.controller.metrics.messagesOut).toBeGreaterThan(0)
    })
  })
})

const oneWay = defineContract('poking', {
  methods: {
    poke: method({
      args: Type.Object({}),
      result: Type.Null(),
      callers: ['controller'],
      deadlineMs: 5_000,
      idempotent: true,
      oneWay: true,
    }),
  },
})

function counting(port: Port, posts: Packet[]): Port {
  return {
    leavesMemory: port.leavesMemory,
    post: (packet, how) => {
      posts.push(packet)
      port.post(packet, how)
    },
    onMessage: listener => port.onMessage(listener),
    onClose: listener => port.onClose(listener),
    start: () => port.start(),
    close: () => port.close(),
  }
}
