import { expect, it } from 'vitest'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { ScrollWatcher } from './scroll-watcher.ts'

it('looks every three seconds, never twice at once, and stops when it is told to', async () => {
  const clock = new SimulatedClock()
  const looks: PromiseWithResolvers<void>[] = []
  const watcher = new ScrollWatcher({
    clock,
    look: () => {
      const look = Promise.withResolvers<void>()
      looks.push(look)
      return look.promise
    },
  })
  clock.advance(9_000)
  expect(looks).toHaveLength(1)
  looks[0]?.reject(new Error('the page is gone'))
  await new Promise(setImmediate)
  clock.advance(3_000)
  expect(looks).toHaveLength(2)
  watcher[Symbol.dispose]()
  looks[1]?.resolve()
  await new Promise(setImmediate)
  clock.advance(9_000)
  expect(looks).toHaveLength(2)
})
