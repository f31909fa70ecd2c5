import { beforeEach, expect, it } from 'vitest'
import { IpcError } from '../../ipc/errors.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { repeatLoad } from './repeat-load.ts'

let clock: SimulatedClock
const settle = () => new Promise(resolve => setImmediate(resolve))

beforeEach(() => {
  clock = new SimulatedClock()
})

function failing(code: string, times: number): () => Promise<string> {
  let left = times
  return async () => {
    left -= 1
    if (left >= 0) throw new IpcError(code, 'not now')
    return 'tabs'
  }
}

async function outcome(load: () => Promise<string>): Promise<unknown> {
  const loaded = repeatLoad(load, clock).catch((error: unknown) =>
    error instanceof IpcError ? error.code : error,
  )
  let found: unknown = null
  void loaded.then(value => {
    found = value
  })
  for (let step = 0; step < 2_000 && found === null; step += 1) {
    await settle()
    clock.advance(50)
  }
  return found
}

it('reads again what a storage process that died or was late did not give', async () => {
  expect(await outcome(failing('PROCESS_TERMINATED', 3))).toBe('tabs')
  expect(await outcome(failing('TIMEOUT', 2))).toBe('tabs')
})

it('gives up at once where storage is given up or refuses, and else after forty seconds', async () => {
  expect(await outcome(failing('TARGET_UNAVAILABLE', 1))).toBe('TARGET_UNAVAILABLE')
  expect(await outcome(failing('STORAGE_DAMAGED', 1))).toBe('STORAGE_DAMAGED')
  const before = clock.now()
  expect(await outcome(failing('TIMEOUT', 1_000_000))).toBe('TIMEOUT')
  expect(clock.now() - before).toBeGreaterThanOrEqual(40_000)
})
