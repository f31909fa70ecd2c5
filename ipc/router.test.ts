import * as Type from 'typebox'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import { defineContract, method } from './contract.ts'
import { IpcError } from './errors.ts'
import { createMessenger } from './messenger.ts'
import { createRouter, type OutgoingEnvelope, type Router } from './router.ts'
import { SimulatedClock } from './simulated-clock.ts'
import { HubWorld, renderer, settled, utility } from './testing/hub-world.ts'
import { sampleContract } from './testing/sample-contract.ts'

const callers = ['controller', 'guest', 'library']
const shared = { callers, deadlineMs: 5_000, idempotent: true } as const
const logContract = defineContract('log', {
  methods: {
    note: method({
      args: Type.Object({ text: Type.String() }),
      result: Type.Null(),
      ...shared,
      oneWay: true,
    }),
    size: method({ args: Type.Object({}), result: Type.Integer(), ...shared }),
    tail: method({ args: Type.Object({}), result: Type.Null(), item: Type.String(), ...shared }),
  },
})
type Known = typeof sampleContract | typeof logContract

describe('a router', () => {
  let clock: SimulatedClock
  let world: HubWorld
  let router: Router<Known>
  let noted: string[]

  beforeEach(() => {
    clock = new SimulatedClock()
    noted = []
    world = new HubWorld({
      clock,
      authority: [{ from: 'guest', to: 'library', reason: 'For the test.', sees: 'name' }],
    })
    router = routerOf(world.controller, world.hub.registry)
  })

  afterEach(() => world[Symbol.dispose]())

  function routerOf(...[endpoint, registry]: [typeof world.controller, typeof world.hub.registry]) {
    const messenger = createMessenger({ endpoint, registry })
    return createRouter<Known>({
      messenger,
      clock,
      routes: [
        { contract: sampleContract, at: { role: 'library' } },
        { contract: logContract, at: { identifier: 'library' } },
      ],
    })
  }

  /** A library with a router of its own, which answers `log`. */
  function startLibrary(id = 'library') {
    const library = world.join(utility(id, 'library'))
    const inside = routerOf(library.endpoint, library.membership.registry)
    inside.registerHandler(logContract, 'note', ({ text }) => {
      noted.push(`${id}: ${text}`)
    })
    inside.registerHandler(logContract, 'size', () => noted.length)
    return { ...library, inside }
  }

  const note = (text: string): OutgoingEnvelope => ({
    type: 'notification',
    method: 'log.note',
    args: [{ text }],
  })
  const add: OutgoingEnvelope = { type: 'request', method: 'sample.add', args: [{ left: 1, right: 2 }] }

  it('calls by the name of a method, typed by its contract, along the route of the contract', async () => {
    startLibrary()
    const sum = await router.call('sample.add', { left: 1, right: 2 })
    expectTypeOf(sum).toEqualTypeOf<number>()
    expect([sum, await router.call('sample.echo', { text: 'back' })]).toEqual([3, 'back'])
    const misuse = () => [
      // @ts-expect-error No contract has it.
      router.call('sample.subtract', { left: 1, right: 2 }),
      // @ts-expect-error Not what it takes.
      router.call('sample.add', { left: '1', right: 2 }),
    ]
    expect(misuse).toBeTypeOf('function')
  })

  it('answers whole contracts and single methods, each name once', async () => {
    const { inside } = startLibrary()
    expect(() => inside.registerHandler(logContract, 'size', () => 0)).toThrow(
      expect.objectContaining({ code: 'IDENTIFIER_CONFLICT' }),
    )
    expect(() =>
      inside.registerNamespace(logContract, {
        note: () => {},
        size: () => 0,
        tail: async function* () {
          yield ''
          return null
        },
      }),
    ).toThrow(expect.objectContaining({ code: 'IDENTIFIER_CONFLICT' }))
    expect(await router.call('log.size', {})).toBe(0)
  })

  it('sends an envelope and gives what became of it', async () => {
    startLibrary()
    const response = router.send({ ...add, id: 'mine' })
    clock.advance(0)
    expect(await response).toEqual({
      requestId: 'mine',
      source: 'library',
      status: 'ok',
      result: 3,
      durationMs: 0,
    })
    expect((await router.send(add)).requestId).toBe('controller#1')
    expect((await router.send(add)).requestId).toBe('controller#2')
  })

  it('sends to a named target instead of along the route', async () => {
    startLibrary('library')
    startLibrary('library:2')
    // By role there are two now.
    expect(await router.send(add)).toMatchObject({ status: 'error', error: { code: 'AMBIGUOUS_TARGET' } })
    expect(await router.sendTo('library:2', add)).toMatchObject({ source: 'library:2', result: 3 })
    expect(await router.send({ ...add, target: 'library' })).toMatchObject({ source: 'library', result: 3 })
  })

  it('does not wait for the end of a notification, nor where no response is wanted', async () => {
    const { service } = startLibrary()
    const fire = {
      type: 'request',
      method: 'sample.hang',
      args: [],
      options: { requiresResponse: false },
    } as const
    expect(await router.send(fire)).toMatchObject({ status: 'ok' })
    expect(await router.send(note('hello'))).toMatchObject({ status: 'ok', source: 'library' })
    await service.nextHang()
    expect(noted).toEqual(['library: hello'])
  })

  it('sends a batch together and answers each part in its place', async () => {
    startLibrary()
    const batch = await router.send({
      type: 'batch',
      args: [
        { method: 'log.note', args: [{ text: 'one' }] },
        { method: 'sample.add', args: [{ left: 2, right: 3 }] },
        { method: 'sample.nothing', args: [] },
        { method: 'log.note', args: [{ text: 'two' }] },
      ],
    })
    expect(batch).toMatchObject({
      status: 'ok',
      result: [
        { requestId: 'controller#1/0', status: 'ok' },
        { requestId: 'controller#1/1', status: 'ok', result: 5 },
        { requestId: 'controller#1/2', status: 'error', error: { code: 'VALIDATION_ERROR' } },
        { requestId: 'controller#1/3', status: 'ok' },
      ],
    })
    await settled()
    expect(noted).toEqual(['library: one', 'library: two'])
  })

  it.each<[string, OutgoingEnvelope, string]>([
    [
      'a contract that is not known',
      { ...add, method: 'cookies.read' } as OutgoingEnvelope,
      'VALIDATION_ERROR',
    ],
    [
      'a method that is not declared',
      { ...add, method: 'sample.constructor' } as OutgoingEnvelope,
      'VALIDATION_ERROR',
    ],
    [
      'a name with a dot too many',
      { ...add, method: 'sample.add.add' } as OutgoingEnvelope,
      'VALIDATION_ERROR',
    ],
    ['no name', { ...add, method: '' } as OutgoingEnvelope, 'VALIDATION_ERROR'],
    [
      'arguments that do not fit',
      { type: 'request', method: 'sample.add', args: [{ left: 'x' }] },
      'VALIDATION_ERROR',
    ],
    [
      'more arguments than one',
      { type: 'request', method: 'sample.add', args: [{}, {}] },
      'VALIDATION_ERROR',
    ],
    ['a method with a stream', { type: 'request', method: 'log.tail', args: [] }, 'VALIDATION_ERROR'],
    ['a target whose name is none', { ...add, target: '../etc' }, 'TARGET_UNAVAILABLE'],
    [
      'a handler that throws',
      { type: 'request', method: 'sample.fail', args: [{ how: 'anyError' }] },
      'HANDLER_ERROR',
    ],
    [
      'a code of the other side',
      { type: 'request', method: 'sample.fail', args: [{ how: 'ownCode' }] },
      'NOTHING_TO_READ',
    ],
  ])('answers with an error and never rejects: %s', async (_what, envelope, code) => {
    startLibrary()
    const response = await router.send(envelope)
    expect(response).toMatchObject({ status: 'error', error: { code, message: expect.any(String) } })
  })

  it('tells a deadline that passed from other failures', async () => {
    const { service } = startLibrary()
    const response = router.send({
      type: 'request',
      method: 'sample.hang',
      args: [],
      options: { timeoutMs: 70, priority: 'high' },
    })
    await service.nextHang()
    clock.advance(1_000)
    expect(await response).toMatchObject({ status: 'timeout', error: { code: 'TIMEOUT' }, durationMs: 1_000 })
  })

  it('tries again as often as the envelope says', async () => {
    const library = world.join(utility('library', 'library'))
    const inside = routerOf(library.endpoint, library.membership.registry)
    let tries = 0
    inside.registerHandler(logContract, 'size', () => {
      tries += 1
      if (tries < 3) throw new IpcError('BUSY', 'Later', { retryable: true })
      return tries
    })
    const size = (retryCount: number) =>
      router.send({
        type: 'request',
        method: 'log.size',
        args: [],
        options: { retryCount, timeoutMs: 60_000 },
      })
    expect(await size(0)).toMatchObject({ status: 'error', error: { code: 'BUSY' } })
    tries = 0
    const answered = size(3)
    for (let pause = 0; pause < 10; pause += 1) {
      await settled()
      clock.advance(1_000)
    }
    expect(await answered).toMatchObject({ status: 'ok', result: 3 })
  })

  it('broadcasts to those that pass the filter and collects what each answers', async () => {
    startLibrary('library')
    startLibrary('library:2')
    const guest = world.join(renderer('guest:1', 'guest', 1))
    await settled()
    expect(await router.broadcast(add, { role: 'library' })).toMatchObject([
      { requestId: 'controller#1', source: 'library', result: 3 },
      { requestId: 'controller#1', source: 'library:2', result: 3 },
    ])
    expect(await router.broadcast(add, target => target.processType === 'renderer')).toMatchObject([
      { source: 'guest:1', status: 'ok' },
    ])
    expect(await router.broadcast(add)).toHaveLength(3)
    expect(await router.broadcast(add, { role: 'gpu' })).toEqual([])
    // From inside, only those who may be seen are there at all.
    const inside = routerOf(guest.endpoint, guest.membership.registry)
    const broadcast = inside.broadcast(add)
    await settled()
    await settled()
    // Main does not serve the contract, and says so once it has waited for somebody to.
    clock.advance(5_000)
    const answers = await broadcast
    expect(answers.map(({ source, status }) => [source, status])).toEqual([
      ['controller', 'error'],
      ['library', 'ok'],
      ['library:2', 'ok'],
    ])
  })
})
