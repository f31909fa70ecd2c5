import { expect, it } from 'vitest'
import { longestPassage } from '../../contracts/memory.ts'
import { sampleAnalysis } from '../../contracts/testing/sample-analysis.ts'
import { pageMemoryOf } from './page-memory.ts'

const index = {
  passages: [{ paragraph: 3, text: 'A passage.' }],
  vectors: new Uint8Array(128).fill(1),
  pageVector: new Uint8Array(128).fill(2),
}

it('keeps passages, vectors, keywords, topic and language, and nothing else of the page', () => {
  const analysis = {
    ...sampleAnalysis,
    keywords: [{ phrase: 'tide', count: 2, weight: 1 }],
    topic: { kind: 'known' as const, topics: [{ label: 'science', confidence: 0.9 }] },
  }
  expect(pageMemoryOf('https://a.example/', analysis, index, 5)).toEqual({
    ...index,
    url: 'https://a.example/',
    title: 'Example',
    keywords: ['tide'],
    topic: 'science',
    language: 'en',
    at: 5,
  })
})

it('cuts an overlong passage between characters', () => {
  const text = `${'x'.repeat(longestPassage - 1)}😀 and more`
  const { passages } = pageMemoryOf(
    'https://a.example/',
    sampleAnalysis,
    { ...index, passages: [{ paragraph: 0, text }] },
    5,
  )
  expect(passages).toEqual([{ paragraph: 0, text: 'x'.repeat(longestPassage - 1) }])
})
