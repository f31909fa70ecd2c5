import { expect, it } from 'vitest'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { FrameWatch, type WatchedFrame } from './frame-watch.ts'

const frame = (pid: number): WatchedFrame => ({
  id: `frame:${pid}:renderer:1`,
  pid,
  site: 'a.example',
  isPrivate: false,
  startedAt: 0,
  tabIds: ['t'],
})

it('tells once of a frame whose process went while its page still has it', () => {
  const clock = new SimulatedClock()
  let frames = [frame(2), frame(3), frame(4)]
  const alive = new Set([2, 3, 4])
  const told: number[] = []
  const watch = new FrameWatch({
    clock,
    frames: () => frames,
    isAlive: pid => alive.has(pid),
    isShown: ({ pid }) => pid !== 4,
    onLost: ({ pid }) => told.push(pid),
  })
  clock.advance(8_000)
  expect(told).toEqual([])
  alive.delete(3)
  alive.delete(4)
  clock.advance(60_000)
  expect(told).toEqual([3])
  frames = [frame(2)]
  clock.advance(4_000)
  frames = [frame(2), frame(3)]
  clock.advance(4_000)
  expect(told).toEqual([3, 3])
  watch[Symbol.dispose]()
  expect(clock.timers).toBe(0)
})
