import { expect, it } from 'vitest'
import { groupUnpinned, moveTab, pinTab, placeOfNew } from './tab-order.ts'

const tab = (id: string, isPinned = false, group: string | null = null) => ({ id, isPinned, group })
const tabs = [tab('a', true), tab('b', true), tab('c'), tab('d', false, 'Sea'), tab('e', false, 'Sea')]
const shown = (list: readonly { id: string; group: string | null; isPinned: boolean }[]) =>
  list.map(({ id, group, isPinned }) => `${id}${isPinned ? '!' : ''}${group ?? ''}`).join(' ')

it('opens no tab among the pinned ones', () => {
  expect([null, 'a', 'b', 'c', 'gone'].map(after => placeOfNew(tabs, after))).toEqual([5, 2, 2, 3, 5])
})

it('keeps pinned tabs in front, wherever a tab is moved', () => {
  expect(shown(moveTab(tabs, 'a', 9))).toBe('b! a! c dSea eSea')
  expect(shown(moveTab(tabs, 'e', 0))).toBe('a! b! e c dSea')
  expect(shown(moveTab(tabs, 'c', 3))).toBe('a! b! dSea cSea eSea')
})

it('pins behind what is pinned, takes it out of its group, and unpins to the front of the rest', () => {
  expect(shown(pinTab(tabs, 'e', true))).toBe('a! b! e! c dSea')
  expect(shown(pinTab(tabs, 'a', false))).toBe('b! a c dSea eSea')
  expect(pinTab(tabs, 'a', true)).toBe(tabs)
})

it('groups none that is pinned', () => {
  expect(shown(groupUnpinned(tabs, [{ name: 'Bread', tabs: ['e', 'a', 'c'] }]))).toBe('a! b! cBread eBread d')
})
