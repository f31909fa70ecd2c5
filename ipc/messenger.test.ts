import * as Type from 'typebox'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import { defineContract, method } from './contract.ts'
import { TargetUnavailableError } from './errors.ts'
import { createMessenger, type Messenger } from './messenger.ts'
import { HubWorld, type Inhabitant, renderer, settled, utility } from './testing/hub-world.ts'

const callers = ['controller', 'guest', 'library']
const noticeContract = defineContract('notice', {
  methods: {
    show: method({
      args: Type.Object({ text: Type.String() }),
      result: Type.Null(),
      callers,
      deadlineMs: 5_000,
      idempotent: true,
      oneWay: true,
    }),
    moved: method({
      args: Type.Object({ to: Type.Integer() }),
      result: Type.Null(),
      callers,
      deadlineMs: 5_000,
      idempotent: true,
      oneWay: true,
    }),
    length: method({
      args: Type.Object({ of: Type.String() }),
      result: Type.Integer(),
      callers,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    letters: method({
      args: Type.Object({ of: Type.String() }),
      result: Type.Null(),
      item: Type.String(),
      callers,
      deadlineMs: 5_000,
      idempotent: true,
    }),
  },
})
const reason = 'For the test.'

/** An inhabitant that notes what it is sent. */
interface Listener extends Inhabitant {
  readonly shown: string[]
  readonly moves: number[]
}

describe('a messenger', () => {
  let world: HubWorld
  let messenger: Messenger

  beforeEach(() => {
    world = new HubWorld({ authority: [{ from: 'library', to: 'guest', reason, sees: 'site' }] })
    messenger = createMessenger({ endpoint: world.controller, registry: world.hub.registry })
  })

  afterEach(() => {
    messenger[Symbol.dispose]()
    world[Symbol.dispose]()
  })

  function listen(inhabitant: Inhabitant): Listener {
    const shown: string[] = []
    const moves: number[] = []
    inhabitant.endpoint.serve(noticeContract, {
      show: ({ text }) => {
        shown.push(text)
      },
      moved: ({ to }) => {
        moves.push(to)
      },
      length: ({ of }) => of.length,
      letters: async function* ({ of }) {
        yield* of
        return null
      },
    })
    return { ...inhabitant, shown, moves }
  }

  const guest = (number: number, site = 'a.test'): Listener =>
    listen(world.join(renderer(`guest:${number}`, 'guest', number, site)))

  it('sends to one by name, by role or by site, and says to whom', async () => {
    const one = guest(1, 'a.test')
    const two = guest(2, 'b.test')
    const show = (to: Parameters<Messenger['send']>[0], text: string) =>
      messenger.send(to, noticeContract, 'show', { text })
    expect(show({ identifier: 'guest:1' }, 'by name')).toEqual(['guest:1'])
    expect(show({ identifier: /:1$/ }, 'by pattern')).toEqual(['guest:1'])
    expect(show({ site: 'b.test' }, 'by site')).toEqual(['guest:2'])
    await settled()
    expect([one.shown, two.shown]).toEqual([['by name', 'by pattern'], ['by site']])
  })

  it('says clearly when nobody or more than one is there where one is meant', async () => {
    const send = (role: string) => messenger.send({ role }, noticeContract, 'show', { text: '' })
    expect(() => send('guest')).toThrow(
      expect.objectContaining({ code: 'TARGET_UNAVAILABLE', message: 'No target matches role guest' }),
    )
    guest(1)
    guest(2)
    const ambiguous = expect.objectContaining({ code: 'AMBIGUOUS_TARGET' })
    expect(() => send('guest')).toThrow(ambiguous)
    await expect(messenger.invoke({ role: 'guest' }, noticeContract, 'length', { of: '' })).rejects.toEqual(
      ambiguous,
    )
    const client = messenger.client(noticeContract, { role: 'guest' })
    await expect(client.length({ of: '' })).rejects.toEqual(ambiguous)
    expect(() => client.show({ text: '' })).toThrow(ambiguous)
    expect(() => messenger.resolve({ identifier: 'not a name' })).toThrow(TargetUnavailableError)
  })

  it('sends to everyone that matches, who may be nobody', async () => {
    const all = [guest(1, 'a.test'), guest(2, 'b.test'), guest(3, 'a.test')]
    const sent = [
      messenger.send({ every: { role: 'guest' } }, noticeContract, 'show', { text: 'guests' }),
      messenger.send({ every: { site: 'a.test' } }, noticeContract, 'show', { text: 'site' }),
      messenger.send({ every: 'all' }, noticeContract, 'show', { text: 'all' }),
      messenger.send({ every: { role: 'gpu' } }, noticeContract, 'show', { text: 'nobody' }),
    ]
    await settled()
    expect(sent.map(ids => ids.length)).toEqual([3, 2, 3, 0])
    expect(all.map(one => one.shown)).toEqual([
      ['guests', 'site', 'all'],
      ['guests', 'all'],
      ['guests', 'site', 'all'],
    ])
  })

  it('sends only the last of a tick where the earlier ones are overtaken, for each target and method', async () => {
    const one = guest(1)
    const two = guest(2)
    for (let to = 1; to <= 100; to += 1) {
      messenger.sendThrottled({ every: { role: 'guest' } }, noticeContract, 'moved', { to })
      messenger.sendThrottled({ identifier: 'guest:1' }, noticeContract, 'show', { text: `${to}` })
    }
    messenger.sendThrottled({ identifier: 'guest:2' }, noticeContract, 'moved', { to: 7 })
    await settled()
    messenger.sendThrottled({ identifier: 'guest:2' }, noticeContract, 'moved', { to: 8 })
    await settled()
    expect([one.moves, one.shown, two.moves]).toEqual([[100], ['100'], [7, 8]])
  })

  it('takes what is sent as arguments, whatever it looks like', async () => {
    const one = guest(1)
    // Options stand beside the arguments and are never looked for among them.
    const args = { text: 'x', timeout: 5, transfer: [] } as { text: string }
    messenger.send({ identifier: 'guest:1' }, noticeContract, 'show', { text: 'plain' })
    messenger.send({ identifier: 'guest:1' }, noticeContract, 'show', args)
    await settled()
    // Contracts are closed: what is not declared is refused, and not taken for options.
    expect(one.shown).toEqual(['plain'])
  })

  it('calls one that is found anew each time, also after it was replaced', async () => {
    const client = messenger.client(noticeContract, { role: 'guest' })
    const first = guest(1)
    expect(await client.length({ of: 'four' })).toBe(4)
    first.crash()
    await expect(client.length({ of: '' })).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' })
    guest(2)
    expect(await client.length({ of: 'three' })).toBe(5)
    expect(await messenger.invoke({ role: 'guest' }, noticeContract, 'length', { of: 'ab' })).toBe(2)
    const letters: string[] = []
    for await (const letter of client.letters({ of: 'abc' })) letters.push(letter)
    expect(letters).toEqual(['a', 'b', 'c'])
  })

  it('waits for one that is called by name and not there yet', async () => {
    const answer = messenger.invoke({ identifier: 'guest:1' }, noticeContract, 'length', { of: 'abc' })
    guest(1)
    expect(await answer).toBe(3)
  })

  it('finds only those that the process may see', async () => {
    const library = world.join(utility('library', 'library'))
    guest(1, 'a.test')
    world.join(utility('ai', 'ai'))
    await settled()
    using inside = createMessenger({
      endpoint: library.endpoint,
      registry: library.membership.registry,
    })
    expect(inside.resolve({ site: 'a.test' })).toBe('guest:1')
    expect(() => inside.resolve({ role: 'ai' })).toThrow(TargetUnavailableError)
    expect(await inside.invoke({ role: 'guest' }, noticeContract, 'length', { of: 'abc' })).toBe(3)
  })

  it('answers method by method, and one method once', async () => {
    const library = world.join(utility('library', 'library'))
    using inside = createMessenger({ endpoint: library.endpoint, registry: library.membership.registry })
    const length = inside.handle(noticeContract, 'length', ({ of }, call) =>
      call.peer.role === 'controller' ? of.length : 0,
    )
    expect(() => inside.handle(noticeContract, 'length', () => 0)).toThrow(
      expect.objectContaining({ code: 'IDENTIFIER_CONFLICT' }),
    )
    const client = messenger.client(noticeContract, { role: 'library' })
    expect(await client.length({ of: 'abc' })).toBe(3)
    await expect(async () => {
      for await (const _ of client.letters({ of: 'abc' })) expect.unreachable()
    }).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' })
    length[Symbol.dispose]()
    // Nobody serves the contract any more, so that somebody else may.
    library.endpoint.serve(noticeContract, {
      show: () => {},
      moved: () => {},
      length: () => 42,
      letters: async function* () {
        yield ''
        return null
      },
    })
    expect(await client.length({ of: '' })).toBe(42)
  })

  it('offers each method in the way that its contract allows', () => {
    type Sent = Parameters<typeof messenger.send<typeof noticeContract, 'show'>>[2]
    type Invoked = Parameters<typeof messenger.invoke<typeof noticeContract, 'length'>>[2]
    expectTypeOf<Sent>().toEqualTypeOf<'show'>()
    expectTypeOf<Invoked>().toEqualTypeOf<'length'>()
    const misuse = () => [
      // @ts-expect-error It is answered, so it has to be called.
      messenger.send({ role: 'guest' }, noticeContract, 'length', { of: '' }),
      // @ts-expect-error It is not answered.
      messenger.invoke({ role: 'guest' }, noticeContract, 'show', { text: '' }),
      // @ts-expect-error It answers with a stream.
      messenger.invoke({ role: 'guest' }, noticeContract, 'letters', { of: '' }),
      // @ts-expect-error Not what it takes.
      messenger.send({ role: 'guest' }, noticeContract, 'show', { text: 7 }),
    ]
    expect(misuse).toBeTypeOf('function')
  })
})
