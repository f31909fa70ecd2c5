import { describe, expect, it } from 'vitest'
import { documentOf, lighthouseArticle, quietPace } from '../testing/texts.ts'
import { summarize } from './summary.ts'

describe('summaries', () => {
  it('are sentences of the text that are about its subject, in reading order, without repetition', async () => {
    const summary = await summarize(await documentOf(lighthouseArticle, 'en'), quietPace())
    expect(summary.map(({ text, paragraph }) => lighthouseArticle[paragraph]?.includes(text))).toEqual(
      [true, true, true].slice(0, summary.length),
    )
    expect(summary.length).toBeGreaterThanOrEqual(2)
    const places = summary.map(sentence => sentence.index)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(new Set(summary.map(sentence => sentence.text)).size).toBe(summary.length)
    expect(summary.every(({ text }) => /lighthouse|lamp/i.test(text))).toBe(true)
    expect(summary.map(({ text }) => text).join(' ')).not.toMatch(/gull|nests/i)
  })

  it('grow with the text, up to five sentences', async () => {
    const lengths: number[] = []
    for (const copies of [1, 4, 12]) {
      const paragraphs = Array.from({ length: copies }, (_, copy) =>
        lighthouseArticle.map((text, index) =>
          text.replace(/lighthouse/g, `lighthouse number ${copy} of ${index}`),
        ),
      ).flat()
      lengths.push((await summarize(await documentOf(paragraphs, 'en'), quietPace())).length)
    }
    expect(lengths).toEqual([2, 4, 5])
  })

  it('are empty for a text that is its own summary', async () => {
    for (const paragraphs of [[], ['Not found.'], lighthouseArticle.slice(0, 1)]) {
      expect(await summarize(await documentOf(paragraphs, 'en'), quietPace())).toEqual([])
    }
  })

  it('work without spaces and without a list of function words', async () => {
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
    expect((await summarize(await documentOf(chinese, 'zh'), quietPace())).length).toBeGreaterThan(0)
    expect((await summarize(await documentOf(basque, 'eu'), quietPace())).length).toBeGreaterThan(0)
  })

  it('are the same every time', async () => {
    const document = await documentOf(lighthouseArticle, 'en')
    expect(await summarize(document, quietPace())).toEqual(await summarize(document, quietPace()))
  })
})
