import type { OnCompletedListenerDetails } from 'electron'
import { expect, it } from 'vitest'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { TabBytes } from './tab-bytes.ts'

function start() {
  const clock = new SimulatedClock()
  const bytes = new TabBytes(clock, id => (id === 0 ? null : `tab:${id}`))
  const arrive = (webContentsId: number, length: string | null, rest = {}, isPrivate = false): void => {
    const responseHeaders = length === null ? {} : { 'Content-Length': [length] }
    const response = { webContentsId, fromCache: false, responseHeaders, ...rest }
    bytes.part.onCompleted?.(response as unknown as OnCompletedListenerDetails, {
      session: {} as never,
      isPrivate,
    })
  }
  return { clock, bytes, arrive }
}

it('adds up what each tab got within the last second', () => {
  const { clock, bytes, arrive } = start()
  arrive(1, '500')
  clock.advance(600)
  arrive(1, '70')
  arrive(2, '9')
  expect([...bytes.lastSecond()]).toEqual([
    ['tab:1', 570],
    ['tab:2', 9],
  ])
  clock.advance(600)
  expect([...bytes.lastSecond()]).toEqual([
    ['tab:1', 70],
    ['tab:2', 9],
  ])
  clock.advance(1_000)
  expect(bytes.lastSecond().size).toBe(0)
})

it('leaves out what came from a cache, has no size, belongs to no tab, or is private', () => {
  const { bytes, arrive } = start()
  arrive(1, '500', { fromCache: true })
  arrive(1, null)
  arrive(1, 'much')
  arrive(0, '500')
  arrive(1, '500', {}, true)
  expect(bytes.lastSecond().size).toBe(0)
})
