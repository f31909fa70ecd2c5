import { expect, test } from 'vitest'
import { queryFilter } from './filter.ts'

const finds = (query: string, ...texts: (string | null)[]): boolean =>
  queryFilter(query, new Set())('id', texts)

test('every word must occur, in whichever text', () => {
  expect(finds('tide log', 'Listening to the tide', 'harbourlog.example')).toBe(true)
  expect(finds('tide bread', 'Listening to the tide', 'harbourlog.example')).toBe(false)
})

test('case and marks do not matter, nor does what is missing', () => {
  expect(finds('CAFE', 'Café au lait', null)).toBe(true)
  expect(finds('café', 'a cafe')).toBe(true)
})

test('an empty query is answered by all, a match by meaning by itself', () => {
  expect(finds('  ', 'x')).toBe(true)
  expect(queryFilter('ocean', new Set(['a']))('a', ['Tides'])).toBe(true)
  expect(queryFilter('ocean', new Set(['a']))('b', ['Tides'])).toBe(false)
})
