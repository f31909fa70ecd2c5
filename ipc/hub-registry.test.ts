import { afterEach, describe, expect, it } from 'vitest'
import { createEndpoint } from './endpoint.ts'
import { hubContract, type RegistryDelta, type RegistrySnapshot } from './hub-contract.ts'
import { endpointId, identity } from './identity.ts'
import { silentLog } from './log.ts'
import { RegistryFollower } from './registry-follower.ts'
import type { RegistryChange } from './registry-view.ts'
import { HubWorld, type Inhabitant, renderer, settled, utility } from './testing/hub-world.ts'
import { createMemoryChannel } from './transports/memory.ts'

const reason = 'For the test.'
const authority = [
  { from: 'guard', to: 'tab', reason, meets: false, sees: 'site' },
  { from: 'guide', to: 'tab', reason, meets: false, sees: 'name' },
  { from: 'guide', to: 'guide', reason, meets: false, sees: 'name' },
] as const

const ids = ({ membership }: Inhabitant): readonly string[] =>
  membership.registry.targets.map(target => target.id)

describe('what processes know of one another', () => {
  let world = new HubWorld({ authority })

  afterEach(() => {
    world[Symbol.dispose]()
    world = new HubWorld({ authority })
  })

  it('is what a row of authority says, and never an address', async () => {
    const tab = world.join(renderer('tab:1', 'tab', 1, 'a.test'))
    const guard = world.join(utility('guard', 'guard'))
    const guide = world.join(utility('guide', 'guide'))
    const late = world.join(renderer('tab:2', 'tab', 2, 'b.test'))
    await settled()
    const controller = { id: 'controller', role: 'controller', processType: 'main' }
    const shown = (id: string, site?: string) => ({
      id,
      role: 'tab',
      processType: 'renderer',
      ...(site === undefined ? {} : { site }),
    })
    expect(guard.membership.registry.targets).toEqual([
      controller,
      shown('tab:1', 'a.test'),
      shown('tab:2', 'b.test'),
    ])
    expect(guide.membership.registry.targets).toEqual([controller, shown('tab:1'), shown('tab:2')])
    expect(tab.membership.registry.targets).toEqual([controller])
    expect(late.membership.registry.targets).toEqual([controller])
  })

  it('is told to a tab in no message at all', async () => {
    const tab = world.join(renderer('tab:1', 'tab', 1, 'a.test'))
    await settled()
    const before = tab.endpoint.metrics.messagesIn
    for (let number = 2; number < 20; number += 1) {
      const other = world.join(renderer(`tab:${number}`, 'tab', number, 'b.test'))
      other.registration.update({ site: 'c.test' })
      if (number % 2 === 0) other.crash()
    }
    world.join(utility('guard', 'guard'))
    await settled()
    expect(tab.endpoint.metrics.messagesIn - before).toBe(0)
    expect(tab.process.introductions).toEqual([
      {
        kind: 'nexus/introduction',
        peer: { id: 'controller', role: 'controller' },
        channel: 1,
        self: { id: 'tab:1', role: 'tab' },
      },
    ])
    const hub = tab.endpoint.client(hubContract, endpointId('controller'))
    expect(await hub.registry({})).toEqual({ version: 0, targets: [] })
  })

  it('comes complete with the welcome', () => {
    world.join(renderer('tab:1', 'tab', 1, 'a.test'))
    const guard = world.join(utility('guard', 'guard'))
    expect([guard.membership.state, ids(guard)]).toEqual(['registered', ['controller', 'tab:1']])
  })

  it('is not told to one who is no member, whatever its role', async () => {
    world.join(renderer('tab:1', 'tab', 1, 'a.test'))
    const [near, far] = createMemoryChannel()
    using stranger = createEndpoint({ identity: identity('guard:2', 'guard') })
    stranger.connect(far, world.controller.identity)
    world.controller.connect(near, stranger.identity)
    const hub = stranger.client(hubContract, world.controller.identity.id)
    expect(await hub.registry({})).toEqual({ version: 0, targets: [] })
  })

  it('follows sites where they may be known, and is silent where they may not', async () => {
    const tab = world.join(renderer('tab:1', 'tab', 1, 'a.test'))
    const guard = world.join(utility('guard', 'guard'))
    const guide = world.join(utility('guide', 'guide'))
    await settled()
    const changes: RegistryChange[] = []
    guide.membership.registry.onDidChange(change => changes.push(change))
    tab.registration.update({ url: 'https://b.test/private', site: 'b.test' })
    await settled()
    expect(guard.membership.registry.find({ site: 'b.test' }).map(target => target.id)).toEqual(['tab:1'])
    tab.registration.update({ url: 'about:blank', site: null })
    await settled()
    expect(guard.membership.registry.get(endpointId('tab:1'))).toEqual({
      ...identity('tab:1', 'tab'),
      processType: 'renderer',
    })
    expect(changes).toEqual([])
  })

  it('never holds the process itself, also where a role sees its own', async () => {
    const first = world.join(utility('guide:1', 'guide'))
    const second = world.join(utility('guide:2', 'guide'))
    await settled()
    expect([ids(first), ids(second)]).toEqual([
      ['controller', 'guide:2'],
      ['controller', 'guide:1'],
    ])
  })

  it('is told once for all that happens in one tick', async () => {
    const guard = world.join(utility('guard', 'guard'))
    await settled()
    const before = guard.endpoint.metrics.messagesIn
    const changes: RegistryChange[] = []
    guard.membership.registry.onDidChange(change => changes.push(change))
    for (let number = 0; number < 50; number += 1) world.join(renderer(`tab:${number}`, 'tab', number))
    await settled()
    expect(changes.map(({ added }) => added.length)).toEqual([50])
    expect(guard.endpoint.metrics.messagesIn - before).toBe(1)
  })

  it('tells a process that came back from the one that went', async () => {
    const guard = world.join(utility('guard', 'guard'))
    const tab = world.join(renderer('tab:1', 'tab', 1))
    await settled()
    const changes: RegistryChange[] = []
    guard.membership.registry.onDidChange(change => changes.push(change))
    tab.crash()
    world.join(renderer('tab:1', 'tab', 1))
    await settled()
    expect(changes).toMatchObject([{ removed: ['tab:1'], added: [{ id: 'tab:1' }], changed: [] }])
  })

  it('is right for one who came in the middle of a tick', async () => {
    world.join(utility('guard:1', 'guard'))
    const tab = world.join(renderer('tab:1', 'tab', 1))
    const guard = world.join(utility('guard:2', 'guard'))
    tab.crash()
    world.join(renderer('tab:2', 'tab', 2))
    await settled()
    expect(ids(guard)).toEqual(['controller', 'tab:2'])
  })
})

