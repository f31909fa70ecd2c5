import { expect, test } from 'vitest'
import { excerptOf, markWords } from './marks.ts'

const marked = (text: string, query: string) =>
  markWords(text, query)
    .map(piece => (piece.isMarked ? `[${piece.text}]` : piece.text))
    .join('')

test('marks whole words whatever their case and accents, and beginnings of the last one', () => {
  expect(marked('The Café keeps cafeteria tables.', 'cafe ')).toBe('The [Café] keeps cafeteria tables.')
  expect(marked('The Café keeps cafeteria tables.', 'cafe')).toBe('The [Café] keeps [cafeteria] tables.')
  expect(marked('a tide, a TIDE', 'tide a ')).toBe('[a] [tide], [a] [TIDE]')
})

test('marks runs of characters in writing without spaces', () => {
  expect(marked('这里的潮汐表', '潮汐')).toBe('这里的[潮汐]表')
})

test('changes nothing of the text, whatever is asked', () => {
  const text = 'e\u0301tude \u202e reversed \ud83d\ude00 \ud800 end'
  for (const query of ['', '[', 'etude', '\ud800', '😀', 'end', 'a'.repeat(500)]) {
    expect(
      markWords(text, query)
        .map(piece => piece.text)
        .join(''),
    ).toBe(text)
  }
})

test('an excerpt begins shortly before the first mark and ends between words', () => {
  const text = `${'one two three '.repeat(30)}needle ${'four five six '.repeat(60)}`
  const shown = excerptOf(text, 'needle')
    .map(piece => piece.text)
    .join('')
  expect(shown.startsWith('… ')).toBe(true)
  expect(shown.endsWith(' …')).toBe(true)
  expect(shown.indexOf('needle')).toBeLessThan(70)
  expect(shown.length).toBeLessThan(400)
  expect(excerptOf('short text', 'none')).toEqual([{ text: 'short text', isMarked: false }])
})
