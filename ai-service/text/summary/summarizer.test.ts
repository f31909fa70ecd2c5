import { describe, expect, it } from 'vitest'
import { ModelManager } from '../../models/manager.ts'
import { documentOf, lighthouseArticle, quietPace } from '../../testing/texts.ts'
import type { Sentence } from '../document.ts'
import { indexTerms } from '../term-index.ts'
import { Summarizer } from './summarizer.ts'

async function summaryOf(paragraphs: readonly string[], language = 'en'): Promise<readonly Sentence[]> {
  await using models = new ModelManager('assets/models')
  const document = await documentOf(paragraphs, language)
  const pace = quietPace()
  return await new Summarizer(models).summarize(document, await indexTerms(document, pace), pace)
}

describe('the summarizer', () => {
  it('chooses sentences about the subject, in reading order, each once', async () => {
    const summary = await summaryOf(lighthouseArticle)
    expect(summary).toHaveLength(2)
    const places = summary.map(({ index }) => index)
    expect(places).toEqual([...places].sort((left, right) => left - right))
    expect(summary.every(({ text }) => /lighthouse|lamp|society/i.test(text))).toBe(true)
  })

  it('says where in its paragraph each sentence stands', async () => {
    for (const { text, paragraph, start, end } of await summaryOf(lighthouseArticle)) {
      expect(lighthouseArticle[paragraph]?.slice(start, end)).toBe(text)
    }
  })

  it('never says the same twice', async () => {
    const twice = [...lighthouseArticle, ...lighthouseArticle].flatMap(paragraph => [paragraph, paragraph])
    const texts = (await summaryOf(twice)).map(({ text }) => text)
    expect(texts.length).toBeGreaterThan(2)
    expect(new Set(texts).size).toBe(texts.length)
  })

  it('grows with the text, from one sentence to seven', async () => {
    const lengths: number[] = []
    for (const copies of [1, 4, 12, 40]) {
      const paragraphs = Array.from({ length: copies }, (_, copy) =>
        lighthouseArticle.map((text, index) => text.replace(/lighthouse/g, `lighthouse ${copy} of ${index}`)),
      ).flat()
      lengths.push((await summaryOf(paragraphs)).length)
    }
    expect(lengths).toEqual([2, 4, 5, 7])
  })

  it('is empty for a text that is its own summary', async () => {
    for (const paragraphs of [[], ['Not found.'], lighthouseArticle.slice(0, 1)]) {
      expect(await summaryOf(paragraphs)).toEqual([])
    }
  })

  it('works without spaces, and in languages without any list of words', async () => {
    const chinese = Array.from(
      { length: 12 },
      (_, index) =>
        `第${index}座灯塔建于一八七一年，为渔船指引方向。志愿者修好了灯塔的灯和楼梯，明年春天灯塔将重新点亮。`,
    )
    const basque = Array.from(
      { length: 12 },
      (_, index) =>
        `Itsasargi hau ${index} urtez itzalita egon da eta orain boluntarioek konpondu dute lanpara eta eskailerak ere bai.`,
    )
    expect((await summaryOf(chinese, 'zh')).length).toBeGreaterThan(0)
    expect((await summaryOf(basque, 'eu')).length).toBeGreaterThan(0)
  })

  it('answers the same every time', async () => {
    expect(await summaryOf(lighthouseArticle)).toEqual(await summaryOf(lighthouseArticle))
  })
})
