import { expect, test } from 'vitest'
import { daysOf } from './days.ts'

test('puts pages by the day of their last visit, latest first', () => {
  const now = new Date(2026, 3, 2, 10).getTime()
  const entry = (url: string, day: number, hour: number) => ({
    url,
    title: url,
    visits: 1,
    lastVisitAt: new Date(2026, 3, day, hour).getTime(),
  })
  const days = daysOf([entry('b', 1, 23), entry('a', 2, 0), entry('c', 1, 1), entry('d', -3, 12)], now)
  expect(days.map(({ title, entries }) => [title, ...entries.map(({ url }) => url)])).toEqual([
    ['Today', 'a'],
    ['Yesterday', 'b', 'c'],
    ['Saturday, March 28, 2026', 'd'],
  ])
})
