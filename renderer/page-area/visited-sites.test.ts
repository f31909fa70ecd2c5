import { expect, test } from 'vitest'
import { mostVisited, visitTimeText } from './visited-sites.ts'

const entry = (url: string, title: string, visits: number) => ({ url, title, visits, lastVisitAt: 0 })

test('adds up the visits of a site and enters it where it was entered most', () => {
  const entries = [
    entry('https://a.example/x', 'X', 3),
    entry('https://b.example/', 'B', 5),
    entry('https://www.a.example/', 'A', 4),
  ]
  expect(mostVisited(entries, 1)).toEqual([
    { host: 'a.example', url: 'https://www.a.example/', title: 'A', visits: 7 },
  ])
  expect(mostVisited(entries, 5).map(site => site.host)).toEqual(['a.example', 'b.example'])
})

test('says when in the words of a day', () => {
  const now = new Date(2026, 3, 14, 15, 0).getTime()
  const at = (...parts: [number, number, number]) => new Date(2026, 3, ...parts).getTime()
  expect([
    visitTimeText(now - 5_000, now),
    visitTimeText(now - 12 * 60_000, now),
    visitTimeText(at(14, 9, 0), now),
    visitTimeText(at(13, 23, 0), now),
    visitTimeText(at(2, 10, 0), now),
  ]).toEqual(['Just now', '12 min ago', '6 h ago', 'Yesterday', '2 April'])
})
