import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { SimulatedClock } from '../../../ipc/simulated-clock.ts'
import { MemoryPressure, type PressureState } from './memory-pressure.ts'
import type { MemoryReading } from './pressure-level.ts'

const gibibyte = 2 ** 30
const readings = {
  none: { totalBytes: 8 * gibibyte, availableBytes: 4 * gibibyte, stalls: null },
  moderate: { totalBytes: 8 * gibibyte, availableBytes: gibibyte, stalls: null },
  critical: { totalBytes: 8 * gibibyte, availableBytes: 0.2 * gibibyte, stalls: null },
} satisfies Record<string, MemoryReading>

class FakePower extends EventEmitter {
  isOnBattery = false
  isOnBatteryPower(): boolean {
    return this.isOnBattery
  }
}

function start() {
  const clock = new SimulatedClock()
  const power = new FakePower()
  const told: PressureState[] = []
  const machine = { now: 'none' as keyof typeof readings, asked: 0 }
  const pressure = new MemoryPressure({
    clock,
    power,
    read: async () => {
      machine.asked += 1
      return readings[machine.now]
    },
  })
  pressure.onDidChange(state => told.push(state))
  pressure.start()
  return { clock, power, told, machine, pressure }
}

/** One second after another, with what they lead to. */
async function pass(clock: SimulatedClock, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await new Promise(resolve => setImmediate(resolve))
    clock.advance(1_000)
  }
  await new Promise(resolve => setImmediate(resolve))
}

it('rises at once, and sinks a level at a time when it has been better for some readings', async () => {
  const { clock, told, machine, pressure } = start()
  await pass(clock, 5)
  machine.now = 'critical'
  await pass(clock, 5)
  expect(pressure.level).toBe('critical')
  machine.now = 'none'
  await pass(clock, 5)
  expect(pressure.level).toBe('critical')
  await pass(clock, 20)
  expect(told.map(({ level }) => level)).toEqual(['critical', 'moderate', 'none'])
})

it('stays where it is while readings go up and down', async () => {
  const { clock, told, machine } = start()
  await pass(clock, 1)
  machine.now = 'moderate'
  for (let round = 0; round < 10; round += 1) {
    await pass(clock, 4)
    machine.now = machine.now === 'none' ? 'moderate' : 'none'
  }
  expect(told.map(({ level }) => level)).toEqual(['moderate'])
})

it('tells of the battery when the system does, and otherwise within half a minute', async () => {
  const { clock, power, told, pressure } = start()
  await pass(clock, 1)
  power.isOnBattery = true
  power.emit('on-battery')
  expect(pressure.isOnBattery).toBe(true)
  power.isOnBattery = false
  await pass(clock, 35)
  expect(told.map(({ isOnBattery }) => isOnBattery)).toEqual([true, false])
})

it('survives a reading that fails, and leaves nothing behind when it is closed', async () => {
  const { clock, power, machine, pressure } = start()
  await pass(clock, 1)
  Object.defineProperty(machine, 'now', {
    get: () => {
      throw new Error('no such file')
    },
  })
  await pass(clock, 12)
  expect(machine.asked).toBeGreaterThan(2)
  pressure[Symbol.dispose]()
  await pass(clock, 1)
  expect([clock.timers, power.listenerCount('on-ac'), power.listenerCount('on-battery')]).toEqual([0, 0, 0])
})
