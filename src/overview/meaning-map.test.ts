import { expect, it } from 'vitest'
import { type MappedPage, meaningMap, placeOf, pointId } from './meaning-map.ts'

const page = (topic: string | null, x: number, y: number, tabId: string | null = null): MappedPage => ({
  url: `https://a.example/${x}/${y}`,
  title: x === 0 ? '' : `Page ${x}`,
  host: 'a.example',
  topic,
  tabId,
  x,
  y,
})

it('makes open tabs the largest, and what was read longest ago the smallest', () => {
  const { points } = meaningMap([page(null, 0, 0), page(null, 1, 1, 'tab:1'), page(null, 2, 2)])
  expect(points.map(({ kind, label }) => [kind, label])).toEqual([
    ['history', 'a.example'],
    ['tab', 'Page 1'],
    ['history', 'Page 2'],
  ])
  const [first, tab, last] = points.map(({ weight }) => weight)
  expect(tab).toBe(1)
  expect(first).toBeGreaterThan(last ?? 1)
})

it('names a subject where its pages lie together, and no other', () => {
  const together = [page('law_crime', 0, 0), page('law_crime', 0.1, 0), page('law_crime', 0, 0.1)]
  const scattered = [page('sports', 10, 0), page('sports', 0, 10), page('sports', -10, -10)]
  const few = [page('arts', 9, 9), page('arts', 9.1, 9)]
  expect(meaningMap([...together, ...scattered, ...few]).regions.map(({ label }) => label)).toEqual([
    'Law and crime',
  ])
})

it('finds a page again by the name of its point, and nothing by any other', () => {
  expect(placeOf(pointId(12))).toBe(12)
  expect([placeOf('page:'), placeOf('12'), placeOf('page:-1')]).toEqual([null, null, null])
})

it('is empty without pages', () => expect(meaningMap([])).toEqual({ points: [], regions: [] }))
