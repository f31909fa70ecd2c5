import fc from 'fast-check'
import { expect, it } from 'vitest'
import { quietPace } from '../testing/texts.ts'
import { clusterByAverage } from './cluster.ts'

const near = (points: readonly number[]) => (left: number, right: number) =>
  -Math.abs((points[left] ?? 0) - (points[right] ?? 0))

it('groups what is near, in the order of first members', async () => {
  const points = [10, 0, 11, 50, 1, 9]
  expect(await clusterByAverage(points.length, near(points), -3, quietPace())).toEqual([
    [0, 2, 5],
    [1, 4],
    [3],
  ])
})

it('keeps chains of neighbours apart when their ends are far from one another', async () => {
  const points = [0, 2, 4, 6, 8, 10, 12, 14]
  const groups = await clusterByAverage(points.length, near(points), -5, quietPace())
  expect(groups.length).toBeGreaterThan(1)
})

it('has no groups of nothing, and one of one', async () => {
  expect(await clusterByAverage(0, () => 1, 0, quietPace())).toEqual([])
  expect(await clusterByAverage(1, () => 1, 0, quietPace())).toEqual([[0]])
})

it('puts each thing into exactly one group, and agrees with merging the nearest pair again and again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { maxLength: 14 }), async points => {
      const groups = await clusterByAverage(points.length, near(points), -800, quietPace())
      expect(groups.flat().sort((left, right) => left - right)).toEqual(points.map((_, index) => index))
      expect(groups).toEqual(byPairs(points, -800))
    }),
    { numRuns: 150 },
  )
})

/** The same by definition, slowly. */
function byPairs(points: readonly number[], least: number): number[][] {
  const like = near(points)
  let groups = points.map((_, index) => [index])
  for (;;) {
    let best = { value: Number.NEGATIVE_INFINITY, left: -1, right: -1 }
    groups.forEach((first, left) => {
      groups.slice(0, left).forEach((second, right) => {
        const all = first.flatMap(one => second.map(other => like(one, other)))
        const value = all.reduce((sum, one) => sum + one, 0) / all.length
        if (value > best.value) best = { value, left, right }
      })
    })
    if (best.left === -1 || best.value < least) break
    const merged = [...(groups[best.left] ?? []), ...(groups[best.right] ?? [])].sort((a, b) => a - b)
    groups = [...groups.filter((_, index) => index !== best.left && index !== best.right), merged]
  }
  return groups.sort(([left = 0], [right = 0]) => left - right)
}
