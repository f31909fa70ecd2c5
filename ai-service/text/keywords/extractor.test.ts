import { describe, expect, it } from 'vitest'
import type { Keyword } from '../../../contracts/page-analysis.ts'
import { ModelManager } from '../../models/manager.ts'
import { documentOf, lighthouseArticle, quietPace } from '../../testing/texts.ts'
import { indexTerms } from '../term-index.ts'
import { KeywordExtractor } from './extractor.ts'

async function keywordsOf(
  paragraphs: readonly string[],
  language: string,
  ignored: string[] = [],
): Promise<Keyword[]> {
  await using models = new ModelManager('assets/models')
  const document = await documentOf(paragraphs, language)
  const pace = quietPace()
  const index = await indexTerms(document, pace)
  return await new KeywordExtractor(models).extract(document, index, ignored, pace)
}

describe('the keyword extractor', () => {
  it('names what a text is about, the weightiest first', async () => {
    const keywords = await keywordsOf(lighthouseArticle, 'en')
    const phrases = keywords.map(({ phrase }) => phrase.toLowerCase())
    expect(phrases.slice(0, 3).some(phrase => phrase.includes('lighthouse'))).toBe(true)
    expect(keywords[0]?.weight).toBe(1)
    const weights = keywords.map(({ weight }) => weight)
    expect(weights).toEqual([...weights].sort((left, right) => right - left))
    expect(keywords).toHaveLength(10)
  })

  it('takes no dates, no byline, no function words and nothing twice', async () => {
    const phrases = (
      await keywordsOf(['Essays by Jaan Tamm', 'Monday, 3 April 2023', ...lighthouseArticle], 'en', [
        'Jaan Tamm',
        'Essays',
      ])
    ).map(({ phrase }) => phrase.toLowerCase())
    expect(
      phrases.filter(phrase => /\b(april|monday|tamm|jaan|essays|the|of|and|she)\b|^\d+$/.test(phrase)),
    ).toEqual([])
    expect(new Set(phrases).size).toBe(phrases.length)
  })

  it('never joins words across punctuation', async () => {
    const keywords = await keywordsOf(['Bread, butter, jam. Bread, butter, jam. Bread (butter) jam.'], 'en')
    expect(keywords.map(({ phrase }) => phrase.toLowerCase()).sort()).toEqual(['bread', 'butter', 'jam'])
  })

  it('works without spaces, and in languages without any list of words', async () => {
    const chinese = Array.from({ length: 6 }, () => '灯塔建于一八七一年。志愿者修好了灯塔。')
    expect((await keywordsOf(chinese, 'zh')).map(({ phrase }) => phrase).join()).toContain('灯塔')
    const esperanto = Array.from(
      { length: 6 },
      () => 'La lumturo estas malnova. La homoj vizitas la lumturon kaj la insulon.',
    )
    expect((await keywordsOf(esperanto, 'eo')).map(({ phrase }) => phrase).join()).toMatch(/lumturo/)
  })

  it('finds none in a text without words', async () => {
    expect(await keywordsOf(['1 2 3 …'], 'en')).toEqual([])
  })
})
