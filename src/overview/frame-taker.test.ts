import { beforeEach, expect, it } from 'vitest'
import type { Frame } from '../../contracts/compositor.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { FrameTaker } from './frame-taker.ts'

let clock: SimulatedClock
let taker: FrameTaker
let taken: string[]
let put: string[]
let tabs: string[]
let isViewLoading: boolean
let take: (tabId: string) => Promise<Frame | null>

const frameOf = (tabId: string): Frame => ({
  tabId,
  format: 'jpeg',
  width: 4,
  height: 3,
  bytes: new Uint8Array(1),
})

beforeEach(() => {
  clock = new SimulatedClock()
  taken = []
  put = []
  tabs = ['a', 'b', 'c']
  isViewLoading = false
  take = tabId => {
    taken.push(tabId)
    return Promise.resolve(frameOf(tabId))
  }
  taker = new FrameTaker({
    take: tabId => take(tabId),
    put: ({ tabId }) => put.push(tabId),
    tabs: () => tabs,
    activeTabId: () => 'a',
    isViewLoading: () => isViewLoading,
    clock,
    debug: message => put.push(message),
  })
})

async function pass(ms: number): Promise<void> {
  clock.advance(ms)
  await new Promise(resolve => setImmediate(resolve))
}

it('takes one picture when a page has settled, or was left a while ago', async () => {
  taker.settled('a')
  await pass(1_000)
  taker.settled('a')
  await pass(1_499)
  expect(put).toEqual([])
  await pass(1)
  await pass(60_000)
  expect(put).toEqual(['a'])
})

it('takes none while the tab in view loads, except of what somebody waits for', async () => {
  isViewLoading = true
  taker.settled('b')
  taker.want('c')
  await pass(30_000)
  expect(put).toEqual(['c'])
  isViewLoading = false
  await pass(500)
  await pass(60_000)
  expect(put).toEqual(['c', 'b'])
})

it('takes none of a page that another one follows while it waits', async () => {
  isViewLoading = true
  taker.settled('b')
  await pass(3_000)
  taker.forget('b')
  isViewLoading = false
  await pass(60_000)
  expect(taken).toEqual([])
})

it('takes none of a page that was left before it settled, nor of a tab that is gone', async () => {
  taker.settled('a')
  taker.forget('a')
  await pass(5_000)
  tabs = ['b']
  taker.want('c')
  await pass(0)
  expect(taken).toEqual([])
})

it('keeps up the tab in view and the others in turn, only while somebody looks', async () => {
  taker.setLive(true)
  for (let second = 0; second < 6; second++) await pass(1_000)
  expect(put).toEqual(['a', 'b', 'a', 'c', 'a', 'b'])
  taker.setLive(false)
  await pass(10_000)
  expect(put).toHaveLength(6)
})

it('takes one at a time, and goes on after one that failed', async () => {
  const first = Promise.withResolvers<Frame | null>()
  take = tabId => {
    taken.push(tabId)
    return tabId === 'a' ? first.promise : Promise.resolve(frameOf(tabId))
  }
  for (const tab of ['a', 'b', 'b']) taker.want(tab)
  await pass(0)
  expect(taken).toEqual(['a'])
  first.reject(new Error('nothing was drawn'))
  await pass(0)
  expect(put).toEqual(['No picture of a tab: nothing was drawn', 'b'])
})

it('waits three seconds for a page that draws nothing, and then goes on with the others', async () => {
  take = tabId => (tabId === 'a' ? new Promise(() => {}) : Promise.resolve(frameOf(tabId)))
  taker.want('a')
  taker.want('b')
  await pass(2_999)
  expect(put).toEqual([])
  await pass(1)
  expect(put).toEqual(['b'])
})
