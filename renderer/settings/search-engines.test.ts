import { expect, test } from 'vitest'
import { defaultSettings } from '../../contracts/storage.ts'
import { searchEngines, templateProblem } from './search-engines.ts'

test('every engine on offer can be used, and the default is one of them', () => {
  expect(searchEngines.map(engine => templateProblem(engine.template))).toEqual(searchEngines.map(() => null))
  expect(searchEngines.map(engine => engine.template)).toContain(defaultSettings.searchTemplate)
})

test.each([
  ['ftp://a.example/%s', 'Begin with https:// or http://'],
  ['https://a.example/', 'Put %s where the words go'],
  ['https:// %s', 'This is not an address'],
])('%s: %s', (template, problem) => {
  expect(templateProblem(template)).toBe(problem)
})
