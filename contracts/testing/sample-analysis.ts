import type { PageAnalysis } from '../page-analysis.ts'

/** For tests: an analysis of a short page. */
export const sampleAnalysis: PageAnalysis = {
  url: 'http://example.test/',
  title: 'Example',
  metadata: {
    title: null,
    author: null,
    publishedAt: null,
    siteName: null,
    imageUrl: null,
    description: null,
  },
  method: 'readability',
  isCut: false,
  language: { kind: 'known', guess: { tag: 'en', name: 'English', confidence: 0.99 } },
  passageLanguages: [],
  topic: { kind: 'none' },
  summary: [],
  keywords: [],
  entities: [],
  words: 12,
  readingMinutes: 0.1,
  difficulty: { kind: 'unknown' },
  passages: { kind: 'known', count: 0 },
  stages: [],
  totalMs: 3,
}
