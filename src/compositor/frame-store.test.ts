import { expect, test } from 'vitest'
import { FrameStore } from './frame-store.ts'

const frame = (tabId: string, bytes: number) => ({
  tabId,
  format: 'jpeg' as const,
  width: 4,
  height: 3,
  bytes: new Uint8Array(bytes),
})

test('keeps the latest picture of each tab', () => {
  const store = new FrameStore()
  store.put(frame('a', 10))
  store.put(frame('a', 20))
  expect([store.get('a')?.bytes.byteLength, store.bytes]).toEqual([20, 20])
  store.forget('a')
  expect([store.get('a'), store.bytes]).toEqual([null, 0])
})

test('what was not renewed longest makes room', () => {
  const store = new FrameStore(100)
  for (const tabId of ['a', 'b', 'c']) store.put(frame(tabId, 33))
  store.put(frame('a', 33))
  store.put(frame('d', 33))
  expect(['a', 'b', 'c', 'd'].map(tabId => store.get(tabId) !== null)).toEqual([true, false, true, true])
})

test('a picture larger than all there may be is not kept', () => {
  const store = new FrameStore(100)
  store.put(frame('a', 50))
  store.put(frame('b', 101))
  expect([store.get('b'), store.bytes]).toEqual([null, 50])
})

test('forgets the pictures of tabs that are no more, and names them', () => {
  const store = new FrameStore()
  for (const tabId of ['a', 'b', 'c']) store.put(frame(tabId, 10))
  expect(store.keepOnly(new Set(['b', 'x']))).toEqual(['a', 'c'])
  expect(store.bytes).toBe(10)
})
