import { expect, it } from 'vitest'
import { endpointId } from './identity.ts'
import { type RepeatedOutcome, Repeats } from './repeats.ts'
import { SimulatedClock } from './simulated-clock.ts'

const peer = endpointId('tab:1')

function outcomes(): { readonly told: RepeatedOutcome[]; readonly tell: (outcome: RepeatedOutcome) => void } {
  const told: RepeatedOutcome[] = []
  return { told, tell: outcome => told.push(outcome) }
}

it('gives a repeat the outcome of the first, also when it comes before that is known', () => {
  const repeats = new Repeats(new SimulatedClock())
  const { told, tell } = outcomes()
  const finish = repeats.begin(peer, 'a', tell)
  expect(repeats.begin(peer, 'a', tell)).toBeNull()
  expect(told).toEqual([])
  finish?.({ kind: 'result', value: 1 })
  expect(repeats.begin(peer, 'a', tell)).toBeNull()
  expect(told).toEqual([
    { kind: 'result', value: 1 },
    { kind: 'result', value: 1 },
  ])
})

it('does not mix up peers or keys', () => {
  const repeats = new Repeats(new SimulatedClock())
  const { tell } = outcomes()
  const begun = [
    repeats.begin(peer, 'a', tell),
    repeats.begin(peer, 'b', tell),
    repeats.begin(endpointId('tab:2'), 'a', tell),
  ]
  expect(begun).not.toContain(null)
})

it('forgets after a minute, and the oldest when there are a thousand', () => {
  const clock = new SimulatedClock()
  const repeats = new Repeats(clock)
  const { tell } = outcomes()
  repeats.begin(peer, 'old', tell)
  clock.advance(60_001)
  expect(repeats.begin(peer, 'old', tell)).not.toBeNull()
  for (let index = 0; index < 1_000; index += 1) repeats.begin(peer, `k${index}`, tell)
  expect(repeats.begin(peer, 'old', tell)).not.toBeNull()
  expect(repeats.begin(peer, 'k999', tell)).toBeNull()
})

it('lets no peer make it forget what another may ask for again', () => {
  const repeats = new Repeats(new SimulatedClock())
  const { tell } = outcomes()
  repeats.begin(peer, 'once', tell)
  for (let index = 0; index < 2_000; index += 1) repeats.begin(endpointId('tab:2'), `k${index}`, tell)
  expect(repeats.begin(peer, 'once', tell)).toBeNull()
})
