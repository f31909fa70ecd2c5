import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Authority } from './authority.ts'
import type { RegistrySnapshot } from './hub-contract.ts'
import { identity } from './identity.ts'
import { silentLog } from './log.ts'
import { RegistryFollower } from './registry-follower.ts'
import { RegistryPublisher } from './registry-publisher.ts'
import { rendererTarget, type Target } from './target.ts'
import { settled } from './testing/hub-world.ts'

const authority = new Authority([{ from: 'guard', to: 'tab', reason: 'For the test.', sees: 'site' }])
const guard: Target = { ...identity('guard', 'guard'), processType: 'utility' }
const tab = (number: number, site: string): Target =>
  rendererTarget(identity(`tab:${number}`, 'tab'), number, { site })

const step = fc.oneof(
  fc.record({ kind: fc.constant('toggle' as const), number: fc.nat(4) }),
  fc.record({ kind: fc.constant('navigate' as const), number: fc.nat(4), site: fc.constantFrom('a', 'b') }),
  /** What is told next gets lost. */
  fc.record({ kind: fc.constant('lose' as const) }),
  fc.record({ kind: fc.constant('pause' as const) }),
  /** Main answers the questions that wait, or fails to. */
  fc.record({ kind: fc.constant('answer' as const), isFailure: fc.boolean() }),
)

it('a registry comes to be right again whatever changes were lost and whenever main answers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async steps => {
      const questions: PromiseWithResolvers<RegistrySnapshot>[] = []
      const follower = new RegistryFollower({
        log: silentLog,
        ask: () => {
          const question = Promise.withResolvers<RegistrySnapshot>()
          questions.push(question)
          return question.promise
        },
      })
      let isLosing = false
      const publisher = new RegistryPublisher({
        authority,
        publish: (_role, delta) => {
          if (isLosing) isLosing = false
          else follower.receive(delta)
        },
      })
      publisher.joined(guard)
      follower.welcome(guard, identity('controller', 'controller'), publisher.snapshotFor('guard'))
      const present = new Map<number, Target>()
      const come = (number: number, site: string): void => {
        present.set(number, tab(number, site))
        publisher.joined(tab(number, site))
      }
      const answer = async (isFailure: boolean): Promise<void> => {
        for (const question of questions.splice(0)) {
          if (isFailure) question.reject(new Error('No answer'))
          else question.resolve(publisher.snapshotFor('guard'))
        }
        await settled()
      }
      for (const one of steps) {
        switch (one.kind) {
          case 'toggle': {
            const target = present.get(one.number)
            if (target === undefined) come(one.number, 'a')
            else {
              present.delete(one.number)
              publisher.left(target)
            }
            break
          }
          case 'navigate': {
            const before = present.get(one.number)
            if (before === undefined) break
            present.set(one.number, tab(one.number, one.site))
            publisher.changed(before, tab(one.number, one.site))
            break
          }
          case 'lose':
            isLosing = true
            break
          case 'pause':
            await settled()
            break
          case 'answer':
            await answer(one.isFailure)
        }
      }
      await settled()
      isLosing = false
      // One more change that arrives shows every gap before it.
      come(9, 'a')
      await settled()
      while (questions.length > 0) await answer(false)
      const shown = follower.view.targets.slice(1).map(({ id, site }) => `${id} ${site}`)
      expect(shown.sort()).toEqual([...present.values()].map(({ id, site }) => `${id} ${site}`).sort())
    }),
    { numRuns: 200 },
  )
})
