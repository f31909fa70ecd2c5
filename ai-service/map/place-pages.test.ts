import { describe, expect, it } from 'vitest'
import { quantise } from '../embedding/vectors.ts'
import { seededRandom } from '../random.ts'
import type { Pace } from '../text/pace.ts'
import { fuzzyGraph } from './fuzzy-graph.ts'
import type { Positions } from './lay-out.ts'
import { nearestNeighbours } from './nearest.ts'
import { placePages } from './place-pages.ts'

const pace: Pace = { breathe: () => undefined }

/** Vectors about so many subjects, one after another. */
function pagesAbout(subjects: number, count: number): Int8Array[] {
  const random = seededRandom(7)
  const centres = Array.from({ length: subjects }, () => Array.from({ length: 128 }, () => random() - 0.5))
  return Array.from({ length: count }, (_, page) =>
    quantise((centres[page % subjects] ?? []).map(value => value + (random() - 0.5) * 0.7)),
  )
}

function nearestOnMap(positions: Positions, point: number, count: number): number[] {
  const distance = (other: number) =>
    Math.hypot(
      (positions[point * 2] ?? 0) - (positions[other * 2] ?? 0),
      (positions[point * 2 + 1] ?? 0) - (positions[other * 2 + 1] ?? 0),
    )
  return Array.from({ length: positions.length / 2 }, (_, other) => other)
    .filter(other => other !== point)
    .sort((one, other) => distance(one) - distance(other))
    .slice(0, count)
}

describe('the places of pages', () => {
  it('have pages of one subject together', async () => {
    const positions = await placePages(pagesAbout(6, 120), pace)
    let alike = 0
    for (let page = 0; page < 120; page++) {
      alike += nearestOnMap(positions, page, 5).filter(other => other % 6 === page % 6).length
    }
    expect(alike / (120 * 5)).toBeGreaterThan(0.95)
  })

  it('are never so near that one page covers another', async () => {
    const [page = new Int8Array(128)] = pagesAbout(1, 1)
    for (const pages of [pagesAbout(2, 2), [page, page, page, page], pagesAbout(4, 60)]) {
      const positions = await placePages(pages, pace)
      let nearest = Number.POSITIVE_INFINITY
      for (let one = 0; one < pages.length; one++) {
        for (let other = 0; other < one; other++) {
          const x = (positions[one * 2] ?? 0) - (positions[other * 2] ?? 0)
          const y = (positions[one * 2 + 1] ?? 0) - (positions[other * 2 + 1] ?? 0)
          nearest = Math.min(nearest, Math.hypot(x, y))
        }
      }
      expect(nearest).toBeGreaterThan(0.2)
    }
  })

  it('are the same for the same pages', async () => {
    const pages = pagesAbout(3, 20)
    expect(await placePages(pages, pace)).toEqual(await placePages(pages, pace))
  })

  it('are numbers for none, one, two, equal and meaningless pages', async () => {
    const nothing = new Int8Array(128)
    const [page = nothing] = pagesAbout(1, 1)
    for (const pages of [[], [page], [page, nothing], [page, page, page], [nothing, nothing, nothing]]) {
      const positions = await placePages(pages, pace)
      expect(positions).toHaveLength(pages.length * 2)
      expect(positions.every(Number.isFinite)).toBe(true)
    }
  })

  it('are worked out in slices, and not any more once nobody wants them', async () => {
    let breaths = 0
    const cancelled: Pace = {
      breathe: () => {
        breaths += 1
        return breaths === 200 ? Promise.reject(new Error('not wanted')) : undefined
      },
    }
    await expect(placePages(pagesAbout(3, 90), cancelled)).rejects.toThrow('not wanted')
    expect(breaths).toBe(200)
  })
})

describe('neighbours', () => {
  it('are the nearest, nearest first, and never the page itself', async () => {
    const pages = pagesAbout(2, 10)
    const { count, indexes, distances } = await nearestNeighbours(pages, 4, pace)
    expect(count).toBe(4)
    expect([...indexes.subarray(0, 4)].every(other => other !== 0 && other % 2 === 0)).toBe(true)
    expect([...distances.subarray(0, 4)]).toEqual([...distances.subarray(0, 4)].sort((a, b) => a - b))
  })

  it('are bound once a pair, the nearest of each most surely', async () => {
    const pages = pagesAbout(2, 12)
    const bonds = fuzzyGraph(await nearestNeighbours(pages, 4, pace), 12)
    const pairs = bonds.map(({ from, to }) => [Math.min(from, to), Math.max(from, to)].join())
    expect(new Set(pairs).size).toBe(pairs.length)
    expect(bonds.every(({ strength }) => strength > 0 && strength <= 1)).toBe(true)
    expect(bonds.filter(({ strength }) => strength === 1).length).toBeGreaterThanOrEqual(6)
  })
})
