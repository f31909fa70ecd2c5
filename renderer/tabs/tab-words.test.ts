import { expect, test } from 'vitest'
import { empty, essay, lab, tabOf } from '../dev/fixtures/tabs.ts'
import { tabName, tabTitle } from './tab-words.ts'

test('a title is what the page gave, else its host, else that it is new', () => {
  expect([essay, { ...essay, title: '' }, empty].map(tabTitle)).toEqual([
    'Listening to the tide',
    'harbourlog.example',
    'New tab',
  ])
})

test('says the state in the name', () => {
  const problem = { kind: 'refused', code: 'X', url: 'http://a.example/', host: 'a.example' } as const
  const tabs = [
    essay,
    { ...essay, isLoading: true },
    { ...essay, isAsleep: true },
    lab,
    { ...lab, content: { kind: 'unresponsive' } as const },
    tabOf({ id: 't', url: 'http://a.example/', content: { kind: 'problem', problem } }),
    { ...essay, isPinned: true, isPrivate: true, isLoading: true },
  ]
  expect(tabs.map(tab => tabName(tab))).toEqual([
    'Listening to the tide',
    'Listening to the tide, loading',
    'Listening to the tide, sleeping',
    'Video lab, stopped',
    'Video lab, not answering',
    'a.example, could not be opened',
    'Listening to the tide, pinned, private, loading',
  ])
})

test('says how it sounds', () => {
  expect(tabName(essay, 'audible')).toBe('Listening to the tide, playing')
  expect(tabName({ ...essay, isLoading: true }, 'muted')).toBe('Listening to the tide, muted, loading')
})
