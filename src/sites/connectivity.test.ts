import { expect, it } from 'vitest'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { Connectivity } from './connectivity.ts'

function start() {
  const clock = new SimulatedClock()
  const system = { isOnline: true, asked: 0 }
  const told: boolean[] = []
  const connectivity = new Connectivity({
    clock,
    isOnline: () => {
      system.asked += 1
      return system.isOnline
    },
    onChanged: isOnline => told.push(isOnline),
  })
  return { clock, system, told, connectivity }
}

it('tells each change once, soon after it happened', () => {
  const { clock, system, told } = start()
  clock.advance(10_000)
  system.isOnline = false
  clock.advance(10_000)
  system.isOnline = true
  clock.advance(2_000)
  expect(told).toEqual([false, true])
})

it('asks no more once it is disposed', () => {
  const { clock, system, connectivity } = start()
  connectivity[Symbol.dispose]()
  const { asked } = system
  clock.advance(60_000)
  expect(system.asked).toBe(asked)
})
