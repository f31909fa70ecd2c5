import { expect, it } from 'vitest'
import { spacedOut, termsIn, termsOf } from './terms.ts'

const expressions = (query: string) => termsOf(query).map(term => term.expression)

it('takes each word once, and the last as the beginning of a word while it is typed', () => {
  expect(expressions('Tide gauge tide gau')).toEqual(['"tide"', '"gauge"', '"gau"*'])
  expect(expressions('tide gauge ')).toEqual(['"tide"', '"gauge"'])
  expect(expressions('tide g')).toEqual(['"tide"', '"g"'])
})

it('lets no operator out of the text', () => {
  expect(expressions('a" OR (b NOT c*) -d:e ')).toEqual(['"a"', '"OR"', '"b"', '"NOT"', '"c"', '"d"', '"e"'])
  expect(termsOf('  "*-()\u0000 ')).toEqual([])
})

it('stops at a number of words that can be searched for', () => {
  expect(termsOf(Array.from({ length: 5_000 }, (_, index) => `w${index}`).join(' '))).toHaveLength(16)
})

it('separates the characters of scripts without spaces, in texts as in queries', () => {
  expect(spacedOut('plain words')).toBeNull()
  expect(spacedOut('潮汐 log')).toBe(' 潮  汐  log')
  expect(expressions('潮汐')).toEqual(['"潮  汐"'])
})

it('finds its words in a text whatever their marks and case, and whole words only', () => {
  const held = (query: string, text: string) => termsIn(text, termsOf(query)).map(term => term.folded)
  expect(held('café harb', 'The CAFE at the harbour')).toEqual(['cafe', 'harb'])
  expect(held('harb ', 'the harbour')).toEqual([])
  expect(held('潮汐 ', '这里的潮汐表')).toEqual(['潮汐'])
})
