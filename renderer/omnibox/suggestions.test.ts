import { expect, test } from 'vitest'
import { essay, local, map } from '../dev/fixtures/tabs.ts'
import { type SuggestionSources, suggestionsFor } from './suggestions.ts'

const tabs = [essay, map, local]
const visited = (url: string, title: string) => ({ url, title, visits: 2, lastVisitAt: 0 })
const rows = (typed: string, sources: Partial<SuggestionSources> = {}) =>
  suggestionsFor({
    typed,
    completion: null,
    tabs,
    activeTabId: essay.id,
    history: [],
    reading: null,
    ...sources,
  })
const kinds = (...args: Parameters<typeof rows>) => rows(...args).map(one => one.kind)
const zoomIn = { title: 'Zoom in', command: { kind: 'zoomIn' } } as const

test('puts first what Enter does, then the text as typed, other open tabs and history', () => {
  const history = [visited(map.url, map.title), visited('https://lib.example/9914', 'Map library')]
  expect(rows(' map', { completion: 'maps.example', history })).toEqual([
    { kind: 'completed', id: 'completed', input: 'maps.example' },
    { kind: 'typed', id: 'typed', input: 'map' },
    { kind: 'tab', id: 'tab-tab:2', tabId: 'tab:2', title: map.title, url: map.url },
    { kind: 'history', id: 'history-0', title: 'Map library', url: 'https://lib.example/9914', visits: 2 },
  ])
})

test('does not offer the tab in view, and wants every word', () => {
  expect(kinds('tide')).toEqual(['typed'])
  expect(kinds('station tide', { activeTabId: null })).toEqual(['typed', 'recall'])
})

test('offers nothing for nothing', () => {
  expect(rows('  ', { activeTabId: null })).toEqual([])
})

test('puts a command first only where Enter may do it, and never before a completed address', () => {
  const sure = { offer: { kind: 'ready', ...zoomIn, runsAtEnter: true }, isQuestion: false } as const
  const unsure = { offer: { kind: 'ready', ...zoomIn, runsAtEnter: false }, isQuestion: false } as const
  expect(kinds('zoom in', { reading: sure })).toEqual(['command', 'typed', 'recall'])
  expect(kinds('zoom in', { reading: unsure })).toEqual(['typed', 'command', 'recall'])
  const completed = rows('zoom', { reading: sure, completion: 'zoom.example' })
  expect(completed).toMatchObject([
    { kind: 'completed' },
    { kind: 'typed' },
    { kind: 'command', runsAtEnter: false },
  ])
})

test('says what it understood and cannot do below what it can', () => {
  const reading = { offer: { kind: 'notYet', title: 'Print' }, isQuestion: false } as const
  expect(kinds('print', { reading })).toEqual(['typed', 'notYet'])
})

test('offers to ask the page only where there is one', () => {
  const reading = { offer: null, isQuestion: true } as const
  expect(kinds('why tides', { reading })).toEqual(['typed', 'ask', 'recall'])
  expect(kinds('why tides', { reading, activeTabId: null })).toEqual(['typed', 'recall'])
})

test('puts bookmarks before history, each address once, and at last the way into what was read', () => {
  const bookmarks = [map, { title: 'Maps of the coast', url: 'https://coast.example/' }]
  const history = [visited('https://coast.example/', 'Coast'), visited('https://other.example/', 'Map')]
  expect(rows('map coast', { bookmarks, history }).map(one => ('url' in one ? one.url : one.kind))).toEqual([
    'typed',
    map.url,
    'https://coast.example/',
    'https://other.example/',
    'recall',
  ])
})
