import { describe, expect, it } from 'vitest'
import { documentOf, lighthouseArticle } from '../testing/texts.ts'
import { splitPassages } from './passages.ts'

const countWords = (text: string): number => text.split(/\s+/).length

describe('passages', () => {
  it('hold whole sentences of 25 to 120 words and say where they begin', async () => {
    const document = await documentOf(lighthouseArticle, 'en')
    const passages = splitPassages(document, 100)
    expect(passages.map(passage => passage.paragraph)).toEqual([0, 1, 2, 3, 5])
    expect(passages.slice(0, -1).every(({ text }) => countWords(text) >= 25 && countWords(text) <= 130)).toBe(
      true,
    )
    expect(passages.map(passage => passage.text).join(' ')).toBe(
      document.sentences.map(sentence => sentence.text).join(' '),
    )
  })

  it('cut a paragraph without end, and are no more than asked for', async () => {
    const document = await documentOf(['word '.repeat(20_000), 'One more sentence stands here.'], 'en')
    const passages = splitPassages(document, 7)
    expect(passages).toHaveLength(7)
    expect(passages.every(({ text }) => text.length <= 1_200)).toBe(true)
  })

  it('of an empty page are none', async () => {
    expect(splitPassages(await documentOf([], 'en'), 10)).toEqual([])
  })
})
