import { expect, it } from 'vitest'
import { TabFrames } from './tab-frames.ts'

function start() {
  let asked = 0
  interface Frame {
    readonly osProcessId: number
    readonly url: string
    readonly framesInSubtree: readonly Frame[]
  }
  const frame = (osProcessId: number, url: string): Frame => ({ osProcessId, url, framesInSubtree: [] })
  const subframes = [frame(11, 'https://ads.test/'), frame(0, 'https://not-yet.test/')]
  const mainFrame: Frame = {
    osProcessId: 10,
    url: 'https://a.test/',
    get framesInSubtree(): readonly Frame[] {
      asked += 1
      return [mainFrame, ...subframes]
    },
  }
  return { frames: new TabFrames(), view: { mainFrame }, subframes, frame, asked: () => asked }
}

it('asks the engine once, and again when a frame went somewhere or somebody looks', () => {
  const { frames, view, subframes, frame, asked } = start()
  expect(frames.of(view)).toEqual([{ pid: 11, site: 'ads.test' }])
  frames.of(view)
  expect(asked()).toBe(1)
  subframes.push(frame(12, 'https://c.test/'))
  frames.changed(view, false)
  expect(frames.of(view)).toHaveLength(2)
  subframes.pop()
  frames.lookAgain()
  expect(frames.of(view)).toHaveLength(1)
  expect(asked()).toBe(3)
})

it('has none of a page that has just come, until one of them comes', () => {
  const { frames, view } = start()
  frames.of(view)
  frames.changed(view, true)
  expect(frames.of(view)).toEqual([])
  frames.changed(view, false)
  expect(frames.of(view)).toHaveLength(1)
})
