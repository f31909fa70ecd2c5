import { expect, it } from 'vitest'
import { isLetterAt, wordsOf } from './letters.ts'

it('knows the letters and digits of every script', () => {
  const wrong: string[] = []
  for (let code = 0; code < 0x30000; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    const text = String.fromCodePoint(code)
    if (isLetterAt(text, 0) !== /[\p{L}\p{N}]/u.test(text)) wrong.push(code.toString(16))
  }
  expect(wrong).toEqual([])
})

it('is not confused by halves of characters and by what is outside of the text', () => {
  expect(['\ud800', '\udc00', ''].map(text => isLetterAt(text, 0))).toEqual([false, false, false])
})

it('takes words apart', () => {
  expect([...wordsOf('Die Öl-Krise 1973: „noch“ 石油 𝒜𝒷!')]).toEqual([
    'die',
    'öl',
    'krise',
    '1973',
    'noch',
    '石油',
    '𝒜𝒷',
  ])
})
