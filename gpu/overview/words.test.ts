import { expect, test } from 'vitest'
import { designTabs } from '../dev/sample-tabs.ts'
import { sectionsOf } from './sections.ts'
import { cardName, costText, costWords, memoryText, summary, tabTitle } from './words.ts'

const tab = (id: string) => {
  const found = designTabs.tabs.find(one => one.id === id)
  if (found === undefined) throw new Error(`no tab ${id}`)
  return found
}

test('a card says its state in its name', () => {
  expect(cardName(tab('tide'), true)).toBe('Listening to the tide, in view')
  expect(cardName(tab('notes'), false)).toBe('Field notes, April, sleeping')
  expect(cardName(tab('piano'), false)).toBe('Slow piano, live, playing')
  expect(cardName(tab('video'), false)).toBe('Video lab, stopped by a fault')
  expect(cardName({ ...tab('mail'), isPrivate: true, state: 'unloaded', memoryBytes: null }, false)).toBe(
    'Mail, private, not loaded',
  )
})

test('a title is what the page gave, else its site, else that it is new', () => {
  expect(tabTitle({ ...tab('mail'), title: '' })).toBe('mail.example')
  expect(tabTitle({ ...tab('mail'), title: '', site: null, url: '' })).toBe('New tab')
})

test('a card says what it costs where that is known', () => {
  expect([tab('tide'), tab('notes'), tab('video')].map(costWords)).toEqual(['148 megabytes', '', ''])
})

test('memory is said with its unit, and not where it is not known', () => {
  expect(
    [tab('map'), tab('notes'), tab('video'), { ...tab('mail'), memoryBytes: null }].map(memoryText),
  ).toEqual(['430 MB', '0', '', ''])
})

test('a group says what it costs, the strip what there is', () => {
  const [sea] = sectionsOf(designTabs, 'groups', () => true)
  expect(sea === undefined ? '' : costText(sea)).toBe('CPU 1.6 % · 642 MB')
  expect(summary(designTabs)).toBe('11 tabs, 2 groups, 2 sleeping')
  expect(summary({ tabs: [tab('mail')], groups: [], activeTabId: null })).toBe('1 tab')
})
