import { afterEach, expect, it } from 'vitest'
import { attack, Cases } from './run.ts'
import { Victim } from './victim.ts'

let victim: Victim

afterEach(() => victim[Symbol.dispose]())

it('survives fifty thousand hostile messages, after some that are large, with nothing handled, left over or thrown', async () => {
  victim = new Victim()
  // The first cases are the heavy ones, of which a single one holds a hundred thousand messages.
  const { failure } = await attack(victim, await Cases.of(1), 160_000)
  expect(failure?.problems ?? []).toEqual([])
  expect(victim.cutOff).toBeGreaterThan(10)
  expect(victim.honest.answered).toBeGreaterThan(50)
}, 60_000)
