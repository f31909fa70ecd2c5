import { expect, it } from 'vitest'
import { SimulatedClock } from '../../../ipc/simulated-clock.ts'
import { restartDelayMs } from '../../controller/process-machine.ts'
import { GraphicsWatch } from './graphics-watch.ts'
import { givenUpWords, stoppedWords, supervisionPolicies } from './policies.ts'

it('brings back at once what ran well, and gives up within half a minute what cannot run', () => {
  for (const { restart } of Object.values(supervisionPolicies)) {
    if (restart.kind === 'never') continue
    expect(restartDelayMs(restart, 1)).toBeLessThanOrEqual(50)
    const delays = Array.from({ length: restart.attempts }, (_, index) => restartDelayMs(restart, index + 1))
    const wholeMs = delays.reduce((sum, delay) => sum + delay, 0)
    expect(wholeMs).toBeGreaterThan(5_000)
    expect(wholeMs).toBeLessThan(30_000)
    expect(delays).toEqual(delays.toSorted((one, other) => one - other))
  }
})

it('says of each kind what there is instead, and how to try again', () => {
  expect(stoppedWords('Storage', 'storage')).toBe('Storage stopped and is being restarted. Nothing was lost.')
  expect(givenUpWords('Reader model', 'ai')).toMatch(/Browsing goes on\..*choose Restart/)
})

it('takes the graphics for lost after three losses in short order, and says so once', () => {
  const clock = new SimulatedClock()
  let lost = 0
  const watch = new GraphicsWatch(clock, () => {
    lost += 1
  })
  for (let round = 0; round < 6; round += 1) {
    clock.advance(60_000)
    watch.gone()
  }
  expect(lost).toBe(0)
  for (let round = 0; round < 5; round += 1) {
    clock.advance(1_000)
    watch.gone()
  }
  expect(lost).toBe(1)
})
