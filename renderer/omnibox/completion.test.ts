import { expect, test } from 'vitest'
import type { HistoryEntry } from '../../contracts/storage.ts'
import { completionFor } from './completion.ts'

const entry = (url: string): HistoryEntry => ({ url, title: '', visits: 1, lastVisitAt: 0 })
const entries = ['https://www.harbourlog.example/essays/tide', 'http://localhost:8080/article.html'].map(
  entry,
)

test.each([
  ['harb', 'harbourlog.example'],
  ['HARB', 'HARBourlog.example'],
  ['www.h', 'www.harbourlog.example'],
  ['https://www.h', 'https://www.harbourlog.example'],
  ['localhost', 'localhost:8080'],
  ['harbourlog.example/e', 'harbourlog.example/essays/tide'],
])('completes %s', (typed, completion) => {
  expect(completionFor(typed, entries)).toBe(completion)
})

test('leaves an address alone that was visited as it stands, also when a longer one is known', () => {
  const both = ['https://sea.example/notes/2', 'https://sea.example/notes'].map(entry)
  expect(completionFor('sea.example/notes', both)).toBeNull()
  expect(completionFor('sea.example/note', both)).toBe('sea.example/notes/2')
})

test.each(['', 'tide', 'harbour log', 'harbourlog.example/essays/tide', 'x'])('leaves "%s" alone', typed => {
  expect(completionFor(typed, entries)).toBeNull()
})
