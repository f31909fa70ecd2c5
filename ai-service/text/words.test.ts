import { describe, expect, it } from 'vitest'
import { wordSplitter } from './words.ts'

describe('splitting words', () => {
  it.each([
    [
      'en',
      "Don't split well-known, 3,141.5 or U.S.A.!",
      ["Don't", 'split', 'well-known', '3,141.5', 'or', 'U', 'S', 'A'],
    ],
    ['fr', 'L’été, à Évian', ['L’été', 'à', 'Évian']],
    ['hi', 'हिन्दी में लिखा', ['हिन्दी', 'में', 'लिखा']],
    ['zh', '我们喜欢音乐', ['我们', '喜欢', '音乐']],
    ['th', 'ฉันรักแม่', ['ฉัน', 'รัก', 'แม่']],
    ['en', ' – … 🎉', []],
  ])('%s: %s', (tag, text, words) => {
    expect(wordSplitter(tag)(text).map(token => token.text)).toEqual(words)
  })

  it('says where each word stands', () => {
    const text = 'Up, and up'
    expect(
      wordSplitter('en')(text).map(token => text.slice(token.start, token.start + token.text.length)),
    ).toEqual(['Up', 'and', 'up'])
  })
})
