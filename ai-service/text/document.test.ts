import { describe, expect, it } from 'vitest'
import { documentOf } from '../testing/texts.ts'
import { mostReadWords } from './document.ts'

describe('a document', () => {
  it('knows each sentence with its paragraph and words', async () => {
    const { sentences, words, characters } = await documentOf(['One two. Three!', 'Four'], 'en')
    expect({ words, characters }).toEqual({ words: 4, characters: 15 })
    expect(
      sentences.map(({ text, paragraph, index, tokens }) => [text, paragraph, index, tokens.length]),
    ).toEqual([
      ['One two.', 0, 0, 2],
      ['Three!', 0, 1, 1],
      ['Four', 1, 2, 1],
    ])
  })

  it('counts every word of a text that is too long to be kept', async () => {
    const paragraph = 'Ten words stand here so that they can be counted. '.repeat(100)
    const { sentences, words } = await documentOf(
      Array.from({ length: 150 }, () => paragraph),
      'en',
    )
    expect(words).toBe(150_000)
    expect(sentences.length * 10).toBeGreaterThanOrEqual(mostReadWords)
    expect(sentences.length * 10).toBeLessThan(mostReadWords + 2_000)
  })
})
