import { expect, it } from 'vitest'
import { clusteredVectors } from '../testing/clustered-vectors.ts'
import { dimensions, VectorIndex } from './vector-index.ts'

function unit(...places: readonly number[]): Int8Array {
  const vector = new Int8Array(dimensions)
  for (const place of places) vector[place] = Math.round(127 / Math.sqrt(places.length))
  return vector
}

it('finds the nearest by angle, nearest first, and the same whatever the lengths', () => {
  const index = new VectorIndex()
  index.set(7, unit(0, 1))
  index.set(3, unit(0))
  index.set(9, unit(5))
  index.set(
    4,
    unit(0, 1).map(value => value >> 3),
  )
  expect(index.nearest(unit(0), 10).map(({ id, similarity }) => [id, Number(similarity.toFixed(2))])).toEqual(
    [
      [3, 1],
      [4, 0.71],
      [7, 0.71],
      [9, 0],
    ],
  )
  expect(index.nearest(unit(0), 1).map(one => one.id)).toEqual([3])
})

it('keeps what is set last and nothing of what is deleted', () => {
  const index = new VectorIndex()
  for (let id = 0; id < 5_000; id += 1) index.set(id, unit(id % dimensions))
  index.set(4_999, unit(1, 2, 3))
  for (let id = 0; id < 4_990; id += 1) index.delete(id)
  index.delete(123_456)
  expect(index.size).toBe(10)
  expect(index.nearest(unit(1, 2, 3), 1)).toEqual([{ id: 4_999, similarity: expect.closeTo(1) }])
  expect(index.nearest(unit(4_990 % dimensions), 20).filter(one => one.similarity > 0.9)).toEqual([
    { id: 4_990, similarity: expect.closeTo(1) },
  ])
  index.clear()
  expect(index.nearest(unit(1), 5)).toEqual([])
})

it('is near to nothing without a direction, and refuses another length', () => {
  const index = new VectorIndex()
  index.set(1, new Int8Array(dimensions))
  index.set(2, unit(2))
  expect(index.nearest(new Int8Array(dimensions), 5)).toEqual([])
  expect(index.nearest(unit(2), 5)).toEqual([
    { id: 2, similarity: expect.closeTo(1) },
    { id: 1, similarity: 0 },
  ])
  expect(() => index.set(3, new Int8Array(64))).toThrow(RangeError)
  expect(() => index.nearest(new Int8Array(64), 5)).toThrow(RangeError)
})

it('finds at least 95 of the first 100 that comparing all would find, among 20,000 in clusters', () => {
  const { vectors, queries } = clusteredVectors({ count: 20_000, clusters: 300, queries: 20, seed: 4 })
  const index = new VectorIndex()
  vectors.forEach((vector, id) => {
    index.set(id, vector)
  })
  const shares = queries.map(query => {
    const exact = new Set(index.nearestOfAll(query, 100).map(one => one.id))
    return index.nearest(query, 100).filter(one => exact.has(one.id)).length
  })
  expect(Math.min(...shares)).toBeGreaterThanOrEqual(95)
})
