import { expect, test } from 'vitest'
import { answerWords, pageTitle, reasonWords, storedFacts } from './history-words.ts'

const page = {
  url: 'https://a.example/',
  title: 'A',
  visits: 1,
  lastVisitAt: 1,
  readAt: 1,
  passage: null,
  foundBy: 'both',
  score: 1,
} as const

test('each way to be found has its chip', () => {
  const names = (['words', 'meaning', 'both', 'latest'] as const).map(foundBy =>
    reasonWords(foundBy).map(reason => reason.name),
  )
  expect(names).toEqual([['Words'], ['Meaning'], ['Words', 'Meaning'], []])
})

test('an answer says how many, and when it went without the meaning', () => {
  const unavailable = { kind: 'unavailable', code: 'AI_UNAVAILABLE', message: 'x' } as const
  expect(answerWords('tide', { pages: [page], meaning: { kind: 'used' } })).toBe(
    '1 page, looked for by words and by meaning',
  )
  expect(answerWords('tide', { pages: [], meaning: unavailable })).toBe(
    'Nothing found, looked for by words alone',
  )
  expect(answerWords(' ', { pages: [page], meaning: { kind: 'notNeeded' } })).toBe('Latest pages')
})

test('what is stored is told whole', () => {
  const time = (at: number): string => `at ${at}`
  expect(
    storedFacts(
      {
        url: page.url,
        visited: { title: 'A', visits: 2, firstVisitAt: 1, lastVisitAt: 4 },
        read: {
          title: 'A',
          at: 3,
          language: 'en',
          topic: 'science',
          keywords: ['tide', 'gauge'],
          passages: [{ paragraph: 0, text: 'x' }],
          vectors: 1,
        },
        analysis: { at: 5, analysisJson: '{}' },
        look: { at: 6 },
      },
      time,
    ),
  ).toEqual([
    '2 visits, first at 1, last at 4',
    '1 passage of its text, 1 of them with a meaning, read at 3',
    'Topic and language: science, en',
    'Keywords: tide, gauge',
    'An analysis that you asked for, at 5',
    'How it looked, as numbers without the picture, at 6',
  ])
  expect(storedFacts({ url: page.url, visited: null, read: null, analysis: null, look: null }, time)).toEqual(
    ['Nothing is stored about this page'],
  )
})

test('a page without a title goes by its address', () => {
  expect([pageTitle(page), pageTitle({ ...page, title: ' ' })]).toEqual(['A', 'https://a.example/'])
})
