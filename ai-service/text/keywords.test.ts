import { describe, expect, it } from 'vitest'
import { documentOf, lighthouseArticle, quietPace } from '../testing/texts.ts'
import { extractKeywords } from './keywords.ts'

async function keywordsOf(paragraphs: readonly string[], language: string) {
  return extractKeywords(await documentOf(paragraphs, language), quietPace())
}

describe('keywords', () => {
  it('name what the text is about, the weightiest first', async () => {
    const keywords = await keywordsOf(lighthouseArticle, 'en')
    const phrases = keywords.map(({ phrase }) => phrase.toLowerCase())
    expect(phrases.slice(0, 4).some(phrase => phrase.includes('lighthouse'))).toBe(true)
    expect(phrases).toContain('lamp')
    expect(keywords[0]?.weight).toBe(1)
    const weights = keywords.map(({ weight }) => weight)
    expect(weights).toEqual([...weights].sort((a, b) => b - a))
    expect(keywords.length).toBeLessThanOrEqual(10)
  })

  it('hold no function words, numbers or repeats', async () => {
    const phrases = (await keywordsOf(lighthouseArticle, 'en')).map(({ phrase }) => phrase.toLowerCase())
    expect(phrases.filter(phrase => /\b(the|of|and|was|she|don't)\b|^\d+$/.test(phrase))).toEqual([])
    expect(new Set(phrases).size).toBe(phrases.length)
  })

  it('count the forms of a word together', async () => {
    const keywords = await keywordsOf(
      ['Peanuts are seeds. A peanut grows below ground. The peanut’s shell is soft.'],
      'en',
    )
    expect(keywords.find(({ phrase }) => /^peanut/i.test(phrase))?.count).toBe(3)
  })

  it('never join words across punctuation', async () => {
    const keywords = await keywordsOf(['Bread, butter, jam. Bread, butter, jam. Bread (butter) jam.'], 'en')
    expect(keywords.map(({ phrase }) => phrase.toLowerCase()).sort()).toEqual(['bread', 'butter', 'jam'])
  })

  it('keep short acronyms', async () => {
    const keywords = await keywordsOf(
      ['What is AI? Is this AI? Some of it is AI, but all of that is AI. It is AI.'],
      'en',
    )
    expect(keywords.map(({ phrase, count }) => [phrase, count])).toEqual([['AI', 5]])
  })

  it('are found without spaces and without a list of function words', async () => {
    const chinese = Array.from({ length: 6 }, () => '灯塔建于一八七一年。志愿者修好了灯塔。')
    expect((await keywordsOf(chinese, 'zh')).map(({ phrase }) => phrase).join()).toContain('灯塔')
    const esperanto = Array.from(
      { length: 6 },
      () => 'La lumturo estas malnova. La homoj vizitas la lumturon kaj la insulon.',
    )
    expect((await keywordsOf(esperanto, 'eo')).map(({ phrase }) => phrase).join()).toMatch(/lumturo/)
  })

  it('are none in a text without words', async () => {
    expect(await keywordsOf(['1 2 3 …'], 'en')).toEqual([])
  })
})
