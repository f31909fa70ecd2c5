import { expect, it } from 'vitest'
import { PowerSource } from './power-source.ts'

it('tells what the system said last, and asks again after a minute', async () => {
  let now = 0
  let acConnected = false
  let asked = 0
  const power = new PowerSource(
    () => now,
    async () => {
      asked += 1
      return { hasBattery: true, acConnected }
    },
  )
  expect(power.isOnBattery).toBe(false)
  await Promise.resolve()
  expect(power.isOnBattery).toBe(true)
  acConnected = true
  now = 59_000
  await Promise.resolve()
  expect(power.isOnBattery).toBe(true)
  now = 60_000
  expect(power.isOnBattery).toBe(true)
  await Promise.resolve()
  expect(power.isOnBattery).toBe(false)
  expect(asked).toBe(2)
})

it('takes a system that does not tell for one with a cable', async () => {
  const power = new PowerSource(
    () => 0,
    () => Promise.reject(new Error('no such file')),
  )
  expect(power.isOnBattery).toBe(false)
  await new Promise(resolve => setImmediate(resolve))
  expect(power.isOnBattery).toBe(false)
})