describe('a registry that follows main', () => {
  const tab = (number: number) => ({ id: `tab:${number}`, role: 'tab', processType: 'renderer' }) as const
  const delta = (version: number, ...present: readonly number[]): RegistryDelta => ({
    version,
    removed: [],
    present: present.map(tab),
  })

  function follow(): {
    follower: RegistryFollower
    questions: PromiseWithResolvers<RegistrySnapshot>[]
    shown: () => readonly string[]
  } {
    const questions: PromiseWithResolvers<RegistrySnapshot>[] = []
    const follower = new RegistryFollower({
      log: silentLog,
      ask: () => {
        const question = Promise.withResolvers<RegistrySnapshot>()
        questions.push(question)
        return question.promise
      },
    })
    follower.welcome(identity('ai', 'ai'), identity('controller', 'controller'), {
      version: 4,
      targets: [tab(1)],
    })
    return { follower, questions, shown: () => follower.view.targets.slice(1).map(target => target.id) }
  }

  it('takes changes in their order, and each once', () => {
    const { follower, questions, shown } = follow()
    follower.receive(delta(5, 2))
    follower.receive({ version: 5, removed: ['tab:1'], present: [] })
    follower.receive({ version: 3, removed: ['tab:1'], present: [] })
    follower.receive({ version: 6, removed: ['tab:1', 'controller', '../etc'], present: [] })
    expect([shown(), questions.length]).toEqual([['tab:2'], 0])
    expect(follower.view.get(endpointId('controller'))?.processType).toBe('main')
  })

  it('asks once for everything when a change was missed, and goes on from there', async () => {
    const { follower, questions, shown } = follow()
    follower.receive(delta(6, 3))
    follower.receive(delta(7, 4))
    follower.receive(delta(8, 5))
    expect([shown(), questions.length]).toEqual([['tab:1'], 1])
    questions[0]?.resolve({ version: 7, targets: [tab(2), tab(3), tab(4)] })
    await settled()
    expect([shown(), questions.length]).toEqual([['tab:2', 'tab:3', 'tab:4', 'tab:5'], 1])
  })

  it('asks again when the answer does not reach up to what it holds', async () => {
    const { follower, questions, shown } = follow()
    follower.receive(delta(9, 3))
    questions[0]?.resolve({ version: 5, targets: [tab(2)] })
    await settled()
    questions[1]?.resolve({ version: 9, targets: [tab(2), tab(3)] })
    await settled()
    expect([shown(), questions.length]).toEqual([['tab:2', 'tab:3'], 2])
  })

  it('asks again at the next change when main did not answer', async () => {
    const { follower, questions, shown } = follow()
    follower.receive(delta(6, 3))
    questions[0]?.reject(new Error('No answer'))
    await settled()
    follower.receive(delta(7, 4))
    questions[1]?.resolve({ version: 7, targets: [tab(4)] })
    await settled()
    expect([shown(), questions.length]).toEqual([['tab:4'], 2])
  })

  it('forgets an answer that is overtaken by a new welcome', async () => {
    const { follower, questions, shown } = follow()
    follower.receive(delta(6, 3))
    follower.welcome(identity('ai', 'ai'), identity('controller', 'controller'), { version: 0, targets: [] })
    questions[0]?.resolve({ version: 6, targets: [tab(3)] })
    await settled()
    expect(shown()).toEqual([])
    follower.receive(delta(1, 9))
    expect(shown()).toEqual(['tab:9'])
  })
})
