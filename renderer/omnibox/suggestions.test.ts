import { expect, test } from 'vitest'
import { essay, local, map } from '../dev/fixtures/tabs.ts'
import { suggestionsFor } from './suggestions.ts'

const tabs = [essay, map, local]
const visited = (url: string, title: string) => ({ url, title, visits: 2, lastVisitAt: 0 })

test('puts first what Enter does, then the text as typed, other open tabs and history', () => {
  const history = [visited(map.url, map.title), visited('https://lib.example/9914', 'Map library')]
  expect(suggestionsFor(' map', 'maps.example', tabs, essay.id, history)).toEqual([
    { kind: 'completed', id: 'completed', input: 'maps.example' },
    { kind: 'typed', id: 'typed', input: 'map' },
    { kind: 'tab', id: 'tab-tab:2', tabId: 'tab:2', title: map.title, url: map.url },
    { kind: 'history', id: 'history-0', title: 'Map library', url: 'https://lib.example/9914', visits: 2 },
  ])
})

test('does not offer the tab in view, and wants every word', () => {
  expect(suggestionsFor('tide', null, tabs, essay.id, [])).toEqual([
    { kind: 'typed', id: 'typed', input: 'tide' },
  ])
  expect(suggestionsFor('station tide', null, tabs, null, []).map(one => one.kind)).toEqual(['typed'])
})

test('offers nothing for nothing', () => {
  expect(suggestionsFor('  ', null, tabs, null, [])).toEqual([])
})
