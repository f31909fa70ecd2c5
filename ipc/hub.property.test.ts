import fc from 'fast-check'
import { expect, it } from 'vitest'
import { endpointId } from './identity.ts'
import { HubWorld, type Inhabitant, renderer, settled, utility } from './testing/hub-world.ts'
import { sampleContract } from './testing/sample-contract.ts'

const reason = 'For the test.'
const rows = [
  { from: 'guest', to: 'library', reason, sees: 'name' },
  { from: 'library', to: 'guest', reason, sees: 'site' },
  { from: 'library', to: 'library', reason, meets: false, sees: 'name' },
] as const

const names = ['guest:1', 'guest:2', 'guest:3', 'library:1', 'library:2', 'tab:1', 'tab:2'] as const
const sites = ['a.test', 'b.test']
const name = fc.constantFrom(...names)

/** What may happen to the processes, in any order, with or without a pause for messages to arrive. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('join' as const), name }),
  fc.record({ kind: fc.constant('leave' as const), name }),
  fc.record({ kind: fc.constant('crash' as const), name }),
  fc.record({ kind: fc.constant('navigate' as const), name, site: fc.constantFrom(...sites) }),
  fc.record({ kind: fc.constant('introduce' as const), name, to: name }),
  fc.record({ kind: fc.constant('lose' as const), name, to: name }),
  fc.record({ kind: fc.constant('pause' as const) }),
)

const roleOf = (id: string): string => id.split(':')[0] ?? ''

/** Says by the rows alone what each of those present may see. */
function expectedView(id: string, present: ReadonlyMap<string, string | null>): readonly string[] {
  const shown = [...present].flatMap(([other, site]) => {
    const row = rows.find(one => one.from === roleOf(id) && one.to === roleOf(other))
    if (row === undefined || other === id) return []
    return [row.sees === 'site' && site !== null ? `${other} ${site}` : other]
  })
  return ['controller', ...shown].sort()
}

it('shows each process what its rows allow, whatever happens in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
      using world = new HubWorld({ authority: rows })
      const living = new Map<string, Inhabitant>()
      const present = new Map<string, string | null>()
      for (const one of steps) {
        if (one.kind === 'pause') {
          await settled()
          continue
        }
        const inhabitant = living.get(one.name)
        switch (one.kind) {
          case 'join': {
            if (inhabitant !== undefined) break
            const role = roleOf(one.name)
            const target = role === 'library' ? utility(one.name, role) : renderer(one.name, role)
            living.set(one.name, world.join(target))
            present.set(one.name, null)
            break
          }
          case 'leave':
          case 'crash':
            if (one.kind === 'leave') inhabitant?.membership[Symbol.dispose]()
            else inhabitant?.crash()
            // Main hears of a goodbye a little later.
            if (one.kind === 'leave') await settled()
            living.delete(one.name)
            present.delete(one.name)
            break
          case 'navigate':
            if (inhabitant === undefined || roleOf(one.name) === 'library') break
            inhabitant.registration.update({ url: `https://${one.site}/secret`, site: one.site })
            present.set(one.name, one.site)
            break
          case 'introduce':
            inhabitant?.endpoint
              .client(sampleContract, endpointId(one.to))
              .add({ left: 1, right: 1 })
              .catch(() => {})
            break
          case 'lose':
            inhabitant?.endpoint.connectionTo(endpointId(one.to))?.close('lost')
            break
        }
      }
      await settled()
      await settled()
      for (const [id, { membership }] of living) {
        const shown = membership.registry.targets.map(target =>
          target.site === undefined ? target.id : `${target.id} ${target.site}`,
        )
        expect([id, shown.sort()]).toEqual([id, expectedView(id, present)])
      }
      expect(world.hub.members.map(member => member.id).sort()).toEqual([...present.keys()].sort())
      const everybody = new Set(present.keys())
      for (const pair of world.hub.channels) {
        expect(pair.every(id => everybody.has(id))).toBe(true)
        const [from, to] = pair.map(roleOf)
        expect([from, to].sort()).toEqual(['guest', 'library'])
      }
    }),
    {
      numRuns: 150,
      examples: [
        // All viewers of a role gone, and another one there, within one tick.
        [
          [
            { kind: 'join', name: 'library:1' },
            { kind: 'crash', name: 'library:1' },
            { kind: 'join', name: 'library:2' },
          ],
        ],
      ],
    },
  )
})

it('lets those who may meet speak to one another, whatever happened before', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('crash guest', 'crash library', 'lose', 'call', 'call back'), {
        maxLength: 12,
      }),
      async events => {
        using world = new HubWorld({ authority: rows })
        let guest = world.join(renderer('guest:1', 'guest'))
        let library = world.join(utility('library:1', 'library'))
        const call = () =>
          guest.endpoint.client(sampleContract, endpointId('library:1')).add({ left: 1, right: 2 })
        for (const event of events) {
          switch (event) {
            case 'crash guest':
              guest.crash()
              guest = world.join(renderer('guest:1', 'guest'))
              break
            case 'crash library':
              library.crash()
              library = world.join(utility('library:1', 'library'))
              break
            case 'lose':
              library.endpoint.connectionTo(endpointId('guest:1'))?.close('lost')
              break
            case 'call':
              call().catch(() => {})
              break
            case 'call back':
              library.endpoint
                .client(sampleContract, endpointId('guest:1'))
                .add({ left: 1, right: 2 })
                .catch(() => {})
              break
          }
        }
        await settled()
        expect(await call()).toBe(3)
      },
    ),
    { numRuns: 150 },
  )
})
